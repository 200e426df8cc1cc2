package io.svidflow.producer.podlog;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind.Members;
import io.svidflow.producer.live.LiveSource;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.spire.LogMappers;
import io.svidflow.producer.tail.LogDelivery;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows SPIRE's logs through the Kubernetes API, where nothing of svidflow runs on the nodes. The API serves the current
 * file of a container and the last one of the container before: what the kubelet rotated away while nobody listened is a
 * gap.
 */
public final class PodLogs implements LiveSource {

    private static final Logger LOGGER = LoggerFactory.getLogger(PodLogs.class);

    private final PodLogsConfig config;
    private final PodApi api;
    private final LogMappers mappers;
    private final Clock clock;

    /**
     * @param config whose logs
     * @param client of the cluster; needs list on pods, and get on pods and pods/log
     * @param mappers says what lines mean
     * @param clock of this machine
     */
    public PodLogs(PodLogsConfig config, KubernetesClient client, LogMappers mappers, Clock clock) {
        this.config = config;
        this.api = new PodApi(client);
        this.mappers = mappers;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "pod-logs";
    }

    private record Running(SourceFollower follower, Thread thread) {}

    @Override
    public void observe(Outlets outlets) throws InterruptedException {
        Map<Source, Running> running = new HashMap<>();
        boolean first = true;
        try {
            while (true) {
                Instant at = clock.instant();
                try {
                    Map<Source, Set<ContainerRef>> listed = listed();
                    if (first) {
                        new Leftovers(config.rules()).release(listed.keySet(), at, outlets);
                        first = false;
                    }
                    follow(listed, at, running, outlets);
                } catch (PodApiException e) {
                    LOGGER.atWarn().addKeyValue("error", e.getMessage()).log("New pods cannot be looked for");
                }
                TimeUnit.NANOSECONDS.sleep(config.discovery().toNanos());
            }
        } finally {
            running.values().forEach(each -> each.thread().interrupt());
        }
    }

    /** What stands in the way of following the logs, each with its remedy. */
    public List<String> check() throws InterruptedException {
        List<String> problems = new ArrayList<>();
        for (PodLogRule rule : config.rules()) {
            try {
                List<ContainerRef> containers = api.pods(rule).stream()
                        .flatMap(pod -> ref(rule, pod).stream())
                        .toList();
                if (containers.isEmpty()) {
                    problems.add("no pod with a container " + rule.container() + " and the labels " + rule.labels()
                            + " runs in namespace " + rule.namespace());
                } else {
                    api.last(containers.get(0));
                }
            } catch (PodApiException e) {
                if (e.code() != 400) {
                    problems.add(e.getMessage());
                }
            }
        }
        return problems;
    }

    private Map<Source, Set<ContainerRef>> listed() throws PodApiException {
        Map<Source, Set<ContainerRef>> listed = new TreeMap<>();
        for (PodLogRule rule : config.rules()) {
            for (Pod pod : api.pods(rule)) {
                String member = rule.kind().members() == Members.NODES
                        ? pod.getSpec().getNodeName()
                        : pod.getMetadata().getName();
                if (member != null && !member.isBlank()) {
                    listed.computeIfAbsent(new Source(rule.kind(), member), source -> new HashSet<>())
                            .addAll(ref(rule, pod));
                }
            }
        }
        return listed;
    }

    private static Set<ContainerRef> ref(PodLogRule rule, Pod pod) {
        boolean has = pod.getSpec().getContainers().stream()
                .anyMatch(container -> container.getName().equals(rule.container()));
        return has
                ? Set.of(new ContainerRef(
                        rule.namespace(),
                        pod.getMetadata().getName(),
                        pod.getMetadata().getUid(),
                        rule.container()))
                : Set.of();
    }

    private void follow(
            Map<Source, Set<ContainerRef>> listed, Instant at, Map<Source, Running> running, Outlets outlets)
            throws InterruptedException {
        for (Map.Entry<Source, Set<ContainerRef>> each : listed.entrySet()) {
            Running known = running.get(each.getKey());
            if (known == null || !known.thread().isAlive()) {
                running.put(each.getKey(), start(each.getKey(), each.getValue(), at, outlets));
            } else {
                known.follower().listed(each.getValue(), at);
            }
        }
        for (Source gone : List.copyOf(running.keySet())) {
            if (!listed.containsKey(gone)) {
                gone(gone, at, running, outlets);
            }
        }
    }

    private Running start(Source source, Set<ContainerRef> containers, Instant at, Outlets outlets)
            throws InterruptedException {
        LogDelivery delivery = new LogDelivery(source, outlets.of(source), mappers, clock, config.lookBack());
        SourceFollower follower = new SourceFollower(api, delivery, config, config.cadence(source.kind()), clock);
        follower.listed(containers, at);
        Thread thread = new Thread(follower, "log of " + source.name());
        thread.setDaemon(true);
        thread.start();
        return new Running(follower, thread);
    }

    /** A node whose agent is replaced gets another soon; a pod that is gone does not come back. */
    private static void gone(Source source, Instant at, Map<Source, Running> running, Outlets outlets)
            throws InterruptedException {
        Running known = running.get(source);
        known.follower().listed(Set.of(), at);
        if (source.kind().members() == Members.PODS && known.follower().finished()) {
            known.thread().interrupt();
            known.thread().join();
            running.remove(source);
            outlets.release(source);
        }
    }
}
