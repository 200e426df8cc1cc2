package io.svidflow.producer.live;

import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import java.time.Clock;

/**
 * Says that time passes, where only logs of single nodes are read: nobody else speaks for the whole cluster then, and
 * nothing would ever be concluded.
 */
public final class Reader implements LiveSource {

    private final Clock clock;

    public Reader(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "reader";
    }

    @Override
    public void observe(Outlets outlets) throws InterruptedException {
        Outlet outlet = outlets.of(Source.of(SourceKind.READER));
        while (true) {
            outlet.observed(Position.at(clock.instant()));
            Thread.sleep(SourceKind.READER.cadence().toMillis());
        }
    }
}
