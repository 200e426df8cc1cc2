package io.svidflow.producer.spire.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.producer.live.LiveSource;
import io.svidflow.producer.live.Outlets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A source in its thread, until it is stopped. */
final class Running {

    private final Thread thread;
    private volatile Throwable failure;

    Running(LiveSource source, Outlets outlets) {
        thread = new Thread(() -> {
            try {
                source.observe(outlets);
                failure = new AssertionError("a source must not end by itself");
            } catch (InterruptedException e) {
                // asked to stop
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        });
        thread.start();
    }

    /** Waits for what a loaded machine may take long for. */
    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }

    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(10_000);
        assertThat(thread.isAlive()).as("still running").isFalse();
        assertThat(failure).isNull();
    }
}
