package io.svidflow.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A running KRaft broker. */
record Broker(BrokerSettings settings, KafkaRaftServer server) {

    /**
     * On a freshly formatted folder.
     *
     * @throws IllegalStateException if the broker does not start
     */
    static Broker start(BrokerSettings settings) {
        try {
            format(settings);
        } catch (Exception e) {
            throw new IllegalStateException("the embedded broker does not start: " + e.getMessage(), e);
        }
        return startAgain(settings);
    }

    /** The same on a folder that a broker has left. */
    static Broker startAgain(BrokerSettings settings) {
        try {
            KafkaConfig config = new KafkaConfig(settings.asProperties(), false);
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            startOrStop(server);
            return new Broker(settings, server);
        } catch (Exception e) {
            throw new IllegalStateException("the embedded broker does not start: " + e.getMessage(), e);
        }
    }

    static boolean portWasTaken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(BrokerSettings settings) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerSettings.NODE_ID)
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setDirectories(List.of(settings.logs().toString()))
                .setMetadataLogDirectory(settings.logs().toString())
                .run();
    }

    private static void startOrStop(KafkaRaftServer server) {
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            server.awaitShutdown();
            throw e;
        }
    }
}
