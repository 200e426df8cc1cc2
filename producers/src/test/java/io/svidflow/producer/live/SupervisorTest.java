package io.svidflow.producer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SupervisorTest {

    private static final Source KUBERNETES = Source.of(SourceKind.KUBERNETES);

    private final RecordingOutlets outlets = new RecordingOutlets("prod");
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Supervisor supervisor = new Supervisor(
            name -> outlets, new Backoff(Duration.ofMillis(5), Duration.ofMillis(20)), metrics, Clock.systemUTC());

    @AfterEach
    void close() {
        supervisor.close();
    }

    @Test
    void shouldStartASourceAgainThatFails() {
        AtomicInteger lives = new AtomicInteger();
        supervisor.start(source("flaky", o -> {
            if (lives.incrementAndGet() < 4) {
                throw new IllegalStateException("no luck");
            }
            new CountDownLatch(1).await();
        }));

        await().until(() -> lives.get() == 4);
        await().until(() -> supervisor.failures().isEmpty());
        assertThat(metrics.get("svidflow.live.restarts")
                        .tag("name", "flaky")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(supervisor.alive()).isTrue();
    }

    @Test
    void shouldLetTheOthersGoOn() {
        supervisor.start(source("broken", o -> {
            throw new StackOverflowError("poison");
        }));
        supervisor.start(source("sound", o -> {
            while (true) {
                o.of(KUBERNETES).observed(Position.at(Instant.now()));
                Thread.sleep(1);
            }
        }));

        await().until(() -> supervisor.failures().containsKey("broken"));
        Instant then = Instant.now();
        await().until(() -> outlets.of(KUBERNETES)
                .lastPosition()
                .filter(position -> position.until().isAfter(then))
                .isPresent());
        assertThat(supervisor.failures()).doesNotContainKey("sound");
    }

    @Test
    void shouldStartASourceAgainThatSimplyEnds() {
        AtomicInteger lives = new AtomicInteger();
        supervisor.start(source("tired", o -> lives.incrementAndGet()));

        await().until(() -> lives.get() > 2);
    }

    @Test
    void shouldStopSourcesWhenItIsClosed() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        supervisor.start(source("patient", o -> {
            try {
                started.countDown();
                new CountDownLatch(1).await();
            } finally {
                stopped.countDown();
            }
        }));
        await().until(() -> started.getCount() == 0);

        supervisor.close();

        assertThat(stopped.getCount()).isZero();
    }

    private interface Work {
        void on(Outlets outlets) throws InterruptedException;
    }

    private static LiveSource source(String name, Work work) {
        return new LiveSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void observe(Outlets outlets) throws InterruptedException {
                work.on(outlets);
            }
        };
    }
}
