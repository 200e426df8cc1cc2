package io.svidflow.serde;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Where the registry is and how to talk to it, by the names and with the defaults of Confluent's client. */
final class RegistrySettings {

    static final String URL = "schema.registry.url";
    static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
    static final String USER_INFO = "basic.auth.user.info";
    static final String USER_INFO_OLD = "schema.registry.basic.auth.user.info";

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(URL, Type.LIST, Importance.HIGH, "Addresses of the registry; the next is tried if one fails.")
            .define(CREDENTIALS_SOURCE, Type.STRING, "URL", Importance.MEDIUM, "URL or USER_INFO.")
            .define(USER_INFO, Type.PASSWORD, null, Importance.MEDIUM, "user:password, with USER_INFO.")
            .define(USER_INFO_OLD, Type.PASSWORD, null, Importance.LOW, "Older name of " + USER_INFO + ".")
            .define("max.retries", Type.INT, 3, Range.between(0, 100), Importance.LOW, "Rounds after the first.")
            .define("retries.wait.ms", Type.LONG, 1_000, Range.atLeast(0), Importance.LOW, "First wait, then doubled.")
            .define("retries.max.wait.ms", Type.LONG, 20_000, Range.atLeast(0), Importance.LOW, "Longest wait.")
            .define("http.connect.timeout.ms", Type.LONG, 60_000, Range.atLeast(1), Importance.LOW, "To connect.")
            .define("http.read.timeout.ms", Type.LONG, 60_000, Range.atLeast(1), Importance.LOW, "To answer.");

    private final AbstractConfig values;
    private final List<URI> urls;

    /** @throws ConfigException if a setting is missing or wrong; the message never shows a password */
    RegistrySettings(Map<String, ?> config) {
        values = new AbstractConfig(DEFINITION, config, false);
        List<URI> parsed = new ArrayList<>();
        values.getList(URL).forEach(url -> parsed.add(parse(url)));
        if (parsed.isEmpty()) {
            throw new ConfigException(URL + " is empty: name at least one registry, e.g. http://registry:8081");
        }
        if (parsed.size() > 1 && parsed.stream().anyMatch(RegistrySettings::isMock)) {
            throw new ConfigException(URL + " has a mock:// beside other addresses: leave out the one or the others");
        }
        urls = List.copyOf(parsed);
    }

    List<URI> urls() {
        return urls;
    }

    static boolean isMock(URI url) {
        return "mock".equals(url.getScheme());
    }

    RetryPolicy retries() {
        return new RetryPolicy(
                values.getInt("max.retries"),
                Duration.ofMillis(values.getLong("retries.wait.ms")),
                Duration.ofMillis(values.getLong("retries.max.wait.ms")));
    }

    Duration connectTimeout() {
        return Duration.ofMillis(values.getLong("http.connect.timeout.ms"));
    }

    Duration readTimeout() {
        return Duration.ofMillis(values.getLong("http.read.timeout.ms"));
    }

    RegistryCredentials credentials() {
        String source = values.getString(CREDENTIALS_SOURCE).toUpperCase(Locale.ROOT);
        return switch (source) {
            case "URL" -> RegistryCredentials.ofUrls();
            case "USER_INFO" -> RegistryCredentials.of(userInfo());
            default -> throw new ConfigException(CREDENTIALS_SOURCE, source, "must be URL or USER_INFO");
        };
    }

    private String userInfo() {
        Password info = values.getPassword(USER_INFO) != null
                ? values.getPassword(USER_INFO)
                : values.getPassword(USER_INFO_OLD);
        if (info == null || !info.value().contains(":")) {
            throw new ConfigException(
                    USER_INFO + " must be user:password, because " + CREDENTIALS_SOURCE + " is USER_INFO");
        }
        return info.value();
    }

    private static URI parse(String text) {
        try {
            URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (isMock(url) || (http && url.getHost() != null)) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Refused below; the exception would show the password.
        }
        throw new ConfigException(URL + " has " + text.replaceFirst("//.*@", "//…@")
                + ", which is no address: write http://host:port/path, https://host:port/path or mock://scope");
    }
}
