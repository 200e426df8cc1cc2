package io.svidflow.producer.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why something of a source does not get through. Said when it begins, once a minute while it lasts, and when it is over.
 */
final class Problem {

    private static final Logger LOGGER = LoggerFactory.getLogger(Problem.class);
    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

    private final String source;
    private final String what;
    private final Clock clock;
    private Optional<String> now = Optional.empty();
    private Instant said = Instant.MIN;
    private int failures;

    /** @param what what does not get through, e.g. {@code facts} */
    Problem(String source, String what, Clock clock) {
        this.source = source;
        this.what = what;
        this.clock = clock;
    }

    /** @return how often it has failed in a row, from 1 */
    synchronized int failed(String topic, Exception error) {
        failures++;
        String text = what + " to " + topic + ": " + text(error);
        boolean news = !now.equals(Optional.of(text)) || said.plus(SAY_AGAIN).isBefore(clock.instant());
        now = Optional.of(text);
        if (news) {
            said = clock.instant();
            LOGGER.atWarn()
                    .addKeyValue("source", source)
                    .addKeyValue("topic", topic)
                    .addKeyValue("failures", failures)
                    .addKeyValue("error", text(error))
                    .log("the brokers or the registry do not take {}; the source waits, and it is tried again", what);
        }
        return failures;
    }

    synchronized void over() {
        if (now.isPresent()) {
            LOGGER.atInfo().addKeyValue("source", source).log("{} get through again", what);
        }
        now = Optional.empty();
        failures = 0;
    }

    /** What an operator reads, empty if there is none. */
    synchronized Optional<String> now() {
        return now;
    }

    private static String text(Exception error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }
}
