package io.svidflow.producer.tail;

import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.event.SvidFetchEvent;
import io.svidflow.event.SvidSignal;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.spire.LogMapper;
import io.svidflow.producer.spire.LogMappers;
import io.svidflow.producer.spire.RawLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lines of an agent whose every line is a fact, and the facts that one reading of all of them gives. */
public final class AgentLines {

    public static final Source NODE_1 = new Source(SourceKind.AGENT_LOG, "node-1");
    public static final LogMappers MAPPERS = new LogMappers(agent -> Optional.empty());

    private AgentLines() {}

    public static String refused(Instant at, long pid) {
        return "time=\"" + at + "\" level=error msg=\"No identity issued\" method=FetchX509SVID pid=" + pid
                + " registered=false service=WorkloadAPI subsystem_name=endpoints";
    }

    public static String inContainer(Instant at, String line) {
        return at + " stderr F " + line;
    }

    public static List<Long> pids(List<Publication> facts) {
        return facts.stream()
                .map(Publication::value)
                .filter(SvidFetchEvent.class::isInstance)
                .map(event -> ((SvidSignal) ((SvidFetchEvent) event).getBody()).getPid())
                .toList();
    }

    public static List<String> ids(List<Publication> facts) {
        return facts.stream()
                .map(Publication::value)
                .filter(SvidFetchEvent.class::isInstance)
                .map(event -> ((SvidFetchEvent) event).getHeader().getId())
                .toList();
    }

    /** The ids of the facts in a text that is read in one piece. */
    public static List<String> idsOfAll(List<String> lines, Instant reference) {
        LogMapper mapper = MAPPERS.of(NODE_1, new EventHeaders("lab", NODE_1.name()));
        List<Publication> facts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Origin origin = Origin.newBuilder()
                    .setKind(OriginKind.FILE)
                    .setLocation("all.log")
                    .setLine(i + 1L)
                    .build();
            facts.addAll(mapper.map(new RawLine(lines.get(i), origin, i + 1L, reference))
                    .facts());
        }
        return ids(facts);
    }
}
