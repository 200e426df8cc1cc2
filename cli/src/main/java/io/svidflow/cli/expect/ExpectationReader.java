package io.svidflow.cli.expect;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.svidflow.cli.BadInput;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Reads {@code expected.yaml}. A key that is unknown or written twice is an error: it would expect nothing. */
public final class ExpectationReader {

    private static final String REMEDY = "see the incident bundle's documentation for what expected.yaml may say";

    private final YAMLMapper mapper;

    /** A strict reader. */
    public ExpectationReader() {
        YAMLFactory yaml = YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        mapper = YAMLMapper.builder(yaml)
                .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .addModule(new SimpleModule().addDeserializer(Instant.class, new Time()))
                .build();
    }

    /**
     * @param name file name for messages
     * @param yaml its text
     * @throws BadInput when the text is not an expectation, with line and remedy
     */
    public Expectation read(String name, String yaml) {
        try {
            if (mapper.readTree(yaml).isEmpty()) {
                throw new BadInput(
                        name, "is empty", "write \"findings: []\" to expect that nothing is found, or remove the file");
            }
            return mapper.readValue(yaml, Expectation.class);
        } catch (ValueInstantiationException e) {
            throw new BadInput(place(name, e), e.getCause().getMessage(), REMEDY);
        } catch (UnrecognizedPropertyException e) {
            throw new BadInput(
                    place(name, e),
                    "there is no key \"" + e.getPropertyName() + "\"",
                    "known are here " + e.getKnownPropertyIds());
        } catch (JacksonException e) {
            throw new BadInput(
                    place(name, e), e.getOriginalMessage().lines().findFirst().orElse("is not YAML"), REMEDY);
        }
    }

    private static String place(String name, JacksonException e) {
        return e.getLocation() == null ? name : name + ":" + e.getLocation().getLineNr();
    }

    /** A time as an RFC 3339 text. */
    private static final class Time extends StdScalarDeserializer<Instant> {

        private static final long serialVersionUID = 1;

        Time() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(parser.getText());
            } catch (DateTimeParseException e) {
                throw context.weirdStringException(
                        parser.getText(), Instant.class, "write a time in UTC, such as 2025-02-06T00:33:45Z");
            }
        }
    }
}
