package io.svidflow.producer.kubernetes.watch;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.NodeObserved;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodObserved;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.live.RecordingOutlets;
import io.svidflow.producer.live.RecordingOutlets.Recording;
import io.svidflow.producer.spire.NodeDirectory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;

/** A Kubernetes source that observes a {@link FakeApiServer} in a thread, and what it says. */
final class Watching implements AutoCloseable {

    static final WatchSettings IMPATIENT = new WatchSettings(
            List.of(),
            List.of(),
            Optional.empty(),
            WatchSettings.DEFAULT.unregisteredNamespaces(),
            false,
            2,
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofMillis(50),
            Duration.ofMillis(200));

    private final KubernetesClient client;
    private final RecordingOutlets outlets;
    private final NodeDirectory directory = new NodeDirectory();
    private final AtomicReference<RuntimeException> defect = new AtomicReference<>();
    private final Thread thread;

    Watching(FakeApiServer server, RecordingOutlets outlets) {
        this(server, outlets, IMPATIENT, RawObserver.NONE);
    }

    Watching(FakeApiServer server, RecordingOutlets outlets, WatchSettings settings, RawObserver observer) {
        this(server, outlets, outlets, settings, observer);
    }

    /** @param to what the source speaks to; it hands on to those that record */
    Watching(FakeApiServer server, RecordingOutlets outlets, Outlets to, WatchSettings settings, RawObserver observer) {
        this.client = server.client();
        this.outlets = outlets;
        KubernetesSource source = new KubernetesSource(settings, client, Clock.systemUTC(), directory, observer);
        this.thread = new Thread(() -> {
            try {
                source.observe(to);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                defect.set(e);
            }
        });
        thread.start();
    }

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(20));
    }

    Recording said() {
        return outlets.of(Source.of(SourceKind.KUBERNETES));
    }

    /** Waits until everything that has happened before now is promised to have been said. */
    Watching complete() {
        Instant now = Instant.now();
        soon().until(() -> said().lastPosition()
                .filter(position -> position.until().isAfter(now))
                .isPresent());
        return this;
    }

    List<PodObserved> pods() {
        return bodies(PodEvent.class, PodEvent::getBody, PodObserved.class);
    }

    List<PodObserved> pods(String name) {
        return pods().stream().filter(pod -> pod.getName().equals(name)).toList();
    }

    List<NodeObserved> nodes() {
        return bodies(NodeEvent.class, NodeEvent::getBody, NodeObserved.class);
    }

    List<SourceFailure> failures() {
        return bodies(ServerEvent.class, ServerEvent::getBody, SourceFailure.class);
    }

    <E, B> List<B> bodies(Class<E> event, java.util.function.Function<E, Object> body, Class<B> type) {
        return said().facts().stream()
                .map(Publication::value)
                .filter(event::isInstance)
                .map(event::cast)
                .map(body)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    NodeDirectory directory() {
        return directory;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
        if (defect.get() != null) {
            throw new AssertionError("the source ended", defect.get());
        }
    }
}
