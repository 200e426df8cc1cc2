package io.svidflow.benchmark;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.EntryEvent;
import io.svidflow.event.Heartbeat;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.PodEvent;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.SvidFetchEvent;
import io.svidflow.producer.Publication;
import io.svidflow.producer.publish.KafkaPublisher;
import io.svidflow.producer.publish.Pacing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Publishes a load, counts its facts, and notes when each of its seconds was complete. */
final class LoadPublisher {

    private final Load load;
    private final KafkaPublisher publisher;
    private final Clock clock;
    private final Map<Long, Instant> completed = new HashMap<>();
    private long facts;

    LoadPublisher(Load load, KafkaPublisher publisher, Clock clock) {
        this.load = load;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Publishes the start and what follows, as fast as possible. */
    void backlog(Duration eventTime) throws InterruptedException {
        publish(load.snapshot());
        for (long i = 0; i < eventTime.getSeconds(); i++) {
            publish(load.nextSecond());
        }
    }

    /** Publishes the next seconds in real time. */
    void paced(Duration eventTime, Pause pause) throws InterruptedException {
        Instant start = clock.instant();
        for (long i = 1; i <= eventTime.getSeconds(); i++) {
            List<Publication> second = load.nextSecond();
            pause.until(start.plusSeconds(i));
            publish(second);
        }
    }

    /** Facts published so far, heartbeats left out. */
    long facts() {
        return facts;
    }

    /** Real time at which everything that an instant's verdict may rest on had been published; null: not yet. */
    Instant knownAt(Instant eventTime) {
        return completed.get(load.decisiveSecond(eventTime));
    }

    /** A way to wait for a moment. */
    @FunctionalInterface
    interface Pause {
        void until(Instant moment) throws InterruptedException;
    }

    private void publish(List<Publication> publications) throws InterruptedException {
        publisher.publish(publications, Pacing.fastest());
        completed.put(load.seconds(), clock.instant());
        facts += publications.stream().filter(LoadPublisher::isFact).count();
    }

    private static boolean isFact(Publication publication) {
        return !(body(publication.value()) instanceof Heartbeat);
    }

    private static Object body(Object event) {
        if (event instanceof AgentEvent agent) {
            return agent.getBody();
        } else if (event instanceof SvidFetchEvent fetch) {
            return fetch.getBody();
        } else if (event instanceof PodEvent pod) {
            return pod.getBody();
        } else if (event instanceof EntryEvent entry) {
            return entry.getBody();
        } else if (event instanceof NodeEvent node) {
            return node.getBody();
        }
        return ((ServerEvent) event).getBody();
    }
}
