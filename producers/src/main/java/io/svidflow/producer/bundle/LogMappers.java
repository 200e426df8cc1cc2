package io.svidflow.producer.bundle;

import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.spire.AgentDirectory;
import io.svidflow.producer.spire.AgentLogMapper;
import io.svidflow.producer.spire.LogMapper;
import io.svidflow.producer.spire.RegistrarLogMapper;
import io.svidflow.producer.spire.ServerLogMapper;

/** Knows the mapper of each kind of log. */
final class LogMappers {

    private final String cluster;
    private final AgentDirectory directory;

    LogMappers(String cluster, AgentDirectory directory) {
        this.cluster = cluster;
        this.directory = directory;
    }

    /** A new mapper: a mapper belongs to one file. */
    LogMapper of(Source source) {
        EventHeaders headers = new EventHeaders(cluster, source.name());
        return switch (source.kind()) {
            case AGENT_LOG -> new AgentLogMapper(headers, source.member());
            case SERVER_LOG -> new ServerLogMapper(headers, source.member(), directory);
            case CONTROLLER_MANAGER_LOG -> new RegistrarLogMapper(headers, source.member());
            case KUBERNETES, SPIRE_SERVER, AGENT_DEBUG, READER ->
                throw new IllegalArgumentException(source.name() + " is not a log");
        };
    }
}
