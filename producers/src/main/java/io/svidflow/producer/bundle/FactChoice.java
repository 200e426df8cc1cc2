package io.svidflow.producer.bundle;

import io.svidflow.event.AgentListed;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Heartbeat;
import io.svidflow.producer.coverage.Source;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Which facts of a bundle of facts are read. */
final class FactChoice {

    private final Selection selection;

    FactChoice(Selection selection) {
        this.selection = selection;
        if (!Collections.disjoint(
                selection.without(), EnumSet.of(BundlePart.AUDIT, BundlePart.DEBUG, BundlePart.AGENT_INFO))) {
            throw BundleProblem.in(
                    FactBundle.FILE,
                    "does not tell by which log level or audit log a fact was found",
                    "leave out the whole log instead, e.g. --without server-log");
        }
    }

    /** The fact, changed where it speaks of what is left out; null if it is left out itself. */
    SpecificRecord of(SpecificRecord event) {
        EventHeader header = (EventHeader) event.get(0);
        if (!holds(header.getSource())) {
            return null;
        }
        if (event.get(1) instanceof Heartbeat heartbeat) {
            return pruned(event, header, heartbeat);
        }
        boolean agents = !selection.without().contains(BundlePart.AGENTS);
        return lost(header) || !agents && event.get(1) instanceof AgentListed ? null : event;
    }

    private boolean holds(String source) {
        return Source.named(source).map(it -> selection.holds(it.kind())).orElse(true);
    }

    private boolean lost(EventHeader header) {
        return selection.lost() > 0
                && header.getSource().contains("-log/")
                && new Random(selection.seed() * 31 + header.getId().hashCode()).nextDouble() < selection.lost();
    }

    /** Nobody waits for a source that was never there. */
    private SpecificRecord pruned(SpecificRecord event, EventHeader header, Heartbeat heartbeat) {
        List<String> expected = heartbeat.getExpected().stream()
                .filter(stream -> holds(stream.substring(0, stream.lastIndexOf('@'))))
                .toList();
        if (expected.size() == heartbeat.getExpected().size()) {
            return event;
        }
        SpecificRecord copy = (SpecificRecord) SpecificData.newInstance(event.getClass(), event.getSchema());
        copy.put(0, header);
        copy.put(1, Heartbeat.newBuilder(heartbeat).setExpected(expected).build());
        return copy;
    }
}
