package io.svidflow.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProducerSettingsTest {

    @Test
    void shouldPassGivenSettingsThroughAndKeepTheDefaults() {
        Map<String, Object> settings =
                ProducerSettings.of(Map.of("bootstrap.servers", "kafka:9092", "compression.type", "zstd"));

        assertThat(settings)
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("compression.type", "zstd")
                .containsEntry("linger.ms", 5);
    }

    @Test
    void shouldBeIdempotentAndAcknowledgedByAll() {
        assertThat(ProducerSettings.of(Map.of("acks", "-1")))
                .containsEntry("enable.idempotence", "true")
                .containsEntry("acks", "all");
    }

    @ParameterizedTest
    @CsvSource({
        "enable.idempotence, false",
        "acks, 1",
        "partitioner.ignore.keys, true",
        "partitioner.class, org.apache.kafka.clients.producer.RoundRobinPartitioner"
    })
    void shouldRefuseWhatBreaksThePromises(String name, String value) {
        assertThatThrownBy(() -> ProducerSettings.of(Map.of(name, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("leave it out");
    }
}
