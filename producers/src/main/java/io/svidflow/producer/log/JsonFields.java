package io.svidflow.producer.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a JSON object into fields whose values keep their text form. */
final class JsonFields {

    /** Numbers as written, not through a double: 3592.279186501 and 20-digit serial numbers stay what they are. */
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private JsonFields() {}

    /** The object's fields in the order written, nulls left out; empty if the text is not one whole JSON object. */
    static Optional<Map<String, String>> read(String text) {
        JsonNode node = tree(text);
        if (node == null || !node.isObject()) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!value.isNull()) {
                fields.put(field.getKey(), value.isContainerNode() ? value.toString() : value.asText());
            }
        });
        return Optional.of(fields);
    }

    /** The parsed text, null if it is no JSON. */
    static JsonNode tree(String text) {
        try {
            return READER.readTree(text);
        } catch (JsonProcessingException | NumberFormatException e) { // a number whose exponent overflows is the latter
            return null;
        }
    }
}
