package io.svidflow.identity;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The times in Go's complaint about a certificate that is not valid yet: "current time X is before Y" (crypto/x509). A
 * certificate is signed as valid from a moment before; whoever finds it not valid yet has a clock that is behind.
 *
 * @param current what the reader of the certificate takes for now
 * @param notBefore from when the certificate is valid, by the clock of who signed it
 */
record CertificateTimes(Instant current, Instant notBefore) {

    private static final Pattern NOT_YET =
            Pattern.compile("current time (\\S{10,40}) is before (\\S{10,40}?)[\"',;)]*(?:\\s|$)");

    static Optional<CertificateTimes> of(String error) {
        if (error == null || !error.contains(" is before ")) {
            return Optional.empty();
        }
        Matcher matcher = NOT_YET.matcher(error);
        try {
            return matcher.find()
                    ? Optional.of(new CertificateTimes(time(matcher.group(1)), time(matcher.group(2))))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
