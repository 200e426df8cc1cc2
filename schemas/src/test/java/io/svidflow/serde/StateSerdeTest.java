package io.svidflow.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class StateSerdeTest {

    private static final String STORE = "changelog";

    record Light(String name, Instant since) {}

    record LightWithColour(String name, Instant since, String colour) {}

    private final Serde<Light> serde = StateSerde.of(Light.class);

    @Test
    void shouldReadWhatItWroteToTheNanosecond() {
        Light light = new Light("porch", Instant.parse("2025-02-06T00:20:55.123456789Z"));

        assertThat(read(serde, write(serde, light))).isEqualTo(light);
        assertThat(read(serde, null)).isNull();
    }

    @Test
    void shouldReadBytesOfAReleaseWithFewerOrMoreFields() {
        Serde<LightWithColour> newer = StateSerde.of(LightWithColour.class);
        Light light = new Light("porch", Instant.EPOCH);

        assertThat(read(newer, write(serde, light))).isEqualTo(new LightWithColour("porch", Instant.EPOCH, null));
        assertThat(read(serde, write(newer, new LightWithColour("porch", Instant.EPOCH, "red"))))
                .isEqualTo(light);
    }

    @Test
    void shouldRefuseAVersionItDoesNotKnow() {
        byte[] bytes = write(serde, new Light("porch", Instant.EPOCH));
        bytes[0] = 2;

        assertThatThrownBy(() -> read(serde, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessage("Light in changelog has version 2, this release reads version 1: upgrade, or reset the"
                        + " application");
    }

    private static <T> byte[] write(Serde<T> serde, T value) {
        return serde.serializer().serialize(STORE, value);
    }

    private static <T> T read(Serde<T> serde, byte[] bytes) {
        return serde.deserializer().deserialize(STORE, bytes);
    }
}
