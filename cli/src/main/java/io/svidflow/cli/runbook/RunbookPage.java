package io.svidflow.cli.runbook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an operator should know of a cause. The file begins with a block of YAML between two lines {@code ---}, which
 * holds what reports print.
 *
 * @param cause its name
 * @param meaning one line: what is broken
 * @param remedy one line: what to do, and what to leave alone
 * @param kinds remedies of the kinds whose remedy differs, by kind, e.g. DNS
 * @param text the page itself, in Markdown
 */
public record RunbookPage(String cause, String meaning, String remedy, Map<String, String> kinds, String text) {

    /** The sections that each page has, in this order. */
    public static final List<String> SECTIONS = List.of(
            "What it means", "See it yourself", "Safe", "Harmful", "How svidflow decided", "What it cannot tell");

    private static final String FENCE = "---\n";
    private static final String HEADING = "## ";

    public RunbookPage {
        requireText("cause", cause);
        requireText("meaning of " + cause, meaning);
        requireText("remedy of " + cause, remedy);
        kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
        kinds.forEach((kind, line) -> requireText("remedy of " + cause + " " + kind, line));
    }

    /**
     * Reads a page.
     *
     * @throws IllegalArgumentException if it does not begin with a block of YAML that says cause, meaning and remedy
     */
    public static RunbookPage parse(String file) {
        String page = file.replace("\r\n", "\n");
        int end = page.indexOf("\n" + FENCE, FENCE.length());
        if (!page.startsWith(FENCE) || end < 0) {
            throw new IllegalArgumentException("a runbook page begins with a block of YAML between two lines ---");
        }
        JsonNode head = yaml(page.substring(FENCE.length(), end));
        Map<String, String> kinds = new LinkedHashMap<>();
        head.path("kinds")
                .properties()
                .forEach(kind -> kinds.put(kind.getKey(), kind.getValue().asText()));
        return new RunbookPage(
                head.path("cause").asText(),
                head.path("meaning").asText(),
                head.path("remedy").asText(),
                kinds,
                page.substring(end + 1 + FENCE.length()).strip() + "\n");
    }

    /** What to do about this kind of the cause; for a kind without a line of its own, or for none, the cause's remedy. */
    public String remedyOf(String kind) {
        return kind == null ? remedy : kinds.getOrDefault(kind, remedy);
    }

    /** Where the page stands in the project. */
    public String path() {
        return "docs/runbook/" + cause + ".md";
    }

    /** Its sections, as they follow one another. */
    public List<String> sections() {
        return text.lines()
                .filter(line -> line.startsWith(HEADING))
                .map(line -> line.substring(HEADING.length()))
                .toList();
    }

    private static JsonNode yaml(String head) {
        try {
            return new YAMLMapper().readTree(head);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the head of a runbook page is no YAML: " + e.getOriginalMessage(), e);
        }
    }

    private static void requireText(String what, String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("the " + what + " is missing");
        }
    }
}
