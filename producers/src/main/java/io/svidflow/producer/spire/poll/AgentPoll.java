package io.svidflow.producer.spire.poll;

import com.google.protobuf.Message;
import io.svidflow.event.AgentStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A way to ask an agent how it is. */
interface AgentPoll extends AutoCloseable {

    /** What is tried; a failure of it is told by this name. */
    String operation();

    /** Where the answer comes from. */
    String address();

    /**
     * Asks.
     *
     * @param asked when
     * @throws CallFailedException if there is no answer, or one that says nothing
     */
    Answer ask(Instant asked) throws CallFailedException, InterruptedException;

    @Override
    void close();

    /** Opens ways to one agent, each with what it remembers of the answers before. */
    interface Way {

        AgentPoll open();

        /** What stands in the way of asking, each with its remedy. */
        List<String> check(String node) throws InterruptedException;
    }

    /**
     * What an agent said.
     *
     * @param odd pieces that cannot be understood, with the reason
     * @param raw the answer itself, where it belongs into a bundle
     */
    record Answer(AgentStatus status, Map<String, String> odd, Optional<Message> raw) {}
}
