package io.svidflow.serde;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** The latest failure of each address, to be told together. */
final class RegistryFailures {

    private final Map<URI, String> latest = new LinkedHashMap<>();
    private Optional<Exception> cause = Optional.empty();

    void add(URI url, String problem) {
        latest.put(url, problem);
    }

    void add(URI url, Exception failure) {
        latest.put(url, describe(failure));
        cause = Optional.of(failure);
    }

    RegistryUnavailableException after(int rounds) {
        String problems = latest.entrySet().stream()
                .map(entry -> RegistryAnswer.withoutUser(entry.getKey()) + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        return new RegistryUnavailableException(
                "schema registry does not answer after " + rounds + (rounds == 1 ? " try" : " tries") + ": " + problems
                        + "; check " + RegistrySettings.URL + " and that the registry runs",
                cause.orElse(null));
    }

    private static String describe(Exception failure) {
        if (failure instanceof SSLException) {
            return "TLS: " + failure.getMessage() + "; check schema.registry.ssl.truststore.location";
        }
        if (failure instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof ConnectException) {
            return "cannot connect";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
