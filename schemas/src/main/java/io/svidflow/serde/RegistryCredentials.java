package io.svidflow.serde;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** User and password for the registry: the same for every address, or those in each address. */
final class RegistryCredentials {

    private final Optional<String> userInfo;

    private RegistryCredentials(Optional<String> userInfo) {
        this.userInfo = userInfo;
    }

    /** The {@code user:password@} of each address. */
    static RegistryCredentials ofUrls() {
        return new RegistryCredentials(Optional.empty());
    }

    /** @param userInfo {@code user:password} for every address */
    static RegistryCredentials of(String userInfo) {
        return new RegistryCredentials(Optional.of(userInfo));
    }

    /** Value of the {@code Authorization} header, if there is any to send. */
    Optional<String> authorization(URI url) {
        return userInfo.or(() -> Optional.ofNullable(url.getUserInfo()))
                .map(info -> info.getBytes(StandardCharsets.UTF_8))
                .map(bytes -> "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
}
