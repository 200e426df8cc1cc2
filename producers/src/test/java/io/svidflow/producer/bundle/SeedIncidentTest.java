package io.svidflow.producer.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.EntryEvent;
import io.svidflow.event.EntryObserved;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodObserved;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.event.SvidFetchEvent;
import io.svidflow.event.SvidSignal;
import io.svidflow.event.SvidSignalKind;
import io.svidflow.producer.Publication;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundles of spiffe/spire#5859 say what their README says. */
class SeedIncidentTest {

    private static final Path INCIDENTS = Path.of("..", "incidents", "spire-5859");
    private static final String STUCK = "endpoint3-nsm-ep-nse-ipv4-6f86ff5c6-rsrmz";

    @ParameterizedTest
    @ValueSource(strings = {"registrar-lag", "agent-sync-backoff"})
    void shouldBeUnderstoodToTheLastLine(String variant) {
        IncidentBundle bundle = new BundleReader().read(INCIDENTS.resolve(variant));

        assertThat(bundle.report().unknown().samples()).isEmpty();
        assertThat(bundle.report().deadLettered().samples()).isEmpty();
        assertThat(bundle.expectedYaml()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"registrar-lag, 2025-02-06T00:36:41Z", "agent-sync-backoff, 2025-02-06T00:26:13Z"})
    void shouldDifferInWhenTheEntryOfTheStuckPodWasCreated(String variant, Instant created) {
        List<Publication> publications = read(variant).toList();
        PodObserved pod = bodies(publications, PodEvent.class, PodObserved.class)
                .filter(it -> it.getName().equals(STUCK))
                .findFirst()
                .orElseThrow();

        assertThat(bodies(publications, EntryEvent.class, EntryObserved.class)
                        .filter(entry -> pod.getUid().equals(entry.getPodUid())))
                .extracting(EntryObserved::getCreatedAt)
                .containsExactly(created);
        assertThat(bodies(publications, SvidFetchEvent.class, SvidSignal.class)
                        .filter(signal -> signal.getKind() == SvidSignalKind.REFUSED)
                        .filter(signal -> pod.getUid().equals(signal.getPodUid())))
                .isNotEmpty()
                .allSatisfy(signal -> assertThat(signal.getPid()).isEqualTo(80041L));
    }

    @Test
    void shouldTakeTheConflictOfTheWebhookForNoise() {
        assertThat(bodies(read("registrar-lag").toList(), ServerEvent.class, ServerSignal.class)
                        .filter(signal -> signal.getKind() == ServerSignalKind.NOISE))
                .singleElement()
                .satisfies(signal -> assertThat(signal.getError()).contains("workload-register-webhook"));
    }

    private static Stream<Publication> read(String variant) {
        return StreamSupport.stream(
                new BundleReader()
                        .read(INCIDENTS.resolve(variant))
                        .publications()
                        .spliterator(),
                false);
    }

    private static <B> Stream<B> bodies(List<Publication> publications, Class<?> event, Class<B> body) {
        return publications.stream()
                .filter(it -> event.isInstance(it.value()))
                .map(it -> it.value().get(1))
                .filter(body::isInstance)
                .map(body::cast);
    }
}
