package io.svidflow.resync.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/guards.md says what the actor asks. */
class ActorGuardsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "guards.md");
    private static final Path SOURCES = Path.of("src");
    private static final Pattern NAME = Pattern.compile("`(\\w+)(?:#(\\w+))?`");
    /** Guards in the code are named in quotes, e.g. G8 in-time. */
    private static final Pattern GUARD = Pattern.compile("\"([GS]\\d+ [a-z-]+)\"");

    @Test
    void shouldListEveryCheck() throws IOException {
        for (Check check : new Checks(Set.of()).all()) {
            assertThat(rows()).as(check.guard()).anySatisfy(row -> assertThat(row)
                    .startsWith("| " + check.guard() + " |")
                    .contains("`" + check.getClass().getSimpleName() + "`"));
        }
    }

    @Test
    void shouldListEveryGuardThatTheCodeNames() throws IOException {
        String listed = String.join("\n", rows());
        try (Stream<Path> files = Files.walk(SOURCES.resolve("main"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher guard = GUARD.matcher(Files.readString(file));
                while (guard.find()) {
                    assertThat(listed).as(file.toString()).contains(guard.group(1));
                }
            }
        }
    }

    @Test
    void shouldNameClassesAndTestsThatExist() throws IOException {
        for (String row : rows()) {
            Matcher name = NAME.matcher(row);
            while (name.find()) {
                Path file = find(name.group(1));
                if (name.group(2) != null) {
                    assertThat(Files.readString(file)).as(row).contains("void " + name.group(2) + "()");
                }
            }
        }
    }

    private static Path find(String type) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(path -> path.endsWith(type + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(type + " is nowhere"));
        }
    }

    private static List<String> rows() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| [GS]\\d+ [a-z].*"))
                .toList();
        assertThat(rows).isNotEmpty();
        return rows;
    }
}
