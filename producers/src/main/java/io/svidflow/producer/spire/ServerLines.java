package io.svidflow.producer.spire;

import io.svidflow.event.ServerSignalKind;
import java.util.List;
import java.util.function.Function;

/** What the server's log says about the server itself: its life, its health, its entry cache. */
final class ServerLines {

    private final ServerFacts facts;

    ServerLines(ServerFacts facts) {
        this.facts = facts;
    }

    void describe(Phrasebook book) {
        book.exactly("Configured", as(ServerSignalKind.SERVER_STARTED))
                .exactly("Starting", as(ServerSignalKind.SERVER_STARTED))
                .exactly("Starting Server APIs", as(ServerSignalKind.SERVER_SERVING))
                .exactly("Stopping Server APIs", as(ServerSignalKind.SERVER_STOPPING))
                .exactly("Server stopped gracefully", as(ServerSignalKind.SERVER_STOPPING))
                .exactly("Fatal run error", as(ServerSignalKind.SERVER_STOPPING))
                .startingWith("panic: ", as(ServerSignalKind.SERVER_STOPPING, TimedLine::message))
                .startingWith("fatal error: ", as(ServerSignalKind.SERVER_STOPPING, TimedLine::message))
                .startingWith("Health check failed", as(ServerSignalKind.HEALTH_FAILED, TimedLine::errorWithDetails))
                .startingWith(
                        "Health check has failed", as(ServerSignalKind.HEALTH_FAILED, TimedLine::errorWithDetails))
                // the line repeats the error that is over
                .startingWith("Health check recovered", as(ServerSignalKind.HEALTH_RECOVERED, line -> null))
                // these come from the datastore even where they do not say so
                .exactly(
                        "Failed to reload entry cache", as(ServerSignalKind.DATASTORE_ERROR, TimedLine::errorOrMessage))
                .exactly(
                        "Failed to update entry cache", as(ServerSignalKind.DATASTORE_ERROR, TimedLine::errorOrMessage))
                .exactly(
                        "Failed to full refresh entry cache",
                        as(ServerSignalKind.DATASTORE_ERROR, TimedLine::errorOrMessage))
                .exactly("Unable to rotate X509 CA", as(ServerSignalKind.CA_ROTATION_FAILED))
                .exactly("Could not rotate server SVID", as(ServerSignalKind.CA_ROTATION_FAILED))
                .startingWith("X509 CA activated", as(ServerSignalKind.CA_READY))
                .startingWith("X509 CA prepared", as(ServerSignalKind.CA_READY))
                .startingWith("Building in-memory", as(ServerSignalKind.CACHE_BUILDING))
                .startingWith("Building event-based", as(ServerSignalKind.CACHE_BUILDING))
                .startingWith("Completed building", as(ServerSignalKind.CACHE_BUILT))
                // two writers of one ConfigMap; worth saying that it was seen and means nothing
                .startingWith("Unable to set bundle for object", as(ServerSignalKind.NOISE));
    }

    private Meaning as(ServerSignalKind kind) {
        return as(kind, TimedLine::error);
    }

    private Meaning as(ServerSignalKind kind, Function<TimedLine, String> error) {
        return line -> List.of(facts.server(kind, line.firstOf("check", "name"), error.apply(line), line));
    }
}
