package io.svidflow.cli.expect;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Pods by {@code namespace/name}, where {@code *} stands for any characters, {@code /} too. */
public final class PodGlob {

    private final String text;
    private final Pattern pattern;

    /**
     * @throws IllegalArgumentException when {@code text} has neither a {@code /} nor a {@code *}, and so can match no
     *     pod
     */
    @JsonCreator
    public PodGlob(String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("a pod is missing; write it as namespace/name");
        }
        if (!text.contains("/") && !text.contains("*")) {
            throw new IllegalArgumentException("\"" + text + "\" has no namespace; write the pod as namespace/name");
        }
        this.text = text;
        this.pattern = Pattern.compile(
                Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    /** Whether the pod, as {@code namespace/name}, is meant. */
    public boolean matches(String pod) {
        return pattern.matcher(pod).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
