package io.svidflow.producer.spire;

import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Publication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the log of a SPIRE server, audit log included: facts about the server and its datastore, and, on the nodes of
 * the agents that call it, about those agents and the SVIDs signed for them.
 */
public final class ServerLogMapper implements LogMapper {

    /** How the messages begin that SPIRE 1.8 to 1.15 writes and that, without a datastore error, say nothing. */
    private static final List<String> SILENT = List.of(
            "Agent status updated",
            "Attempting graceful stop",
            "Authorization failure from OPA auth",
            "Building ",
            "Bundle ",
            "CA manager",
            "Cascade-deleted",
            "Catalog closed",
            "Closing catalog",
            "Completed building",
            "Configured DataStore",
            "Configured plugin",
            "Connected to SQL database",
            "Could not ",
            "Current umask",
            "DataStore closed",
            "Data directory",
            "Entry not found",
            "Failed pruning",
            "Failed to authenticate caller",
            "Failed to count ",
            "Failed to create ",
            "Failed to delete ",
            "Failed to fetch ",
            "Failed to list ",
            "Failed to prune ",
            "Failed to reload configs",
            "Failed to sign ",
            "Failed to update ",
            "Federation ",
            "Finishing ",
            "Graceful stop",
            "Initializing ",
            "Invalid argument",
            "JWT key",
            "Journal ",
            "Logger service configured",
            "Notifier ",
            "Opening SQL database",
            "Plugin ",
            "Pruned ",
            "Reconfigure",
            "Rejecting request",
            "Removed malformed registration entry",
            "Renewing agent SVID",
            "Server APIs have stopped",
            "Serving ",
            "Set bundle for object",
            "Shutting down",
            "Signed ",
            "Starting ",
            "Stopping ",
            "Successfully ",
            "There is not a CA journal",
            "Trust domain",
            "Unable to access meta for object",
            "Unloading plugin",
            "Unable to activate the new agent SVID",
            "Unable to rotate",
            "Using ",
            "X.509 authority",
            "X509 CA",
            "unrecognized service for connection metrics");

    private final LogReader reader = new LogReader();
    private final Phrasebook book = new Phrasebook();
    private final ServerFacts facts;

    /**
     * @param headers of the source {@link #source(String)}
     * @param pod server pod that writes the log
     * @param agents knows the nodes of the agents; facts about an agent whose node is unknown are keyed by its id
     */
    public ServerLogMapper(EventHeaders headers, String pod, AgentDirectory agents) {
        if (pod.isBlank()) {
            throw new IllegalArgumentException("a server log needs the name of its pod, but the name is blank");
        }
        facts = new ServerFacts(new LogFacts(headers), pod, agents);
        new AuditLines(facts).describe(book);
        new CallerLines(facts).describe(book);
        new ServerLines(facts).describe(book);
        book.silent(SILENT);
    }

    /** The name that the facts of a server pod's log carry as their source. */
    public static String source(String pod) {
        return "server-log/" + pod;
    }

    @Override
    public Optional<Instant> reached() {
        return reader.reached();
    }

    @Override
    public MappedLine map(RawLine line) {
        return reader.read(line, this::facts);
    }

    /** An error of the datastore counts with whatever message it comes, once for each line. */
    private Optional<List<Publication>> facts(TimedLine line) {
        Optional<List<Publication>> found = book.lookUp(line).map(meaning -> meaning.of(line));
        if (!DatastoreErrors.isOne(line.error()) || found.stream().anyMatch(ServerLogMapper::nameDatastore)) {
            return found;
        }
        List<Publication> all = new ArrayList<>(found.orElse(List.of()));
        all.add(facts.server(ServerSignalKind.DATASTORE_ERROR, null, line.error(), line));
        return Optional.of(all);
    }

    private static boolean nameDatastore(List<Publication> publications) {
        return publications.stream()
                .anyMatch(publication -> publication.value() instanceof ServerEvent event
                        && event.getBody() instanceof ServerSignal signal
                        && signal.getKind() == ServerSignalKind.DATASTORE_ERROR);
    }
}
