package io.svidflow.cli.expect;

import java.util.List;

/** The causes of which one must be the headline. */
final class Causes {

    private Causes() {}

    static List<String> required(List<String> causes, String of) {
        if (causes == null || causes.isEmpty() || causes.stream().anyMatch(c -> c == null || c.isBlank())) {
            throw new IllegalArgumentException(of + " has no cause; name one, or a list of which any is right");
        }
        return List.copyOf(causes);
    }

    static String text(List<String> causes) {
        return String.join(" or ", causes);
    }
}
