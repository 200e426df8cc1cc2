package io.svidflow.producer.spire.poll;

import com.google.protobuf.Message;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries whether a SPIRE server can be observed. */
final class ServerCheck {

    private ServerCheck() {}

    /** @return what is missing, each with its remedy */
    static List<String> problems(SpireEndpoint endpoint, Duration timeout) throws InterruptedException {
        List<String> problems = new ArrayList<>(endpoint.obstacles());
        if (!problems.isEmpty()) {
            return problems;
        }
        try (SpireConnection connection = new SpireConnection(endpoint, timeout)) {
            problem(ListedKind.agents(), connection, endpoint).ifPresent(problems::add);
            problem(ListedKind.entries(), connection, endpoint).ifPresent(problems::add);
        }
        return problems;
    }

    private static <T extends Message> Optional<String> problem(
            ListedKind<T> kind, SpireConnection connection, SpireEndpoint endpoint) throws InterruptedException {
        try {
            connection.call(kind.list(), (channel, deadline) -> kind.lists().page(channel, deadline, 1, ""));
            return Optional.empty();
        } catch (CallFailedException e) {
            return Optional.of(kind.list() + " at " + endpoint.address() + " failed: " + e.getMessage() + "; "
                    + remedy(e.code(), endpoint));
        }
    }

    private static String remedy(Status.Code code, SpireEndpoint endpoint) {
        return switch (code) {
            case PERMISSION_DENIED, UNAUTHENTICATED ->
                "grant it to " + endpoint.caller()
                        + ": an entry with admin: true, or server.admin_ids in the server's configuration";
            case UNAVAILABLE -> "see that a SPIRE server runs and answers there, and that it is SPIRE's API";
            case DEADLINE_EXCEEDED ->
                "something is there and does not answer: look at the server's log and at its datastore";
            case UNIMPLEMENTED -> "that is no API of a SPIRE server: name the server's own socket or address";
            case INTERNAL -> "the server has a fault of its own: look at its log and at its datastore";
            default -> "look at the server's log";
        };
    }
}
