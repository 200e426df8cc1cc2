package io.svidflow.producer.spire.poll;

import io.grpc.ManagedChannel;
import java.util.List;

/** Where an API of SPIRE answers, and how it is reached. */
public interface SpireEndpoint {

    /** What an operator reads in errors, e.g. {@code unix:/run/spire/server/api.sock}. */
    String address();

    /**
     * A new connection. It connects with the first call; whoever opens it closes it.
     *
     * @throws IllegalStateException if no call could ever succeed: what is missing, and the remedy
     */
    ManagedChannel open();

    /** What stands in the way of a call and can be seen without making one, each with its remedy; empty if nothing. */
    List<String> obstacles();

    /** Who calls, as an operator would name it when granting access, e.g. an admin's SPIFFE ID. */
    String caller();
}
