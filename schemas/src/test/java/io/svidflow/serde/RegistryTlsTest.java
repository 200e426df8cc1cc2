package io.svidflow.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.svidflow.event.PodEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static Path store;

    @BeforeAll
    static void createCertificate() throws IOException, InterruptedException {
        store = folder.resolve("localhost.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "localhost",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor()).as("exit code of keytool").isZero();
    }

    @Test
    void shouldTrustTheConfiguredStore() throws Exception {
        try (FakeRegistry fake = tlsRegistry().answers(200, "{\"id\": 5}")) {
            assertThat(registry(fake, truststore()).register("s", PodEvent.getClassSchema()))
                    .isEqualTo(5);
        }
    }

    @Test
    void shouldNotTrustAStranger() throws Exception {
        try (FakeRegistry fake = tlsRegistry().answers(200, "{\"id\": 5}")) {
            assertThatThrownBy(() -> registry(fake, Map.of()).register("s", PodEvent.getClassSchema()))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("check schema.registry.ssl.truststore.location");
        }
    }

    @Test
    void shouldRefuseAStoreThatIsNotThere() {
        Map<String, String> config = Map.of("schema.registry.ssl.truststore.location", folder + "/absent.p12");

        assertThatThrownBy(() -> RegistryTls.context(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.ssl.* cannot be used")
                .hasMessageContaining("absent.p12");
    }

    private static Map<String, String> truststore() {
        return Map.of(
                "schema.registry.ssl.truststore.location",
                store.toString(),
                "schema.registry.ssl.truststore.password",
                PASSWORD,
                "schema.registry.ssl.truststore.type",
                "PKCS12");
    }

    private static SchemaRegistry registry(FakeRegistry fake, Map<String, String> config) {
        Map<String, Object> settings = new HashMap<>(config);
        settings.put("schema.registry.url", "https://" + fake.hostAndPort());
        return new HttpSchemaRegistry(new RegistryHttp(settings, wait -> {}));
    }

    private static FakeRegistry tlsRegistry() throws IOException, GeneralSecurityException {
        Map<String, String> server = Map.of(
                "schema.registry.ssl.keystore.location",
                store.toString(),
                "schema.registry.ssl.keystore.password",
                PASSWORD,
                "schema.registry.ssl.keystore.type",
                "PKCS12");
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(
                new HttpsConfigurator(RegistryTls.context(server).orElseThrow()));
        return new FakeRegistry(https);
    }
}
