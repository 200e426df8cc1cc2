package io.svidflow.producer.spire;

import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Publication;
import io.svidflow.producer.log.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the log of spire-controller-manager, the registrar: whether it runs, leads, and writes entries. */
public final class RegistrarLogMapper implements LogMapper {

    /** How the messages begin that say nothing about registration. */
    private static final List<String> SILENT = List.of(
            "All workers finished",
            "Attempting to acquire leader lease",
            "Config loaded",
            "Conversion webhook",
            "Dialing SPIRE Server socket",
            "Failed to update status",
            "Found ",
            "Reconciler error",
            "Reconciliation canceled",
            "Registering ",
            "Server socket",
            "Serving ",
            "Shutting down",
            "Skipping ",
            "Starting ",
            "Stopping ",
            "Updated certificate",
            "Updated federation relationship",
            "Waiting for ",
            "Warning: ",
            "error retrieving resource lock",
            "Webhook ",
            "skip registering");

    private final LogReader reader = new LogReader();
    private final Phrasebook book = new Phrasebook();
    private final LogFacts facts;
    private final String pod;

    /**
     * @param headers of the source {@link #source(String)}
     * @param pod pod that spire-controller-manager runs in
     */
    public RegistrarLogMapper(EventHeaders headers, String pod) {
        if (pod.isBlank()) {
            throw new IllegalArgumentException(
                    "a spire-controller-manager log needs the name of its pod, but the name is blank");
        }
        this.facts = new LogFacts(headers);
        this.pod = pod;
        describeWork();
        describeLife();
        describeFailures();
        book.silent(SILENT);
    }

    /** The name that the facts of a spire-controller-manager pod's log carry as their source. */
    public static String source(String pod) {
        return "controller-manager-log/" + pod;
    }

    @Override
    public Optional<Instant> reached() {
        return reader.reached();
    }

    @Override
    public MappedLine map(RawLine line) {
        return reader.read(line, timed -> book.lookUp(timed).map(meaning -> meaning.of(timed)));
    }

    private void describeWork() {
        book.exactly("Created entry", this::entryWritten)
                .exactly("Updated entry", this::entryWritten)
                .exactly("Deleted entry", this::entryWritten)
                .exactly("Triggering reconciliation", as(ServerSignalKind.REGISTRAR_RECONCILING))
                .exactly("Starting reconciliation", as(ServerSignalKind.REGISTRAR_RECONCILING))
                .exactly("Performing periodic reconciliation", as(ServerSignalKind.REGISTRAR_RECONCILING))
                .exactly("Performing triggered reconciliation", as(ServerSignalKind.REGISTRAR_RECONCILING))
                .exactly("Updated status", as(ServerSignalKind.REGISTRAR_RECONCILING))
                .exactly("Failed to render entry", this::renderFailed);
    }

    private void describeLife() {
        book.exactly("Logger configured", as(ServerSignalKind.REGISTRAR_STARTED))
                .exactly("starting manager", as(ServerSignalKind.REGISTRAR_STARTED))
                .startingWith("Successfully acquired lease", as(ServerSignalKind.REGISTRAR_LEADING))
                .containing("became leader", as(ServerSignalKind.REGISTRAR_LEADING))
                .containing("stopped leading", stopped())
                .containing("leader election lost", stopped())
                .startingWith("Stopping and waiting for leader election runnables", stopped())
                .startingWith("Shutdown signal received", stopped())
                .startingWith("Wait completed, proceeding to shutdown the manager", stopped());
    }

    private void describeFailures() {
        book.containing("unable to autodetect cluster domain", as(ServerSignalKind.NOISE, TimedLine::error))
                .containing("failed to list ", failed())
                .containing("failed to renew lease", failed())
                .containing("no matches for kind", failed())
                .containing("caches to sync: timed out", failed())
                .rule(RegistrarLogMapper::cachesTimedOut, failed())
                .startingWith("problem running manager", failed())
                .startingWith("Failed to create entry", failed())
                .startingWith("Failed to update entr", failed())
                .startingWith("Failed to delete entr", failed())
                .startingWith("panic: ", failed())
                .startingWith("fatal error: ", failed())
                // it gives up after these: a wrong setting, a socket or a kind that is missing
                .rule(RegistrarLogMapper::setupFailed, failed());
    }

    private static boolean cachesTimedOut(TimedLine line) {
        String text = line.messageAndError();
        return text.contains("timed out waiting for") && text.contains("caches to sync");
    }

    private static boolean setupFailed(TimedLine line) {
        return (line.line().level() == Level.ERROR || line.line().level() == Level.FATAL)
                && line.field("logger").orElse("").equals("setup");
    }

    private Meaning as(ServerSignalKind kind) {
        return as(kind, line -> null);
    }

    private Meaning stopped() {
        return as(ServerSignalKind.REGISTRAR_STOPPED, TimedLine::error);
    }

    private Meaning failed() {
        return as(ServerSignalKind.REGISTRAR_FAILED, TimedLine::messageAndError);
    }

    private Meaning as(ServerSignalKind kind, Function<TimedLine, String> error) {
        return line -> signal(kind, error.apply(line), null, line);
    }

    private List<Publication> entryWritten(TimedLine line) {
        return RegistrarProbe.isOne(line.firstOf("spiffeID"))
                ? List.of()
                : signal(ServerSignalKind.ENTRY_WRITTEN, null, line.message(), line);
    }

    /** A pod that has no node yet cannot have an entry: the registrar complains about it and means nothing. */
    private List<Publication> renderFailed(TimedLine line) {
        String error = line.errorOrMessage();
        boolean unscheduled = error.startsWith("node ") && error.endsWith("not found in cache");
        return signal(unscheduled ? ServerSignalKind.NOISE : ServerSignalKind.ENTRY_RENDER_FAILED, error, null, line);
    }

    private List<Publication> signal(ServerSignalKind kind, String error, String method, TimedLine line) {
        ServerSignal signal = ServerSignal.newBuilder()
                .setKind(kind)
                .setPod(pod)
                .setSubject(subject(line))
                .setMethod(method)
                .setError(error)
                .build();
        return List.of(facts.server(signal, line));
    }

    /** UID of the pod that the entry is for, or the name of the object that the line is about; null if it has none. */
    private static String subject(TimedLine line) {
        if (line.podUid() != null) {
            return line.podUid();
        }
        String name = line.firstOf("pod", "name", "spiffeID");
        return line.field("pod").isEmpty() && line.field("name").isPresent()
                ? line.field("namespace")
                        .map(namespace -> namespace + "/" + name)
                        .orElse(name)
                : name;
    }
}
