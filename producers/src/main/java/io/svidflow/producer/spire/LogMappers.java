package io.svidflow.producer.spire;

import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.coverage.Source;
import java.time.Instant;
import java.util.Optional;

/** Knows the mapper of each kind of log: the same for a log that is read while it is written and for one of a bundle. */
public final class LogMappers {

    private final AgentDirectory agents;
    private final PodProcesses processes;
    private final RawLines raw;

    /** Mappers for logs whose processes are gone. */
    public LogMappers(AgentDirectory agents) {
        this(agents, PodProcesses.NONE);
    }

    /**
     * @param agents knows the nodes of the agents that a server's log names
     * @param processes knows the pods of processes that ask the agents whose logs are read
     */
    public LogMappers(AgentDirectory agents, PodProcesses processes) {
        this(agents, processes, RawLines.NONE);
    }

    /** @param raw sees the lines themselves, see the other constructor for the rest */
    public LogMappers(AgentDirectory agents, PodProcesses processes, RawLines raw) {
        this.agents = agents;
        this.processes = processes;
        this.raw = raw;
    }

    /**
     * A new mapper, with memory of its own.
     *
     * @param source whose log it is
     * @param headers headers of that source
     * @throws IllegalArgumentException if the source is not a log
     */
    public LogMapper of(Source source, EventHeaders headers) {
        LogMapper mapper = mapper(source, headers);
        return raw == RawLines.NONE ? mapper : new Seen(source, mapper, raw);
    }

    private LogMapper mapper(Source source, EventHeaders headers) {
        return switch (source.kind()) {
            case AGENT_LOG -> new AgentLogMapper(headers, source.member(), processes);
            case SERVER_LOG -> new ServerLogMapper(headers, source.member(), agents);
            case CONTROLLER_MANAGER_LOG -> new RegistrarLogMapper(headers, source.member());
            case KUBERNETES, SPIRE_SERVER, AGENT_DEBUG, READER ->
                throw new IllegalArgumentException(source.name() + " is not a log");
        };
    }

    /** Shows each line before it is mapped. */
    private record Seen(Source source, LogMapper mapper, RawLines raw) implements LogMapper {

        @Override
        public MappedLine map(RawLine line) {
            raw.read(source, line.text());
            return mapper.map(line);
        }

        @Override
        public Optional<Instant> reached() {
            return mapper.reached();
        }
    }
}
