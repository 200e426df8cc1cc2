package io.svidflow.producer.redaction;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that names are hashed with. Who has it can test guesses; it stays with whoever captured. */
public final class RedactionKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private final byte[] secret;

    private RedactionKey(byte[] secret) {
        this.secret = Arrays.copyOf(secret, secret.length);
    }

    /** A new one that nobody can guess. */
    public static RedactionKey random() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return new RedactionKey(secret);
    }

    /**
     * The one that was written as text.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static RedactionKey parse(String text) {
        byte[] secret = Base64.getDecoder().decode(text);
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + secret.length);
        }
        return new RedactionKey(secret);
    }

    /** As text, for the mapping file alone. */
    String text() {
        return Base64.getEncoder().encodeToString(secret);
    }

    byte[] hash(String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
        }
    }

    @Override
    public String toString() {
        return "RedactionKey";
    }
}
