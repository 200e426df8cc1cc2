package io.svidflow.cli.config;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that an installation can be told.
 *
 * @param path where it stands in the file, e.g. {@code sources.kubernetes.enabled}; {@code files[].path} stands in each
 *     block of a list
 * @param form what its values look like
 * @param meaning what it means to an operator, one sentence or two
 * @param fallback value if nothing is said, as it would be written; empty: there is none
 * @param required nothing works without
 * @param example a value, as it would be written
 * @param alias another environment variable that sets it, from before there was a file
 */
public record Key<T>(
        String path,
        Form<T> form,
        String meaning,
        Optional<String> fallback,
        boolean required,
        String example,
        Optional<String> alias) {

    private static final String PREFIX = "SVIDFLOW_";

    public Key {
        Objects.requireNonNull(form, "form");
        if (required && fallback.isPresent()) {
            throw new IllegalArgumentException(path + " is required and has a fallback");
        }
    }

    /** A key without which nothing works. */
    public static <T> Key<T> required(String path, Form<T> form, String example, String meaning) {
        return new Key<>(path, form, meaning, Optional.empty(), true, example, Optional.empty());
    }

    /** A key that may be left out. */
    public static <T> Key<T> optional(String path, Form<T> form, String example, String meaning) {
        return new Key<>(path, form, meaning, Optional.empty(), false, example, Optional.empty());
    }

    /** A key with a value if nothing is said. */
    public static <T> Key<T> of(String path, Form<T> form, String fallback, String meaning) {
        return new Key<>(path, form, meaning, Optional.of(fallback), false, fallback, Optional.empty());
    }

    /** The same, also set by another environment variable. */
    public Key<T> alsoBy(String variable) {
        return new Key<>(path, form, meaning, fallback, required, example, Optional.of(variable));
    }

    /** The environment variables that set it, the one that counts first; none where the key stands in a list of blocks. */
    public List<String> variables() {
        if (path.contains("[]")) {
            return List.of();
        }
        String own = PREFIX + path.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        return alias.map(other -> List.of(other, own)).orElse(List.of(own));
    }
}
