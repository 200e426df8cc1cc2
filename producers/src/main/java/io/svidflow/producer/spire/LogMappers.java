package io.svidflow.producer.spire;

import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.coverage.Source;

/** Knows the mapper of each kind of log: the same for a log that is read while it is written and for one of a bundle. */
public final class LogMappers {

    private final AgentDirectory agents;
    private final PodProcesses processes;

    /** Mappers for logs whose processes are gone. */
    public LogMappers(AgentDirectory agents) {
        this(agents, PodProcesses.NONE);
    }

    /**
     * @param agents knows the nodes of the agents that a server's log names
     * @param processes knows the pods of processes that ask the agents whose logs are read
     */
    public LogMappers(AgentDirectory agents, PodProcesses processes) {
        this.agents = agents;
        this.processes = processes;
    }

    /**
     * A new mapper, with memory of its own.
     *
     * @param source whose log it is
     * @param headers headers of that source
     * @throws IllegalArgumentException if the source is not a log
     */
    public LogMapper of(Source source, EventHeaders headers) {
        return switch (source.kind()) {
            case AGENT_LOG -> new AgentLogMapper(headers, source.member(), processes);
            case SERVER_LOG -> new ServerLogMapper(headers, source.member(), agents);
            case CONTROLLER_MANAGER_LOG -> new RegistrarLogMapper(headers, source.member());
            case KUBERNETES, SPIRE_SERVER, AGENT_DEBUG, READER ->
                throw new IllegalArgumentException(source.name() + " is not a log");
        };
    }
}
