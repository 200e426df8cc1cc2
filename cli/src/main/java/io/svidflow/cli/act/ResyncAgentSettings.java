package io.svidflow.cli.act;

import io.svidflow.cli.access.Checklist;
import io.svidflow.cli.access.KubernetesAccess;
import io.svidflow.cli.access.SpireAccess;
import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.HostAndPort;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import io.svidflow.cli.run.HealthEndpoint;
import io.svidflow.remediation.Ladder;
import io.svidflow.resync.actor.ActorSettings;
import io.svidflow.resync.actor.Allowance;
import io.svidflow.resync.journal.ActingAgent;
import io.svidflow.resync.kubernetes.KubernetesCluster;
import io.svidflow.resync.spire.SpireServer;
import io.svidflow.signing.CommandVerifier;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the resync agent may carry out, for whom, and how it reaches what it has to look at first.
 *
 * @param who name, cluster and allowance
 * @param verifier knows whose commands count
 * @param listen where health is served; empty: nowhere
 */
public record ResyncAgentSettings(
        ActorSettings who,
        CommandVerifier verifier,
        KubernetesAccess kubernetes,
        SpireAccess spire,
        Optional<HostAndPort> listen) {

    /** How long Kubernetes and the SPIRE server may take for an answer. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final Duration END = Duration.ofSeconds(25);
    private static final Key<List<String>> ALLOW = Key.optional(
            "resync-agent.allow",
            Form.LIST,
            "RESTART_AGENT, POKE_REGISTRAR:decider-1",
            "What the resync agent may carry out: POKE_REGISTRAR, RESTART_AGENT, RESTART_WORKLOAD, each for every trusted"
                    + " key or, with :KEY-ID, for one. Left out: it carries out nothing, and needs no access to the"
                    + " cluster.");
    private static final Key<List<String>> CAUSES = Key.optional(
            "resync-agent.causes",
            Form.LIST,
            "AGENT_SYNC_BACKOFF",
            "Causes about which it may do something. Left out: all that have a remedy.");
    private static final Key<Path> TRUSTED = Key.optional(
            "resync-agent.trusted-keys",
            Form.PATH,
            "/etc/svidflow/trusted",
            "Folder with the public keys, KEY-ID.pem, whose commands count. Needed with allow.");
    private static final Key<String> NAME = Key.optional(
            "resync-agent.name",
            Form.TEXT,
            "resync-agent-0",
            "Name in every answer; two processes never have the same. Left out: resync-agent- and the host's name.");

    /** Keys that are read here. */
    public static List<Key<?>> keys() {
        return List.of(ALLOW, CAUSES, TRUSTED, NAME);
    }

    /** Reads them, and notes what is wrong; empty: it may carry out nothing, or something is wrong. */
    public static Optional<ResyncAgentSettings> read(Section all) {
        Optional<Allowance> allowance = allowance(all);
        if (allowance.isEmpty()) {
            return Optional.empty();
        }
        String cluster = all.get(KubernetesAccess.CLUSTER, "?");
        Optional<SpireAccess> spire = SpireAccess.read(all);
        Optional<CommandVerifier> verifier = verifier(all);
        if (spire.isEmpty()) {
            all.problem(
                    ALLOW,
                    "is set, but the SPIRE server cannot be asked",
                    "set sources.spire-server.socket, or address with an SVID in files");
        }
        if (spire.filter(SpireAccess::byAgent).isPresent()) {
            all.problem(
                    ALLOW,
                    "is set, but the SPIRE server would be asked with an SVID of the agents that are to be repaired",
                    "set sources.spire-server.socket, or certificate, key and bundle");
        }
        String name = all.find(NAME).orElseGet(() -> "resync-agent-" + host());
        Set<String> namespaces = RemediationSettings.protectedNamespaces(all);
        Optional<HostAndPort> listen = all.find(HealthEndpoint.RESYNC_AGENT);
        if (spire.isEmpty() || verifier.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ResyncAgentSettings(
                new ActorSettings(name, cluster, allowance.get(), namespaces),
                verifier.get(),
                KubernetesAccess.read(all),
                spire.get(),
                listen));
    }

    /** Tries Kubernetes and the SPIRE server. */
    void check(Checklist list) throws InterruptedException {
        list.tried("Kubernetes", kubernetesMisses());
        try (SpireServer server = new SpireServer(spire.endpoint(), ANSWER)) {
            list.tried("SPIRE server", server.missing());
        }
    }

    private List<String> kubernetesMisses() {
        try (KubernetesCluster cluster = cluster()) {
            return cluster.missing(who.allowance().keys().keySet());
        } catch (IllegalStateException e) {
            return List.of(e.getMessage());
        }
    }

    /** What it may do, in a sentence for whoever starts it. */
    public String words() {
        String causes = who.allowance().causes().isEmpty()
                ? "every cause that has a remedy"
                : String.join(", ", new TreeSet<>(who.allowance().causes()));
        return who.name() + " of cluster " + who.cluster() + " carries out "
                + who.allowance().keys().keySet().stream()
                        .map(Enum::name)
                        .sorted()
                        .collect(Collectors.joining(", "))
                + " about " + causes + "; Ctrl-C ends it";
    }

    /**
     * Acts until the process is stopped; what it has begun is ended first.
     *
     * @param kafka settings of Kafka's clients and of the serdes
     * @throws IllegalStateException if the cluster cannot be reached as the configuration says
     */
    public void act(Map<String, Object> kafka, Clock clock) throws InterruptedException {
        try (KubernetesCluster cluster = cluster();
                SpireServer server = new SpireServer(spire.endpoint(), ANSWER)) {
            ActingAgent agent = new ActingAgent(kafka, who, verifier, cluster, server, clock);
            Optional<ActorHealth> health = listen.map(where -> new ActorHealth(where, agent.pulse(), clock));
            Thread acting = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(agent, acting), "close-resync-agent"));
            try {
                agent.run();
            } finally {
                health.ifPresent(ActorHealth::close);
            }
        }
    }

    /** What was begun is brought to its end, so that nobody has to ask how it ended. */
    private static void end(ActingAgent agent, Thread acting) {
        agent.stop();
        try {
            acting.join(END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private KubernetesCluster cluster() {
        try {
            return new KubernetesCluster(kubernetes.config(), ANSWER);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static Optional<Allowance> allowance(Section all) {
        List<String> causes = all.find(CAUSES).orElse(List.of());
        Set<String> known = Ladder.remediedCauses();
        causes.stream()
                .filter(cause -> !known.contains(cause))
                .forEach(cause -> all.problem(CAUSES, "names " + cause, "write one of " + String.join(", ", known)));
        Optional<List<String>> actions = all.find(ALLOW);
        if (actions.isEmpty()) {
            return Optional.empty();
        }
        try {
            Allowance allowance = Allowance.parse(actions.get(), causes);
            if (allowance.anything()) {
                return Optional.of(allowance);
            }
            all.problem(ALLOW, "is set, but empty", "leave it out to carry out nothing");
        } catch (IllegalArgumentException e) {
            all.problem(ALLOW, "cannot be read: " + e.getMessage(), "see svidflow config");
        }
        return Optional.empty();
    }

    private static Optional<CommandVerifier> verifier(Section all) {
        Optional<Path> folder = all.find(TRUSTED);
        if (folder.isEmpty()) {
            all.problem(
                    TRUSTED,
                    "is not set, but " + ALLOW.path() + " is",
                    "openssl pkey -in decider-1.pem -pubout -out trusted/decider-1.pem writes a public key");
            return Optional.empty();
        }
        try {
            return Optional.of(CommandVerifier.from(folder.get()));
        } catch (IllegalArgumentException e) {
            all.problem(TRUSTED, e.getMessage(), "give the path of a folder with public keys");
            return Optional.empty();
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }
}
