package io.svidflow.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Settings of a single broker that is its own controller: nothing replicated, little memory, and quick to form groups,
 * because whoever starts it waits for it.
 *
 * @param brokerPort port that clients connect to
 * @param controllerPort port that the broker finds its controller at
 * @param logs folder of its data
 */
record BrokerSettings(int brokerPort, int controllerPort, Path logs) {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String CLIENT_LISTENER = "CLIENT";

    String bootstrapServers() {
        return "localhost:" + brokerPort;
    }

    Map<String, String> asProperties() {
        Map<String, String> settings = new HashMap<>(quorum());
        settings.putAll(internalTopics());
        settings.putAll(groups());
        settings.putAll(resources());
        settings.put("log.dirs", logs.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        return settings;
    }

    private Map<String, String> quorum() {
        String clients = CLIENT_LISTENER + "://" + bootstrapServers();
        String controller = "localhost:" + controllerPort;
        return Map.of(
                "node.id",
                Integer.toString(NODE_ID),
                "process.roles",
                "broker,controller",
                "listeners",
                clients + "," + CONTROLLER_LISTENER + "://" + controller,
                "advertised.listeners",
                clients,
                "listener.security.protocol.map",
                CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
                "inter.broker.listener.name",
                CLIENT_LISTENER,
                "controller.listener.names",
                CONTROLLER_LISTENER,
                "controller.quorum.voters",
                NODE_ID + "@" + controller);
    }

    private static Map<String, String> internalTopics() {
        return Map.of(
                "offsets.topic.num.partitions", "2",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.num.partitions", "2",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1");
    }

    private static Map<String, String> groups() {
        return Map.of(
                "group.initial.rebalance.delay.ms", "0",
                // A streams group waits for a heartbeat after its internal topics were made: 5 s by default.
                "group.streams.heartbeat.interval.ms", "250",
                "group.streams.min.heartbeat.interval.ms", "250",
                "group.consumer.heartbeat.interval.ms", "250",
                "group.consumer.min.heartbeat.interval.ms", "250");
    }

    private static Map<String, String> resources() {
        return Map.of(
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "2",
                "log.cleaner.dedupe.buffer.size", "4194304",
                "log.index.size.max.bytes", "1048576");
    }
}
