package io.svidflow.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.expect.Expectation;
import io.svidflow.cli.expect.ExpectedFinding;
import io.svidflow.cli.expect.ExpectedIncident;
import io.svidflow.cli.runbook.Runbook;
import io.svidflow.cli.runbook.RunbookPage;
import io.svidflow.diagnosis.Cause;
import io.svidflow.diagnosis.Causes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A cause is done when it has a class, a page, a row in docs/causes.md and a bundle in which it happens. */
class CompletenessTest {

    /** Incidents that are no cause of a finding. */
    private static final Set<String> INCIDENTS_ONLY = Set.of("COVERAGE_LOST");

    /** Causes that no bundle names, with the reason. A cause that has got its bundle must leave this list. */
    private static final Map<String, String> WITHOUT_A_BUNDLE = Map.of(
            "ENTRY_NOT_EXPECTED", "is never reported: bundles that must stay silent hold it",
            "UNKNOWN", "needs a bundle whose sources do not suffice");

    /** Pages that wait for the class of their cause. */
    private static final Set<String> AWAITED = Set.of();

    private final Recordings recordings = new Recordings();
    private final Runbook runbook = new Runbook();

    @Test
    void shouldHaveAPageWithAllSectionsForEveryCause() {
        for (String cause : causes()) {
            assertThat(runbook.page(cause)).as("page of %s", cause).isPresent();
            RunbookPage page = runbook.page(cause).orElseThrow();
            assertThat(page.cause()).isEqualTo(cause);
            assertThat(page.text()).startsWith("# " + cause + "\n");
            assertThat(page.sections()).as("sections of %s", cause).isEqualTo(RunbookPage.SECTIONS);
        }
    }

    @Test
    void shouldHaveACauseForEveryPage() throws IOException {
        try (Stream<Path> files = Files.list(Recordings.repository().resolve("docs/runbook"))) {
            Set<String> pages = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                    .map(name -> name.substring(0, name.length() - ".md".length()))
                    .collect(Collectors.toCollection(TreeSet::new));

            pages.removeAll(AWAITED);

            Set<String> expected = causesAndIncidents();
            expected.removeAll(AWAITED);
            assertThat(pages).isEqualTo(expected);
        }
    }

    @Test
    void shouldListEveryCauseAndEveryPage() throws IOException {
        String causes = Files.readString(Recordings.repository().resolve("docs/causes.md"));
        String index = Files.readString(Recordings.repository().resolve("docs/runbook/README.md"));

        causes().forEach(cause -> assertThat(causes).contains("| `" + cause + "` |"));
        causesAndIncidents().forEach(page -> assertThat(index).contains("[" + page + "](" + page + ".md)"));
    }

    @Test
    void shouldHaveABundleForEveryCause() {
        Map<String, Set<String>> named = namedByBundles();
        Set<String> without = causes().stream()
                .filter(cause -> !named.containsKey(cause))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(without)
                .as("causes that no expected.yaml names; take those that have a bundle now off the list")
                .isEqualTo(new TreeSet<>(WITHOUT_A_BUNDLE.keySet()));
    }

    @Test
    void shouldNameOnlyCausesThatExist() {
        Set<String> known = causesAndIncidents();
        known.addAll(AWAITED);

        namedByBundles()
                .forEach((cause, bundles) ->
                        assertThat(known).as("named by %s", bundles).contains(cause));
    }

    /** Nobody copies a command that breaks in the middle, or takes a page for one of another project. */
    @Test
    void shouldKeepPagesFreeOfUnfilledPlaces() {
        Pattern loose = Pattern.compile("@[A-Z]{1,2}\\b|TODO|FIXME");

        causesAndIncidents()
                .forEach(cause -> assertThat(runbook.on(cause).text()).doesNotContainPattern(loose));
    }

    private static Set<String> causes() {
        return Causes.all().stream().map(Cause::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> causesAndIncidents() {
        Set<String> all = causes();
        all.addAll(INCIDENTS_ONLY);
        return all;
    }

    /** Which bundles name a cause, as a headline that must be found. */
    private Map<String, Set<String>> namedByBundles() {
        Map<String, Set<String>> named = new TreeMap<>();
        for (String id : recordings.bundles().keySet()) {
            recordings.expectation(id).stream()
                    .flatMap(CompletenessTest::headlines)
                    .forEach(cause ->
                            named.computeIfAbsent(cause, c -> new TreeSet<>()).add(id));
        }
        return named;
    }

    private static Stream<String> headlines(Expectation expectation) {
        return Stream.concat(
                expectation.findings().stream().map(ExpectedFinding::cause).flatMap(List::stream),
                expectation.incidents().stream().map(ExpectedIncident::cause).flatMap(List::stream));
    }
}
