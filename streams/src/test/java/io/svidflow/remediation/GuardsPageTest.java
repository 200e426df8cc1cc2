package io.svidflow.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.remediation.guard.Guard;
import io.svidflow.remediation.guard.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/guards.md says what the code does. */
class GuardsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "guards.md");
    private static final Path MAIN = Path.of("src", "main", "java", "io", "svidflow", "remediation");
    private static final Path TEST = Path.of("src", "test", "java", "io", "svidflow");
    private static final Path ACTOR = Path.of("..", "resync-agent", "src");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private record Row(String guard, String enforcedBy, List<String> classes, List<String> tests) {}

    @Test
    void shouldListEveryGuardOfTheDecider() throws IOException {
        for (Guard guard : Panel.all()) {
            String number = guard.name().substring(0, guard.name().indexOf(' '));
            assertThat(rows()).as(guard.name()).anySatisfy(row -> {
                assertThat(row.guard()).isEqualTo(number);
                assertThat(row.classes()).contains(guard.getClass().getSimpleName());
                assertThat(row.enforcedBy()).contains("decider");
            });
        }
    }

    @Test
    void shouldLeaveNoGuardOut() throws IOException {
        List<String> numbers =
                IntStream.rangeClosed(1, 32).mapToObj(i -> "G" + i).toList();

        assertThat(rows()).extracting(Row::guard).containsAll(numbers).doesNotHaveDuplicates();
    }

    @Test
    void shouldNameClassesAndTestsThatExist() throws IOException {
        for (Row row : rows()) {
            if (row.enforcedBy().contains("decider")) {
                assertThat(row.classes()).as(row.guard()).isNotEmpty();
                assertThat(row.tests()).as(row.guard()).hasSize(1);
            }
            for (String name : row.classes()) {
                boolean there = Files.exists(MAIN.resolve(name + ".java"))
                        || Files.exists(MAIN.resolve("guard").resolve(name + ".java"))
                        || (row.enforcedBy().contains("actor")
                                && find(ACTOR, name).isPresent());
                assertThat(there).as("class %s of %s", name, row.guard()).isTrue();
            }
            for (String test : row.tests()) {
                String[] name = test.split("#");
                Path file = find(row.enforcedBy().contains("decider") ? TEST : ACTOR, name[0])
                        .orElseThrow(() -> new AssertionError(test + " of " + row.guard() + " is nowhere"));
                assertThat(Files.readString(file)).as(test).contains("void " + name[1] + "()");
            }
        }
    }

    private static Optional<Path> find(Path folder, String type) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> path.endsWith(type + ".java")).findFirst();
        }
    }

    @Test
    void shouldShowTheLaddersAsTheyAre() throws IOException {
        List<String> ladders = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && line.endsWith(" NOTIFY |"))
                .toList();

        assertThat(ladders)
                .containsExactlyElementsOf(Ladder.all().entrySet().stream()
                        .map(ladder -> "| " + ladder.getKey() + " | "
                                + ladder.getValue().toString().replaceAll("[\\[\\]]", "") + " |")
                        .toList());
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| [GS]\\d+ \\|.*"))
                .map(line -> line.split("\\|", -1))
                .map(cells -> new Row(cells[1].strip(), cells[3], code(cells[4]), code(cells[5])))
                .toList();
    }

    private static List<String> code(String cell) {
        List<String> names = new ArrayList<>();
        Matcher matcher = CODE.matcher(cell);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
