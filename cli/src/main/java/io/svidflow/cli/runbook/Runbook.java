package io.svidflow.cli.runbook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The runbook's pages as they are packed into the program. Not for use by several threads. */
public final class Runbook {

    /** Names come from Kafka, too: they must not lead out of the runbook. */
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z_]*");

    private static final String NOBODY_KNOWS = "UNKNOWN";

    private final Map<String, Optional<RunbookPage>> pages = new HashMap<>();

    /** The page of a cause; empty when this version has none of that name. */
    public Optional<RunbookPage> page(String cause) {
        return pages.computeIfAbsent(cause, Runbook::read);
    }

    /** The page of a cause; for one that this version does not know, the page on how to go on when nothing is known. */
    public RunbookPage on(String cause) {
        return page(cause)
                .or(() -> page(NOBODY_KNOWS))
                .orElseThrow(() -> new IllegalStateException("this build was packed without its runbook"));
    }

    private static Optional<RunbookPage> read(String cause) {
        if (!NAME.matcher(cause).matches()) {
            return Optional.empty();
        }
        try (InputStream file = Runbook.class.getResourceAsStream("/runbook/" + cause + ".md")) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(RunbookPage.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the page of " + cause, e);
        }
    }
}
