package io.svidflow.lab;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The configuration file with which the producers observe the laboratory: everything that there is to be seen. */
final class ProducerConfiguration {

    private static final int NODES = 5;

    private ProducerConfiguration() {}

    /** @param port where health is served */
    static String of(Map<String, Object> kafka, int partitions, int port) {
        Path run = Laboratory.run();
        String agents = IntStream.rangeClosed(1, NODES)
                .mapToObj(node -> "      - {node: node-" + node + ", socket: " + run + "/nodes/node-" + node
                        + "/admin/admin.sock}\n")
                .collect(Collectors.joining());
        String server = run + "/nodes/node-1/var-log-pods/spire_spire-server-0_*/";
        return """
                cluster: lab
                partitions: %d
                kafka:
                  bootstrap: {servers: "%s"}
                registry: {url: "%s"}
                http: {listen: "127.0.0.1:%d"}
                kubernetes: {kubeconfig: "%s/kubeconfig"}
                sources:
                  kubernetes: {enabled: true}
                  spire-server: {socket: "%s/server/api.sock"}
                  agent-debug:
                    agents:
                %s  log-files:
                    files:
                      - {path: "%s/nodes/{member}/var-log-pods/spire_spire-agent-*/spire-agent/*.log", kind: agent-log}
                      - {path: "%sspire-server/*.log", kind: server-log, member: spire-server-0}
                      - {path: "%sspire-controller-manager/*.log", kind: controller-manager-log, member: spire-server-0}
                """
                .formatted(
                        partitions,
                        kafka.get("bootstrap.servers"),
                        kafka.get("schema.registry.url"),
                        port,
                        run,
                        run,
                        agents,
                        run,
                        server,
                        server);
    }
}
