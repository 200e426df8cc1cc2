package io.svidflow.topology;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a record that cannot be read or applied. Bytes that nobody can read and facts that break a rule go to the
 * dead-letter topic as they came, with the reason in the headers, and the next record is processed. Where the record is
 * not to blame (the schema registry, a broker or a store fails), the task fails and tries the same record again; it leaves
 * no dead letter, because under exactly-once that would vanish with the transaction.
 */
public final class DeadLetterHandler implements DeserializationExceptionHandler, ProcessingExceptionHandler {

    /** Prefix of the headers, as Kafka Streams' own handlers write them. */
    public static final String PREFIX = "__streams.errors.";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);
    private static final int LONGEST_TRACE = 4_000;

    private String topic = StreamsSettings.STREAMS_DEAD_LETTERS;

    @Override
    public void configure(Map<String, ?> settings) {
        Object configured = settings.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG);
        topic = configured == null ? topic : configured.toString();
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> message, Exception error) {
        if (!unreadable(error)) {
            return DeserializationExceptionHandler.Response.fail();
        }
        LOG.warn(
                "dead letter: {}-{} offset {}: {}",
                message.topic(),
                message.partition(),
                message.offset(),
                error.getMessage());
        return DeserializationExceptionHandler.Response.resume(
                List.of(letter(context, message.topic(), message.key(), message.value(), error)));
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> message, Exception error) {
        if (hasCause(error, KafkaException.class)) {
            return ProcessingExceptionHandler.Response.fail();
        }
        LOG.warn("dead letter of {}, task {}: {}", context.processorNodeId(), context.taskId(), error.toString());
        ProducerRecord<byte[], byte[]> letter = error instanceof RefusedFactException refused
                ? letter(context, refused.topic(), refused.key(), refused.value(), refused.getCause())
                : letter(context, context.topic(), context.sourceRawKey(), context.sourceRawValue(), error);
        return ProcessingExceptionHandler.Response.resume(List.of(letter));
    }

    /** Only the bytes are to blame: no cause speaks of anything but serialisation. */
    private static boolean unreadable(Exception error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof KafkaException && !(cause instanceof SerializationException)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasCause(Exception error, Class<?> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private ProducerRecord<byte[], byte[]> letter(
            ErrorHandlerContext context, String source, byte[] key, byte[] value, Throwable error) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topic, null, context.timestamp(), key, value, context.headers());
        Headers headers = letter.headers();
        add(headers, "exception", error.getClass().getName());
        add(headers, "message", String.valueOf(error.getMessage()));
        add(headers, "stacktrace", trace(error));
        add(headers, "topic", source);
        add(headers, "partition", String.valueOf(context.partition()));
        add(headers, "offset", String.valueOf(context.offset()));
        add(headers, "node", context.processorNodeId());
        add(headers, "task", String.valueOf(context.taskId()));
        return letter;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(PREFIX + name, String.valueOf(value).getBytes(StandardCharsets.UTF_8));
    }

    private static String trace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.getBuffer().substring(0, Math.min(text.getBuffer().length(), LONGEST_TRACE));
    }
}
