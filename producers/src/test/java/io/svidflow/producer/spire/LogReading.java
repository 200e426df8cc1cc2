package io.svidflow.producer.spire;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentSignal;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.SvidFetchEvent;
import io.svidflow.event.SvidSignal;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Publication;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Feeds lines to a mapper and looks at what comes out. */
final class LogReading {

    static final Instant REFERENCE = Instant.parse("2026-11-23T05:00:00Z");
    static final String AGENT_1 = "spiffe://lab.example/spire/agent/k8s_psat/lab/uid-1";
    static final String STRANGER = "spiffe://lab.example/spire/agent/k8s_psat/lab/uid-9";

    private final LogMapper mapper;
    private long number;

    private LogReading(LogMapper mapper) {
        this.mapper = mapper;
    }

    static LogReading ofAgent() {
        return new LogReading(new AgentLogMapper(new EventHeaders("lab", AgentLogMapper.source("node-1")), "node-1"));
    }

    static LogReading ofAgent(PodProcesses processes) {
        EventHeaders headers = new EventHeaders("lab", AgentLogMapper.source("node-1"));
        return new LogReading(new AgentLogMapper(headers, "node-1", processes));
    }

    static LogReading ofServer() {
        AgentDirectory agents = id -> id.equals(AGENT_1) ? Optional.of("node-1") : Optional.empty();
        return new LogReading(new ServerLogMapper(
                new EventHeaders("lab", ServerLogMapper.source("spire-server-0")), "spire-server-0", agents));
    }

    static LogReading ofRegistrar() {
        return new LogReading(new RegistrarLogMapper(
                new EventHeaders("lab", RegistrarLogMapper.source("spire-server-0")), "spire-server-0"));
    }

    MappedLine line(String text) {
        number++;
        Origin origin = Origin.newBuilder()
                .setKind(OriginKind.FILE)
                .setLocation("some.log")
                .setLine(number)
                .build();
        return mapper.map(new RawLine(text, origin, number, REFERENCE));
    }

    /** The kinds of the facts in a line, in order; for a line without facts its outcome. */
    List<String> kinds(String text) {
        MappedLine mapped = line(text);
        return mapped.facts().isEmpty()
                ? List.of(mapped.outcome().name())
                : mapped.facts().stream().map(LogReading::kind).toList();
    }

    Publication only(String text) {
        MappedLine mapped = line(text);
        assertThat(mapped.facts()).as(text).hasSize(1);
        return mapped.facts().get(0);
    }

    SvidSignal svid(String text) {
        return (SvidSignal) ((SvidFetchEvent) only(text).value()).getBody();
    }

    AgentSignal agent(String text) {
        return (AgentSignal) ((AgentEvent) only(text).value()).getBody();
    }

    ServerSignal server(String text) {
        return (ServerSignal) ((ServerEvent) only(text).value()).getBody();
    }

    static EventHeader header(Publication publication) {
        return (EventHeader) publication.value().get(0);
    }

    private static String kind(Publication publication) {
        return publication.value().get(1) instanceof SvidSignal svid
                ? svid.getKind().name()
                : publication.value().get(1) instanceof AgentSignal agent
                        ? agent.getKind().name()
                        : ((ServerSignal) publication.value().get(1)).getKind().name();
    }
}
