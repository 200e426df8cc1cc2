package io.svidflow.benchmark.lines;

import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.spire.AgentLogMapper;
import io.svidflow.producer.spire.LogMapper;
import io.svidflow.producer.spire.RegistrarLogMapper;
import io.svidflow.producer.spire.ServerLogMapper;
import java.util.List;
import java.util.Optional;

/** Who writes a log. */
enum Component {
    AGENT("agent"),
    SERVER("server"),
    REGISTRAR("controller-manager");

    private final String label;

    Component(String label) {
        this.label = label;
    }

    /** The forms in which it is found. */
    List<Dress> dresses() {
        return this == REGISTRAR
                ? List.of(Dress.ZAP_CONSOLE, Dress.ZAP_JSON)
                : List.of(
                        Dress.LOGRUS_TEXT,
                        Dress.LOGRUS_JSON,
                        Dress.LOGRUS_TERMINAL,
                        Dress.CONTAINER_RUNTIME,
                        Dress.DOCKER_JSON,
                        Dress.JOURNALD,
                        Dress.NESTED_JSON);
    }

    /** Name of its corpus. */
    String label() {
        return label;
    }

    /** A mapper of one of its logs. */
    LogMapper mapper() {
        return switch (this) {
            case AGENT -> new AgentLogMapper(new EventHeaders("bench", AgentLogMapper.source("node-1")), "node-1");
            case SERVER ->
                new ServerLogMapper(
                        new EventHeaders("bench", ServerLogMapper.source("spire-server-0")),
                        "spire-server-0",
                        agent -> Optional.of("node-1"));
            case REGISTRAR ->
                new RegistrarLogMapper(
                        new EventHeaders("bench", RegistrarLogMapper.source("spire-server-0")), "spire-server-0");
        };
    }
}
