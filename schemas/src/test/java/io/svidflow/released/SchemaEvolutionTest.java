package io.svidflow.released;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Heartbeat;
import io.svidflow.released.ReleasedSchemas.Released;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaEvolutionTest {

    private static final List<Released> RELEASED = ReleasedSchemas.schemas();

    static Collection<Schema> today() {
        return TodaysSchemas.all().values();
    }

    @ParameterizedTest
    @MethodSource("today")
    void shouldStillReadWhatEveryReleaseWrote(Schema schema) {
        assertThat(Evolution.problems(schema, RELEASED))
                .as("give new fields a default, and keep names and types; a schema that nobody has data of is "
                        + "written again with -Dsvidflow.release=1, see docs/decisions")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("today")
    void shouldKeepAReleasedCopyOfEverySchemaThatTravels(Schema schema) {
        assertThat(RELEASED)
                .extracting(released -> released.schema().getFullName())
                .as("released schemas; write them with -Dsvidflow.release=1")
                .contains(schema.getFullName());
    }

    @Test
    void shouldKeepEveryReleasedSchemaAlive() {
        assertThat(TodaysSchemas.all().keySet())
                .as("types that today's code has a reader for")
                .containsAll(RELEASED.stream()
                        .map(released -> released.schema().getFullName())
                        .toList());
    }

    @Test
    void shouldFindAFieldWithoutDefault() {
        Schema changed = heartbeat(Map.of(), List.of(new Field("extra", Schema.create(Type.STRING))));

        assertThat(Evolution.problems(changed, RELEASED))
                .singleElement()
                .asString()
                .contains("io.svidflow.event.Heartbeat of release 1", "READER_FIELD_MISSING_DEFAULT_VALUE", "extra");
    }

    @Test
    void shouldFindAFieldOfAnotherType() {
        Schema changed = heartbeat(Map.of("topic", Schema.create(Type.INT)), List.of());

        assertThat(Evolution.problems(changed, RELEASED))
                .singleElement()
                .asString()
                .contains("TYPE_MISMATCH", "reader type: INT not compatible with writer type: STRING");
    }

    @Test
    void shouldAllowAFieldWithDefaultAndTheLossOfAField() {
        Schema changed = heartbeat(Map.of(), List.of(new Field("extra", Schema.create(Type.STRING), null, "none")));
        Schema shrunk = Schema.createRecord(
                changed.getName(), null, changed.getNamespace(), false, List.of(copy(changed.getField("topic"))));

        assertThat(Evolution.problems(changed, RELEASED)).isEmpty();
        assertThat(Evolution.problems(shrunk, RELEASED)).isEmpty();
    }

    @Test
    void shouldCompareWithEveryReleaseAndNotOnlyTheLast() {
        Schema today = heartbeat(Map.of(), List.of(new Field("extra", Schema.create(Type.STRING))));
        Schema second = heartbeat(Map.of(), List.of(new Field("extra", Schema.create(Type.STRING), null, "none")));
        List<Released> releases = new ArrayList<>(RELEASED);
        releases.add(new Released(2, second));

        assertThat(Evolution.problems(today, List.of(new Released(2, second)))).isEmpty();
        assertThat(Evolution.problems(today, releases)).hasSize(1);
    }

    private static Schema heartbeat(Map<String, Schema> changed, List<Field> added) {
        Schema today = Heartbeat.getClassSchema();
        List<Field> fields = new ArrayList<>();
        for (Field field : today.getFields()) {
            Schema other = changed.get(field.name());
            fields.add(other == null ? copy(field) : new Field(field.name(), other));
        }
        fields.addAll(added);
        return Schema.createRecord(today.getName(), null, today.getNamespace(), false, fields);
    }

    private static Field copy(Field field) {
        return new Field(field, field.schema());
    }
}
