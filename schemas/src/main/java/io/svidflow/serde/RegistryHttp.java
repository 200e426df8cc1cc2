package io.svidflow.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Asks the registry's addresses in turn until one answers, and again after a wait. An address that refuses the
 * connection, is too slow, is overloaded (429) or fails (5xx) is followed by the next; every other answer is final.
 */
final class RegistryHttp {

    private static final String JSON = "application/vnd.schemaregistry.v1+json";

    private final ObjectMapper json = new ObjectMapper();
    private final RegistrySettings settings;
    private final RegistryCredentials credentials;
    private final HttpClient client;
    private final Pause pause;
    private volatile int preferred;

    /** A wait, which tests leave out. */
    interface Pause {
        void pause(Duration wait) throws InterruptedException;
    }

    RegistryHttp(Map<String, ?> config) {
        this(config, wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos()));
    }

    RegistryHttp(Map<String, ?> config, Pause pause) {
        this.settings = new RegistrySettings(config);
        this.credentials = settings.credentials();
        this.pause = pause;
        HttpClient.Builder builder = HttpClient.newBuilder()
                // Some registries close the connection on an offer of HTTP/2.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(settings.connectTimeout());
        RegistryTls.context(config).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    RegistryAnswer get(String path) {
        return ask("GET", path, BodyPublishers.noBody());
    }

    RegistryAnswer post(String path, Map<String, String> body) {
        try {
            return ask("POST", path, BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of text is always JSON", e);
        }
    }

    /** @throws RegistryUnavailableException if no address gave an answer in any round */
    private RegistryAnswer ask(String method, String path, BodyPublisher body) {
        try {
            RegistryFailures failures = new RegistryFailures();
            RetryPolicy retries = settings.retries();
            for (int round = 0; round <= retries.retries(); round++) {
                if (round > 0) {
                    pause.pause(retries.waitBefore(round));
                }
                for (int i = 0; i < settings.urls().size(); i++) {
                    int index = (preferred + i) % settings.urls().size();
                    URI url = settings.urls().get(index);
                    try {
                        RegistryAnswer answer = askOne(url, method, path, body);
                        if (answer.isFinal()) {
                            preferred = index;
                            return answer;
                        }
                        failures.add(url, answer.problem());
                    } catch (IOException e) {
                        failures.add(url, e);
                    }
                }
            }
            throw failures.after(retries.retries() + 1);
        } catch (InterruptedException e) {
            throw new InterruptException("interrupted while waiting for the schema registry", e);
        }
    }

    private RegistryAnswer askOne(URI url, String method, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(RegistryAnswer.withoutUser(url) + path))
                .timeout(settings.readTimeout())
                .header("Accept", JSON + ", application/json")
                .header("Content-Type", JSON)
                .method(method, body);
        credentials.authorization(url).ifPresent(value -> request.header("Authorization", value));
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        return new RegistryAnswer(url, response.statusCode(), parsed(response.body()));
    }

    private JsonNode parsed(byte[] body) throws IOException {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            // A proxy's page instead of the registry's answer: kept as text, for the message.
            return json.getNodeFactory().textNode(new String(body, StandardCharsets.UTF_8));
        }
    }
}
