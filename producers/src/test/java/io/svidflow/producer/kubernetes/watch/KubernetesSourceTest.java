package io.svidflow.producer.kubernetes.watch;

import static io.svidflow.producer.kubernetes.watch.ClusterObjects.failedMount;
import static io.svidflow.producer.kubernetes.watch.ClusterObjects.namespace;
import static io.svidflow.producer.kubernetes.watch.ClusterObjects.node;
import static io.svidflow.producer.kubernetes.watch.ClusterObjects.pod;
import static io.svidflow.producer.kubernetes.watch.ClusterObjects.rule;
import static io.svidflow.producer.kubernetes.watch.Watching.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Listed;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodWarning;
import io.svidflow.event.Selection;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.Publication;
import io.svidflow.producer.kubernetes.watch.FakeApiServer.Mood;
import io.svidflow.producer.live.InterposedOutlets;
import io.svidflow.producer.live.RecordingOutlets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KubernetesSourceTest {

    private final FakeApiServer server = new FakeApiServer();
    private final RecordingOutlets outlets = new RecordingOutlets("c1");

    @BeforeEach
    void cluster() {
        server.put("namespaces", namespace("shop"));
        server.put("clusterspiffeids", rule("carts", "cart"));
        server.put("nodes", node("node-1", "boot-1"));
        server.put("nodes", node("node-2", "boot-2"));
        for (int i = 1; i <= 5; i++) {
            server.put("pods", pod("shop", "cart-" + i, "node-1", "cart"));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldSayWhatIsThereOnceAndInAnOrderInWhichSelectionsAreKnown() {
        try (Watching watching = new Watching(server, outlets).complete()) {
            assertThat(watching.pods())
                    .extracting(PodObserved::getName)
                    .containsExactly("cart-1", "cart-2", "cart-3", "cart-4", "cart-5");
            assertThat(watching.pods()).allSatisfy(pod -> {
                assertThat(pod.getSelectionKnown()).isTrue();
                assertThat(pod.getSelectedBy()).containsExactly(new Selection("carts", 1L));
            });
            assertThat(watching.nodes()).hasSize(2);
            assertThat(watching.said().gaps()).isEmpty();
            assertThat(watching.failures()).isEmpty();
            assertThat(watching.directory().nodeOfPod("pod-cart-3")).contains("node-1");
        }
    }

    @Test
    void shouldSayChangesInTheOrderOfTheirObservation() {
        try (Watching watching = new Watching(server, outlets).complete()) {
            server.put("pods", pod("shop", "late", "node-2", "cart"));
            soon().until(() -> watching.pods("late").size() == 1);
            server.put("clusterspiffeids", rule("lates", "late"));
            server.delete("pods", "shop", "late");
            soon().until(() -> watching.pods("late").size() == 2);

            assertThat(watching.pods("late").get(1).getDeleted()).isTrue();
            List<Instant> times = watching.said().facts().stream()
                    .map(Publication::observedAt)
                    .toList();
            assertThat(times).isSorted();
        }
    }

    @Test
    void shouldPublishThePodsThatARuleSelectsFromNowOn() {
        server.put("pods", pod("shop", "till", "node-2", "till"));
        try (Watching watching = new Watching(server, outlets).complete()) {
            assertThat(watching.pods("till").get(0).getSelectedBy()).isEmpty();

            server.put("clusterspiffeids", rule("tills", "till"));

            soon().until(() -> watching.pods("till").size() == 2);
            assertThat(watching.pods("till").get(1).getSelectedBy())
                    .extracting(Selection::getRule)
                    .containsExactly("tills");
            assertThat(watching.pods("cart-1")).hasSize(1);
        }
    }

    @Test
    void shouldGoOnWhereItWasWhenConnectionsBreakOff() {
        try (Watching watching = new Watching(server, outlets).complete()) {
            for (int i = 0; i < 20; i++) {
                server.cut();
                server.put("pods", pod("shop", "new-" + i, "node-2", "cart"));
            }
            watching.complete();

            List<String> seen = watching.pods().stream()
                    .map(PodObserved::getName)
                    .filter(name -> name.startsWith("new-"))
                    .toList();
            assertThat(seen).hasSize(20).doesNotHaveDuplicates();
            assertThat(watching.said().gaps()).isEmpty();
        }
    }

    @Test
    void shouldListAnewAndSayWhatVanishedWhenTheHistoryIsForgotten() {
        try (Watching watching = new Watching(server, outlets).complete()) {
            server.mood(Mood.FAILS);
            server.cut();
            soon().until(() -> failing(watching).size() == 5);
            int saidBefore = watching.pods().size();
            server.delete("pods", "shop", "cart-2");
            server.put("pods", pod("shop", "cart-6", "node-2", "cart"));
            server.compact();
            server.mood(Mood.FINE);
            watching.complete();

            List<PodObserved> news =
                    watching.pods().subList(saidBefore, watching.pods().size());
            assertThat(news).extracting(PodObserved::getName).containsExactlyInAnyOrder("cart-2", "cart-6");
            assertThat(watching.pods("cart-2").get(1).getDeleted()).isTrue();
            assertThat(watching.said().gaps()).isNotEmpty();
            Instant end = watching.said().gaps().get(0).to();
            assertThat(watching.said().facts().stream()
                            .filter(fact ->
                                    fact.value() instanceof PodEvent pod && pod.getBody() instanceof PodObserved)
                            .skip(saidBefore)
                            .map(Publication::observedAt))
                    .allMatch(at -> !at.isBefore(end));
        }
    }

    private static Set<String> failing(Watching watching) {
        return watching.failures().stream().map(SourceFailure::getOperation).collect(Collectors.toSet());
    }

    @Test
    void shouldListAnewWhenTheServerHasBeenRestoredFromABackup() {
        try (Watching watching = new Watching(server, outlets).complete()) {
            server.mood(Mood.FAILS);
            server.cut();
            soon().until(() -> failing(watching).size() == 5);
            server.restore();
            server.put("pods", pod("shop", "after", "node-2", "cart"));
            server.mood(Mood.FINE);
            watching.complete();

            assertThat(watching.pods("after")).hasSize(1);
            assertThat(watching.said().gaps()).isNotEmpty();
        }
    }

    @Test
    void shouldPromiseNothingWhileTheServerHangsAndSaySo() {
        try (Watching watching = new Watching(server, outlets).complete()) {
            server.mood("pods", Mood.HANGS);
            soon().until(() -> watching.failures().size() >= 2);
            Instant changed = Instant.now();
            server.put("pods", pod("shop", "unseen", "node-2", "cart"));
            int failures = watching.failures().size();
            soon().until(() -> watching.failures().size() >= failures + 2);

            assertThat(watching.said().lastPosition().orElseThrow().until()).isBefore(changed);
            assertThat(watching.failures()).allSatisfy(failure -> {
                assertThat(failure.getOperation()).isEqualTo("Watch pods");
                assertThat(failure.getError()).contains("the API server");
            });
            server.mood("pods", Mood.FINE);
            watching.complete();
            assertThat(watching.pods("unseen")).hasSize(1);
            assertThat(watching.said().gaps()).as("nothing was missed").isEmpty();
        }
    }

    @Test
    void shouldNotTakeASilentConnectionForAQuietCluster() {
        try (Watching watching = new Watching(server, outlets).complete()) {
            server.mood("nodes", Mood.SILENT);
            soon().until(() -> !watching.failures().isEmpty());

            server.put("nodes", node("node-1", "boot-9"));
            Instant changed = Instant.now();
            int failures = watching.failures().size();
            soon().until(() -> watching.failures().size() > failures);
            assertThat(watching.said().lastPosition().orElseThrow().until()).isBefore(changed);
            assertThat(watching.failures())
                    .extracting(SourceFailure::getOperation)
                    .containsOnly("Watch nodes");
            server.mood("nodes", Mood.FINE);
            watching.complete();
            assertThat(watching.nodes()).last().extracting("bootId").isEqualTo("boot-9");
        }
    }

    @Test
    void shouldNameThePermissionThatIsMissingAndGoOnWithTheOthers() {
        server.mood("events", Mood.REFUSES);
        try (Watching watching = new Watching(server, outlets).complete()) {
            assertThat(watching.pods()).hasSize(5);
            soon().until(() -> !watching.failures().isEmpty());
            assertThat(watching.failures().get(0).getOperation()).isEqualTo("Watch events");
            assertThat(watching.failures().get(0).getError()).contains("(403); grant the verb list on events");
        }
    }

    @Test
    void shouldPromiseNothingWithoutPermissionToSeePods() {
        server.mood("pods", Mood.REFUSES);
        try (Watching watching = new Watching(server, outlets)) {
            soon().until(() -> watching.failures().size() >= 3);
            assertThat(watching.nodes()).hasSize(2);
            assertThat(watching.said().lastPosition()).isEmpty();
            server.mood("pods", Mood.FINE);
            watching.complete();
            assertThat(watching.pods()).hasSize(5);
        }
    }

    @Test
    void shouldNotKnowWhatSelectsPodsWhereTheKindOfRulesIsAbsent() {
        server.mood("clusterspiffeids", Mood.ABSENT);
        try (Watching watching = new Watching(server, outlets).complete()) {
            assertThat(watching.pods()).hasSize(5).allMatch(pod -> !pod.getSelectionKnown());
            assertThat(watching.failures()).isEmpty();
        }
    }

    @Test
    void shouldNotKnowWhatSelectsPodsOnceNamespacesMayNotBeSeen() {
        try (Watching watching = new Watching(server, outlets).complete()) {
            server.mood("namespaces", Mood.REFUSES);
            soon().until(() -> watching.pods("cart-1").size() == 2);
            assertThat(watching.pods("cart-1").get(1).getSelectionKnown()).isFalse();
            server.put("clusterspiffeids", rule("others", "cart"));
            watching.complete();
            assertThat(watching.pods("cart-1")).hasSize(2);

            server.mood("namespaces", Mood.FINE);
            soon().until(() -> watching.pods("cart-1").size() >= 3);
            assertThat(watching.pods("cart-1").get(2).getSelectedBy())
                    .extracting(Selection::getRule)
                    .containsExactly("carts", "others");
        }
    }

    @Test
    void shouldResumeWithoutRepeatingAndWithoutMissingAnything() {
        try (Watching watching = new Watching(server, outlets)) {
            watching.complete();
        }
        server.delete("pods", "shop", "cart-2");
        server.put("pods", pod("shop", "short", "node-2", "cart"));
        server.delete("pods", "shop", "short");
        server.put("clusterspiffeids", rule("more", "cart"));

        try (Watching watching = new Watching(server, outlets.restart())) {
            watching.complete();
            assertThat(watching.pods("cart-2"))
                    .extracting(PodObserved::getDeleted)
                    .last()
                    .isEqualTo(true);
            assertThat(watching.pods("short"))
                    .extracting(PodObserved::getDeleted)
                    .containsExactly(false, true);
            assertThat(watching.pods("cart-1")).hasSize(1);
            assertThat(watching.pods("cart-1").get(0).getSelectedBy())
                    .extracting(Selection::getRule)
                    .containsExactly("carts", "more");
            assertThat(watching.nodes()).isEmpty();
            assertThat(watching.bodies(PodEvent.class, PodEvent::getBody, Listed.class))
                    .as("what was said before still holds")
                    .isEmpty();
            assertThat(watching.said().gaps()).isEmpty();
            assertThat(watching.directory().nodeOfPod("pod-cart-1")).contains("node-1");
        }
    }

    @Test
    void shouldSayEverythingAgainWhenTheHistoryWasForgottenMeanwhile() {
        Instant promised;
        try (Watching watching = new Watching(server, outlets).complete()) {
            promised = watching.said().lastPosition().orElseThrow().until();
        }
        server.delete("pods", "shop", "cart-2");
        server.compact();

        try (Watching watching = new Watching(server, outlets.restart()).complete()) {
            assertThat(watching.pods())
                    .extracting(PodObserved::getName)
                    .containsExactly("cart-1", "cart-3", "cart-4", "cart-5");
            assertThat(watching.said().gaps()).isNotEmpty();
            assertThat(watching.said().gaps().get(0).from()).isAfterOrEqualTo(promised);
            List<Listed> complete = watching.bodies(PodEvent.class, PodEvent::getBody, Listed.class);
            assertThat(complete).as("what was not said again is gone").hasSize(1);
            assertThat(complete.get(0).getSince())
                    .isBeforeOrEqualTo(watching.said().facts().stream()
                            .filter(fact -> fact.value() instanceof PodEvent)
                            .findFirst()
                            .orElseThrow()
                            .observedAt());
        }
    }

    @Test
    void shouldStopReadingWhileNobodyTakesTheFactsAndMissNothing() throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        InterposedOutlets blocked = new InterposedOutlets(outlets, () -> {
            attempts.incrementAndGet();
            taken.await();
        });
        try (Watching watching = new Watching(server, outlets, blocked, Watching.IMPATIENT, RawObserver.NONE)) {
            soon().until(() -> attempts.get() == 1);
            for (int i = 0; i < 2_000; i++) {
                server.put("pods", pod("shop", "new-" + i, "node-2", "cart"));
            }
            server.delete("pods", "shop", "new-7");

            assertThat(attempts).hasValue(1);
            assertThat(watching.said().facts()).isEmpty();
            taken.countDown();
            watching.complete();

            assertThat(watching.pods().stream()
                            .filter(pod -> pod.getName().startsWith("new-") && !pod.getDeleted())
                            .map(PodObserved::getName)
                            .distinct())
                    .contains("new-0", "new-1999")
                    .hasSizeGreaterThanOrEqualTo(1_999);
            assertThat(watching.said().gaps()).isEmpty();
        }
    }

    @Test
    void shouldSayWhyAPodDoesNotStart() {
        try (Watching watching = new Watching(server, outlets).complete()) {
            server.put("events", failedMount("shop", "cart-1", Instant.now().toString()));
            soon().until(() -> !watching.bodies(PodEvent.class, PodEvent::getBody, PodWarning.class)
                    .isEmpty());
        }
    }

    @Test
    void shouldKeepAnObjectThatItDoesNotUnderstandAndGoOn() {
        server.put("pods", pod("shop", "odd", "node-1", "cart").replace("2026-11-23T05:46:00Z", "yesterday"));
        try (Watching watching = new Watching(server, outlets).complete()) {
            assertThat(watching.pods()).hasSize(5);
            assertThat(watching.said().deadLetters()).singleElement().asString().contains("pods/shop/odd", "yesterday");
        }
    }

    @Test
    void shouldShowTheObserverNothingSecret() {
        List<String> seen = new ArrayList<>();
        RawObserver observer = new RawObserver() {
            @Override
            public void observed(
                    io.svidflow.producer.kubernetes.KubernetesKind kind,
                    Instant at,
                    io.svidflow.producer.Observation.Change change,
                    com.fasterxml.jackson.databind.node.ObjectNode object) {
                seen.add(kind + " " + change + " " + object);
            }

            @Override
            public void failed(io.svidflow.producer.kubernetes.KubernetesKind kind, Instant at, String error) {}
        };
        try (Watching watching = new Watching(server, outlets, Watching.IMPATIENT.withLayout(), observer)) {
            watching.complete();
        }
        assertThat(seen).hasSize(9).noneMatch(line -> line.contains("secret") || line.contains("managedFields"));
        assertThat(seen.get(4)).startsWith("PODS ADDED").contains("\"kind\":\"Pod\"", "registry.example/app:1");
    }

    @Test
    void shouldWatchOnlyTheNamespacesThatAreNamed() {
        server.put("pods", pod("bank", "vault", "node-1", "cart"));
        server.put("pods", pod("mail", "post", "node-1", "cart"));
        WatchSettings some = new WatchSettings(
                List.of("shop", "bank"),
                List.of(),
                Watching.IMPATIENT.node(),
                List.of(),
                false,
                2,
                Watching.IMPATIENT.watchFor(),
                Watching.IMPATIENT.patience(),
                Watching.IMPATIENT.shortestRetry(),
                Watching.IMPATIENT.longestRetry());
        try (Watching watching = new Watching(server, outlets, some, RawObserver.NONE).complete()) {
            assertThat(watching.pods()).hasSize(6).noneMatch(pod -> pod.getNamespace()
                    .equals("mail"));
            assertThat(server.calls()).noneMatch(call -> call.startsWith("/api/v1/pods"));
        }
    }
}
