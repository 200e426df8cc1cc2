package io.svidflow.serde;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * TLS towards the registry, by Kafka's own settings with a prefix: {@code schema.registry.ssl.truststore.location} and
 * so on, with every kind of store that Kafka reads (JKS, PKCS12, PEM). Host names are always verified.
 */
final class RegistryTls {

    private static final String PREFIX = "schema.registry.";

    private RegistryTls() {}

    /** The context to use; none if nothing is set, which means the JVM's own trust. */
    static Optional<SSLContext> context(Map<String, ?> config) {
        Map<String, Object> ssl = new HashMap<>();
        config.forEach((key, value) -> {
            if (key.startsWith(PREFIX + "ssl.")) {
                ssl.put(key.substring(PREFIX.length()), value);
            }
        });
        return ssl.isEmpty() ? Optional.empty() : Optional.of(build(ssl));
    }

    private static SSLContext build(Map<String, Object> ssl) {
        ConfigDef definition = new ConfigDef();
        SslConfigs.addClientSslSupport(definition);
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new AbstractConfig(definition, ssl, false).values());
            return factory.sslContext();
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigException(
                    PREFIX + "ssl.* cannot be used: " + cause.getMessage() + "; check the stores and their passwords");
        }
    }
}
