package io.svidflow.producer.shipped;

import io.svidflow.producer.live.LiveSource;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.spire.LogMappers;
import io.svidflow.producer.spire.NodeDirectory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads SPIRE's logs from the Kafka topic that a log shipper fills. The offsets are part of the position of each log and
 * are committed nowhere else.
 *
 * <p>Promises no more than the shipper's progress: the time of the log's last line, or of the last sign of life of the
 * shipper on its node, less the lateness. Where shippers give no sign of life, a quiet log falls silent.
 */
public final class LogTopic implements LiveSource {

    private static final Logger LOGGER = LoggerFactory.getLogger(LogTopic.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LogTopicConfig config;
    private final LogMappers mappers;
    private final NodeDirectory directory;
    private final Clock clock;

    /**
     * @param config which topic
     * @param mappers says what lines mean
     * @param directory knows which nodes are gone, where Kubernetes is observed by the same process
     * @param clock of this machine
     */
    public LogTopic(LogTopicConfig config, LogMappers mappers, NodeDirectory directory, Clock clock) {
        this.config = config;
        this.mappers = mappers;
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "log-topic";
    }

    @Override
    public void observe(Outlets outlets) throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            LogTopicReader reader = new LogTopicReader(config, consumer, outlets, mappers, directory, clock);
            Instant complained = Instant.MIN;
            while (true) {
                try {
                    reader.look();
                } catch (InterruptException e) {
                    throw interrupted(e);
                } catch (KafkaException e) {
                    LOGGER.atWarn()
                            .addKeyValue("topic", config.topic())
                            .addKeyValue("error", e.getMessage())
                            .log("The topic of the log shipper cannot be read");
                    if (!complained.plusSeconds(60).isAfter(clock.instant())) {
                        complained = clock.instant();
                        reader.failed(because(e));
                    }
                    TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                }
            }
        }
    }

    /** What stands in the way of reading the topic, each with its remedy. */
    public List<String> check() {
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            List<PartitionInfo> partitions = consumer.listTopics(PATIENCE).get(config.topic());
            return partitions == null || partitions.isEmpty()
                    ? List.of("topic " + config.topic() + " does not exist, or may not be described; create it, or"
                            + " start the log shipper (see deploy/)")
                    : List.of();
        } catch (KafkaException e) {
            return List.of(because(e));
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(config.consumer());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private String because(KafkaException error) {
        return "topic " + config.topic() + " cannot be read: " + error.getMessage()
                + "; check the brokers, and that this principal may DESCRIBE and READ the topic";
    }

    private static InterruptedException interrupted(InterruptException cause) {
        // Kafka restores the flag, which the exception stands for
        Thread.interrupted();
        InterruptedException stopped = new InterruptedException("asked to stop");
        stopped.initCause(cause);
        return stopped;
    }
}
