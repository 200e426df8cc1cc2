package io.svidflow.producer.redaction;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words that tell nothing about whoever uses them: those of SPIRE, Kubernetes and their error messages. They stay, also
 * where they are somebody's name, since replacing them would change what a message says.
 */
final class Vocabulary {

    private static final String FILE = "/redaction/vocabulary.txt";
    private static final Pattern OPAQUE =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]+|[0-9a-f]{40,64}");

    private final Set<String> words;

    Vocabulary() {
        try (InputStream in = Vocabulary.class.getResourceAsStream(FILE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            words = Stream.concat(
                            lines.lines()
                                    .filter(line -> !line.startsWith("#"))
                                    .flatMap(line -> Stream.of(line.strip().split("\\s+"))),
                            Arrays.stream(NameKind.values()).map(NameKind::prefix))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    /** Whether a name tells nothing: a word of the vocabulary, a number, a UUID or a hash. */
    boolean tellsNothing(String name) {
        return name.length() < 2
                || words.contains(name.toLowerCase(Locale.ROOT))
                || OPAQUE.matcher(name).matches();
    }
}
