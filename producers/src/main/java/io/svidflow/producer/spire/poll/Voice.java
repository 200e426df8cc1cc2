package io.svidflow.producer.spire.poll;

import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.producer.Publication;
import io.svidflow.producer.live.Outlet;
import io.svidflow.producer.live.Position;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a source that asks speaks: every instant is later than the one before, whatever the clock of the machine does, so
 * that no fact is behind a promise; and a time in which it neither asked nor promised is told as a gap.
 */
final class Voice {

    /** A source that promises nothing for longer is taken to be blind; the time is not claimed afterwards. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Outlet outlet;
    private final String address;
    private final Clock clock;
    private Instant said;
    private Instant promised;
    private SortedMap<String, String> marks = new TreeMap<>();
    private boolean begun;

    /** @param address where the answers come from */
    Voice(Outlet outlet, String address, Clock clock) {
        this.outlet = outlet;
        this.address = address;
        this.clock = clock;
        outlet.resumeFrom().ifPresent(position -> {
            said = position.until();
            promised = position.until();
            marks = position.marks();
        });
    }

    /** Now; later than anything that was said before. */
    Instant next() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        said = said == null || now.isAfter(said) ? now : said.plus(1, ChronoUnit.MICROS);
        return said;
    }

    /** Hands facts over, each with an instant that {@link #next} gave. */
    void say(List<Publication> facts) throws InterruptedException {
        if (!facts.isEmpty()) {
            breakSilence(facts.get(0).observedAt());
            outlet.publish(facts);
        }
    }

    /** What the source needs to go on after a restart, from the next promise on. */
    void remember(SortedMap<String, String> more) {
        marks = more;
    }

    /** Everything that could be observed so far has been said. */
    void promise() throws InterruptedException {
        Instant now = next();
        breakSilence(now);
        promised = now;
        begun = true;
        outlet.observed(new Position(now, marks));
    }

    private void breakSilence(Instant now) throws InterruptedException {
        if (promised != null && Duration.between(promised, now).compareTo(LONGEST_SILENCE) > 0) {
            outlet.gap(promised, now, "SPIRE was not asked: svidflow did not run, or the brokers did not keep up");
            promised = now;
        }
    }

    /** Promises if that is due. Before the first promise, which follows the first round, it is not. */
    void keepPromising() throws InterruptedException {
        if (begun && !clock.instant().isBefore(promised.plus(TICK))) {
            promise();
        }
    }

    /** Says every second that nothing is missing, until it is time to ask again. */
    void waitUntil(Instant until) throws InterruptedException {
        for (Instant now = clock.instant(); now.isBefore(until); now = clock.instant()) {
            Duration left = Duration.between(now, until);
            Thread.sleep(Math.max(1, (left.compareTo(TICK) < 0 ? left : TICK).toMillis()));
            promise();
        }
    }

    /** Where an answer was read. */
    Origin origin(String call) {
        return originAt(address + " " + call);
    }

    /** An answer that was read elsewhere. */
    static Origin originAt(String location) {
        return Origin.newBuilder().setKind(OriginKind.API).setLocation(location).build();
    }

    Outlet outlet() {
        return outlet;
    }
}
