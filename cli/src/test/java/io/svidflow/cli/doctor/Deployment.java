package io.svidflow.cli.doctor;

import io.svidflow.event.PodRole;
import io.svidflow.producer.bundle.IncidentManifest;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.layout.AttestedAgent;
import io.svidflow.producer.layout.Controller;
import io.svidflow.producer.layout.DisruptionBudget;
import io.svidflow.producer.layout.KubernetesLayout;
import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.LogSigns;
import io.svidflow.producer.layout.ParentLoad;
import io.svidflow.producer.layout.PlacedNode;
import io.svidflow.producer.layout.PlacedPod;
import io.svidflow.producer.layout.SpireLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A deployment to be looked at, piece by piece. */
final class Deployment {

    static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    static final Demands DEMANDS = new Demands(Duration.ofMinutes(15), Duration.ofSeconds(5));

    private final Set<String> files = new TreeSet<>();
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final List<PlacedNode> nodes = new ArrayList<>();
    private final List<PlacedPod> pods = new ArrayList<>();
    private final List<Controller> controllers = new ArrayList<>();
    private final List<DisruptionBudget> budgets = new ArrayList<>();
    private final List<AttestedAgent> agents = new ArrayList<>();
    private final List<ParentLoad> parents = new ArrayList<>();
    private final List<LogSigns> logs = new ArrayList<>();
    private String spireVersion;

    Deployment collected(String... kinds) {
        for (String kind : kinds) {
            files.add("raw/" + kind + ".jsonl");
        }
        return this;
    }

    Deployment node(String name, Instant... recoveries) {
        nodes.add(new PlacedNode(name, true, List.of(recoveries)));
        return collected("nodes");
    }

    Deployment pod(PodRole role, String name, String node, String... images) {
        pods.add(new PlacedPod("spire", name, node, role, Map.of("app", name), "StatefulSet", name, List.of(images)));
        return collected("pods");
    }

    Deployment controller(PodRole role, String name, int replicas, boolean spread, Duration... tokens) {
        String kind = role == PodRole.SPIRE_AGENT ? "DaemonSet" : "StatefulSet";
        controllers.add(new Controller(kind, "spire", name, role, replicas, spread, List.of(), List.of(tokens)));
        return collected("statefulsets", "daemonsets");
    }

    Deployment budget(String name, Map<String, String> labels) {
        budgets.add(new DisruptionBudget("spire", name, labels));
        return collected("poddisruptionbudgets");
    }

    Deployment agent(String node, String version, Duration lifetime) {
        agents.add(new AttestedAgent("spiffe://example.org/spire/agent/" + node, node, version, lifetime));
        return collected("agents");
    }

    Deployment parent(int entries, long bytes) {
        parents.add(new ParentLoad("spiffe://example.org/spire/agent/n", entries, bytes));
        return collected("entries");
    }

    Deployment version(String version) {
        spireVersion = version;
        return this;
    }

    Deployment setting(String name, Object value) {
        settings.put(name, value);
        return this;
    }

    Deployment agentLog(long lines, long debug, long refusals, long named) {
        logs.add(new LogSigns(
                SourceKind.AGENT_LOG,
                "node-1",
                lines,
                debug,
                0,
                refusals,
                named,
                Set.of(),
                0,
                null,
                null,
                new TreeMap<>()));
        return this;
    }

    Deployment serverLog(long lines, long audit, Duration interval, Duration svid, Instant... minutes) {
        TreeMap<Instant, Long> byMinute = new TreeMap<>();
        for (Instant minute : minutes) {
            byMinute.put(minute, 1L);
        }
        logs.add(new LogSigns(
                SourceKind.SERVER_LOG,
                "spire-server-0",
                lines,
                0,
                audit,
                0,
                0,
                Set.of(),
                interval == null ? 0 : audit,
                interval,
                svid,
                byMinute));
        return this;
    }

    Layout layout() {
        IncidentManifest manifest = new IncidentManifest(
                "some-incident",
                "",
                "some-cluster",
                Optional.empty(),
                START,
                START.plusSeconds(600),
                Optional.ofNullable(spireVersion),
                settings,
                Optional.empty());
        return new Layout(
                manifest,
                files,
                new KubernetesLayout(nodes, pods, controllers, budgets),
                new SpireLayout(agents, parents),
                logs,
                List.of());
    }
}
