package io.svidflow.diagnosis;

import io.svidflow.diagnosis.RegistrarHealth.Sign;
import io.svidflow.event.ComponentTransition;
import io.svidflow.event.CoverageTransition;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodTransition;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.SourceFailure;
import java.time.Instant;
import java.util.Set;

/** What each fact means for the health of server, datastore and registrar. */
public final class ServerSigns {

    private static final String REGISTRAR = "controller-manager";

    /** What a collector asks of the server's API. */
    private static final Set<String> POLLS = Set.of("ListEntries", "ListAgents");

    private ServerSigns() {}

    /** A line of the server's or the registrar's log. */
    public static ServerHealth apply(ServerHealth health, ServerSignal signal, Instant at, String fact) {
        DatastoreHealth datastore = health.datastore();
        RegistrarHealth registrar = health.registrar();
        return switch (signal.getKind()) {
            case DATASTORE_ERROR -> {
                ServerHealth failed = datastoreFailed(health, at, signal.getError(), signal.getMethod(), fact);
                yield byRegistrar(signal) ? failed.with(registrar.saw(Sign.TRIED, at)) : failed;
            }
            case DATASTORE_ANSWERED -> {
                ServerHealth answered = answered(health, signal.getMethod(), at);
                yield byRegistrar(signal) ? answered.with(registrar.saw(Sign.CALLED, at)) : answered;
            }
            case SERVER_SERVING ->
                health.with(datastore.answered(at, "server started")).container(null, at);
            case SERVER_STOPPING -> health.container(at, at);
            case HEALTH_RECOVERED -> health.with(datastore.answered(at, "health check"));
            case ENTRY_WRITTEN -> {
                ServerHealth answered = health.with(datastore.answered(at, "entry written"))
                        .with(Trouble.WRITES, health.trouble(Trouble.WRITES).over(at))
                        .with(
                                Trouble.SOME_CALLS,
                                health.trouble(Trouble.SOME_CALLS).over(at));
                yield signal.getCaller() == null || byRegistrar(signal)
                        ? answered.with(registrar.saw(Sign.WROTE, at))
                        : answered;
            }
            case REGISTRAR_LEADING -> health.with(registrar.saw(Sign.LEADING, at));
            case REGISTRAR_STOPPED -> health.with(registrar.saw(Sign.STOPPED, at));
            case REGISTRAR_RECONCILING -> health.with(registrar.saw(Sign.RECONCILING, at));
            // A registrar whose passes fail at the datastore is alive and not at fault.
            case REGISTRAR_FAILED ->
                ErrorText.datastoreDown(signal.getError()) || ErrorText.contention(signal.getError())
                        ? datastoreFailed(health, at, signal.getError(), null, fact)
                                .with(registrar.saw(Sign.TRIED, at))
                        : health.with(registrar.failed(at, signal.getError()));
            case ENTRY_RENDER_FAILED ->
                signal.getSubject() == null ? health : health.renderFailed(signal.getSubject(), at);
            case RULE_STATUS -> {
                String rule = signal.getSubject() == null ? "" : signal.getSubject();
                RegistrarHealth counted = registrar.counted(rule, new RuleCounts(signal.getCounts(), at));
                // The first listing of a rule shows counts of any age, as does one that is said again after a restart
                // of who watches, and a rule that is gone was deleted by somebody.
                RuleCounts before = registrar.rules().get(rule);
                boolean written = counted.rules().containsKey(rule)
                        && before != null
                        && !before.counts().equals(signal.getCounts());
                yield health.with(written ? counted.saw(Sign.REPORTED, at) : counted);
            }
            case NOISE -> health.noise(signal.getSubject() == null ? "noise" : signal.getSubject());
            case SIGNING_FAILED -> complained(health, Trouble.SIGNING, signal, at, fact);
            case CA_ROTATION_FAILED -> complained(health, Trouble.ROTATION, signal, at, fact);
            case CA_READY ->
                health.with(Trouble.SIGNING, health.trouble(Trouble.SIGNING).over(at))
                        .with(Trouble.ROTATION, health.trouble(Trouble.ROTATION).over(at));
            case RATE_LIMITED -> complained(health, Trouble.RATE_LIMIT, signal, at, fact);
            case CACHE_BUILDING -> complained(health, Trouble.CACHE_BUILD, signal, at, fact);
            case CACHE_BUILT ->
                health.with(
                        Trouble.CACHE_BUILD, health.trouble(Trouble.CACHE_BUILD).over(at));
            case ENTRY_UNAUTHORIZED -> health;
            case SERVER_STARTED, HEALTH_FAILED, AGENT_BANNED, AGENT_EVICTED, REGISTRAR_STARTED, UNKNOWN -> health;
        };
    }

    private static ServerHealth complained(
            ServerHealth health, Trouble trouble, ServerSignal signal, Instant at, String fact) {
        return health.with(trouble, health.trouble(trouble).add(at, signal.getError(), signal.getSubject(), fact));
    }

    /** A call that succeeds shows that calls of its kind do. */
    private static ServerHealth answered(ServerHealth health, String method, Instant at) {
        Complaints failing = health.trouble(Trouble.SOME_CALLS);
        boolean same = failing.subject() == null || failing.subject().equals(method);
        ServerHealth answered = health.with(health.datastore().answered(at, method));
        return same ? answered.with(Trouble.SOME_CALLS, failing.over(at)) : answered;
    }

    /** Transactions that collide and writes that are refused leave the datastore answering. */
    private static ServerHealth datastoreFailed(
            ServerHealth health, Instant at, String error, String method, String fact) {
        if (ErrorText.contention(error)) {
            return health.with(
                    Trouble.CONTENTION, health.trouble(Trouble.CONTENTION).add(at, error, null, fact));
        }
        if (!ErrorText.datastoreOutage(error)) {
            return health;
        }
        ServerHealth failed = health.with(health.datastore().failed(at, error, fact))
                .with(Trouble.SOME_CALLS, health.trouble(Trouble.SOME_CALLS).add(at, error, method, fact));
        return DatastoreFault.refusesWrites(error)
                ? failed.with(Trouble.WRITES, failed.trouble(Trouble.WRITES).add(at, error, null, fact))
                : failed;
    }

    private static boolean byRegistrar(ServerSignal signal) {
        return signal.getCaller() != null && signal.getCaller().contains(REGISTRAR);
    }

    /** A poll that failed. */
    public static ServerHealth apply(ServerHealth health, SourceFailure failure, Instant at, String fact) {
        if (ErrorText.datastoreDown(failure.getError())) {
            return datastoreFailed(health, at, failure.getError(), failure.getOperation(), fact);
        }
        boolean ofServer = POLLS.contains(failure.getOperation());
        boolean unanswered =
                ErrorText.serverUnreachable(failure.getError()) || ErrorText.socketGone(failure.getError());
        return ofServer && unanswered ? health.unanswered(at) : health;
    }

    /** A source fell silent, or came back: the audit log, a part of the servers' logs, tells of the registrar's calls. */
    public static ServerHealth apply(ServerHealth health, CoverageTransition coverage, Instant at) {
        return coverage.getSource().startsWith("server-log/")
                ? health.with(health.registrar().watched(coverage.getSource(), coverage.getLate(), at))
                : health;
    }

    /** A pod of the server changed. */
    public static ServerHealth apply(ServerHealth health, ComponentTransition pod, Instant at) {
        boolean registrarStopped = pod.getStopped().stream().anyMatch(name -> name.contains(REGISTRAR));
        boolean serverStopped = pod.getGone() || pod.getStopped().stream().anyMatch(name -> !name.contains(REGISTRAR));
        Sign sign = registrarStopped || pod.getGone() ? Sign.CONTAINER_STOPPED : Sign.CONTAINER_RUNNING;
        return health.container(serverStopped ? at : null, at)
                .with(health.registrar().saw(sign, at));
    }

    /** An agent fails on account of the datastore, or synchronises again. */
    public static ServerHealth apply(ServerHealth health, NodeTransition before, NodeTransition node) {
        boolean fails = node.getSyncFailingSince() != null
                && (ErrorText.datastoreDown(node.getFirstSyncError())
                        || ErrorText.contention(node.getFirstSyncError()));
        if (fails) {
            return datastoreFailed(health, node.getLastSyncAttempt(), node.getFirstSyncError(), null, null);
        }
        boolean recovered = before != null
                && before.getSyncFailingSince() != null
                && node.getSyncFailingSince() == null
                && node.getLastSyncSuccess() != null;
        return recovered
                ? health.with(health.datastore()
                        .answered(node.getLastSyncSuccess(), "the agent of " + node.getNode() + " synchronised"))
                : health;
    }

    /** A pod has an entry: somebody wrote it, into a datastore that worked. */
    public static ServerHealth apply(ServerHealth health, PodTransition pod) {
        Instant entry = pod.getClocks().getEntry();
        if (entry == null || !entry.isAfter(health.registrar().at(Sign.WROTE))) {
            return health;
        }
        return health.with(health.datastore().answered(entry, "an entry was created"))
                .with(health.registrar().saw(Sign.WROTE, entry));
    }
}
