package io.svidflow.producer.shipped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.svidflow.producer.shipped.Envelope.Alive;
import io.svidflow.producer.shipped.Envelope.Broken;
import io.svidflow.producer.shipped.Envelope.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** Reads the JSON envelopes of Fluent Bit, Vector and Filebeat, which are told by their shape. */
final class EnvelopeReader {

    /** {@code log} of Fluent Bit, {@code message} of Vector and Filebeat. */
    private static final List<String> TEXT = List.of("/log", "/message");

    private static final List<String> POD = List.of("/kubernetes/pod_name", "/kubernetes/pod/name");
    private static final List<String> NAMESPACE =
            List.of("/kubernetes/namespace_name", "/kubernetes/pod_namespace", "/kubernetes/namespace");
    private static final List<String> NODE =
            List.of("/kubernetes/host", "/kubernetes/pod_node_name", "/kubernetes/node/name");
    private static final List<String> CONTAINER = List.of("/kubernetes/container_name", "/kubernetes/container/name");
    private static final List<String> TIME = List.of("/@timestamp", "/timestamp", "/date");

    private final ObjectMapper json = new ObjectMapper();

    Envelope read(byte[] value) {
        if (value == null || value.length == 0) {
            return new Broken("an empty record; does something else write to this topic?");
        }
        JsonNode envelope;
        try {
            envelope = json.readTree(value);
        } catch (JsonProcessingException e) {
            return new Broken("not JSON; set the format of the shipper's Kafka output to JSON");
        } catch (IOException e) {
            return new Broken("not readable: " + e.getMessage());
        }
        if (!envelope.isObject()) {
            return new Broken("not a JSON object; set the format of the shipper's Kafka output to JSON");
        }
        return envelope.path("svidflow").asText().equals("alive") ? alive(envelope) : line(envelope);
    }

    private static Envelope alive(JsonNode envelope) {
        String node = envelope.path("node").asText();
        Instant at = time(first(envelope, TIME));
        return node.isBlank() || at == null
                ? new Broken("a sign of life without node or time; compare the shipper's configuration with deploy/")
                : new Alive(node, at);
    }

    private static Envelope line(JsonNode envelope) {
        JsonNode text = first(envelope, TEXT);
        if (!text.isTextual()) {
            return new Broken("neither log nor message is a text; switch off the parsing of JSON logs in the shipper"
                    + " (Fluent Bit: Merge_Log Off)");
        }
        String pod = first(envelope, POD).asText();
        String container = first(envelope, CONTAINER).asText();
        if (pod.isBlank() || container.isBlank()) {
            return new Broken(
                    "names no pod and container under kubernetes; switch on the shipper's Kubernetes metadata");
        }
        String line = text.asText();
        return new Line(
                first(envelope, NAMESPACE).asText(),
                pod,
                container,
                first(envelope, NODE).asText(),
                line.endsWith("\n") ? line.substring(0, line.length() - 1) : line);
    }

    private static JsonNode first(JsonNode envelope, List<String> paths) {
        for (String path : paths) {
            JsonNode value = envelope.at(path);
            if (value.isValueNode()) {
                return value;
            }
        }
        return MissingNode.getInstance();
    }

    /** RFC 3339, or seconds since 1970 with a fraction. */
    private static Instant time(JsonNode value) {
        try {
            return value.isNumber()
                    ? Instant.ofEpochMilli((long) (value.asDouble() * 1000))
                    : OffsetDateTime.parse(value.asText()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The beginning of a record, for people. */
    static String excerpt(byte[] value) {
        return value == null ? "" : new String(value, 0, Math.min(value.length, 8192), StandardCharsets.UTF_8);
    }
}
