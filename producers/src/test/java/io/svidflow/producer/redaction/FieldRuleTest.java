package io.svidflow.producer.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Captured;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class FieldRuleTest {

    @Test
    void shouldSayOfEveryTextOfEveryFactWhatBecomesOfIt() {
        Set<String> missing = new TreeSet<>();
        collect(Captured.getClassSchema().getField("value").schema(), "", missing, new HashSet<>());

        assertThat(missing).as("texts without a rule in FieldRule").isEmpty();
    }

    private static void collect(Schema schema, String field, Set<String> missing, Set<String> seen) {
        switch (schema.getType()) {
            case UNION -> schema.getTypes().forEach(type -> collect(type, field, missing, seen));
            case ARRAY -> collect(schema.getElementType(), field, missing, seen);
            case RECORD -> {
                if (seen.add(schema.getName())) {
                    schema.getFields()
                            .forEach(one -> collect(one.schema(), schema.getName() + "." + one.name(), missing, seen));
                }
            }
            case STRING -> {
                String[] parts = field.split("\\.");
                if (!FieldRule.known(parts[0], parts[1])) {
                    missing.add(field);
                }
            }
            default -> {
                // numbers, times and enums name nobody
            }
        }
    }
}
