package io.svidflow.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.PodEvent;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSchemaRegistryTest {

    private static final Schema SCHEMA = PodEvent.getClassSchema();

    private final List<Duration> waits = new ArrayList<>();
    private FakeRegistry fake;

    @BeforeEach
    void startFake() throws IOException {
        fake = new FakeRegistry();
    }

    @AfterEach
    void stopFake() {
        fake.close();
    }

    @Test
    void shouldRegisterUnderTheSubject() {
        fake.answers(200, "{\"id\": 7}");

        int id = registry(Map.of()).register("svidflow.pod-events-value", SCHEMA);

        assertThat(id).isEqualTo(7);
        assertThat(fake.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("POST");
            assertThat(asked.path()).isEqualTo("/subjects/svidflow.pod-events-value/versions");
            assertThat(asked.body()).startsWith("{\"schema\":").contains("PodObserved");
            assertThat(asked.authorization()).isNull();
        });
    }

    @Test
    void shouldFindASchemaById() {
        fake.answers(
                200, "{\"schema\": \"{\\\"type\\\": \\\"enum\\\", \\\"name\\\": \\\"E\\\", \\\"symbols\\\": []}\"}");

        assertThat(registry(Map.of()).schema(3).getName()).isEqualTo("E");
        assertThat(fake.asked()).extracting(FakeRegistry.Asked::path).containsExactly("/schemas/ids/3");
    }

    @Test
    void shouldTryAgainAfterLongerAndLongerWaits() {
        fake.answers(500, "").answers(503, "starting").answers(429, "").answers(200, "{\"id\": 1}");

        int id = registry(Map.of("retries.wait.ms", 1_000, "retries.max.wait.ms", 3_000))
                .register("s", SCHEMA);

        assertThat(id).isEqualTo(1);
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
    }

    @Test
    void shouldGiveUpAfterTheRetriesAndSayWhatEachAddressAnswered() throws IOException {
        fake.answers(503, "{\"error_code\": 50301, \"message\": \"store is down\"}");
        String dead = "http://localhost:" + closedPort();

        assertThatThrownBy(() -> registry(Map.of("schema.registry.url", fake.url() + "," + dead, "max.retries", 2))
                        .schema(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("after 3 tries")
                .hasMessageContaining(fake.url() + " (HTTP 503: store is down)")
                .hasMessageContaining(dead + " (cannot connect)")
                .hasMessageContaining("check schema.registry.url");
        assertThat(waits).hasSize(2);
    }

    @Test
    void shouldStayWithTheAddressThatAnswers() throws IOException {
        fake.answers(200, "{\"id\": 1}");
        SchemaRegistry registry =
                registry(Map.of("schema.registry.url", "http://localhost:" + closedPort() + ", " + fake.url() + "/"));

        registry.register("a", SCHEMA);
        registry.register("b", SCHEMA);

        assertThat(fake.asked()).hasSize(2);
        assertThat(waits).isEmpty();
    }

    @Test
    void shouldSendTheUserOfTheAddressAndNeverShowIt() {
        fake.answers(401, "{\"error_code\": 401, \"message\": \"Unauthorized\"}");
        String url = "http://alice:se%20cret@" + fake.hostAndPort();

        assertThatThrownBy(() -> registry(Map.of("schema.registry.url", url)).register("s", SCHEMA))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(fake.url())
                .hasMessageContaining("basic.auth.credentials.source")
                .hasMessageNotContaining("cret");
        assertThat(fake.asked())
                .extracting(FakeRegistry.Asked::authorization)
                .containsExactly("Basic YWxpY2U6c2UgY3JldA==");
    }

    @Test
    void shouldSendTheUserOfTheSettings() {
        fake.answers(200, "{\"id\": 1}");

        registry(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "alice:secret"))
                .register("s", SCHEMA);

        assertThat(fake.asked())
                .extracting(FakeRegistry.Asked::authorization)
                .containsExactly("Basic YWxpY2U6c2VjcmV0");
    }

    @Test
    void shouldTellARefusalFromAnOutage() {
        fake.answers(409, "{\"error_code\": 409, \"message\": \"incompatible\"}");

        assertThatThrownBy(() -> registry(Map.of()).register("s", SCHEMA))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("refused to register io.svidflow.event.PodEvent under s: HTTP 409: incompatible")
                .hasMessageContaining("give new fields a default");
        assertThat(waits).isEmpty();
    }

    @Test
    void shouldSayThatAnIdIsUnknown() {
        fake.answers(404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}");

        assertThatThrownBy(() -> registry(Map.of()).schema(99))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("schema with id 99")
                .hasMessageContaining("Schema not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>login</html>", "", "{}", "[]", "{\"id\": \"x\"}", "null"})
    void shouldSayThatTheAddressIsNoRegistry(String page) {
        fake.answers(200, page);

        assertThatThrownBy(() -> registry(Map.of()).register("s", SCHEMA))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("no answer of a schema registry")
                .hasMessageContaining("check schema.registry.url");
    }

    @Test
    void shouldRefuseSchemasThatAreNotAvroInOnePiece() {
        fake.answers(200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax\"}");

        assertThatThrownBy(() -> registry(Map.of()).schema(1))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("of type PROTOBUF");
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry:8081", "ftp://registry", "http://", "http://a b", "mock://a,http://b", ""})
    void shouldRefuseAddressesThatAreNone(String url) {
        assertThatThrownBy(() -> registry(Map.of("schema.registry.url", url)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void shouldRefuseCredentialsThatAreNone() {
        assertThatThrownBy(() -> registry(Map.of("basic.auth.credentials.source", "USER_INFO")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("basic.auth.user.info must be user:password");
        assertThatThrownBy(() -> registry(Map.of("basic.auth.credentials.source", "SASL_INHERIT")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must be URL or USER_INFO");
    }

    private SchemaRegistry registry(Map<String, ?> config) {
        Map<String, Object> settings = new HashMap<>(Map.of("schema.registry.url", fake.url()));
        settings.putAll(config);
        return new HttpSchemaRegistry(new RegistryHttp(settings, waits::add));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
