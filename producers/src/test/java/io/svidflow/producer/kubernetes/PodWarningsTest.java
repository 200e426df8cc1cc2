package io.svidflow.producer.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodWarning;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Observation.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Kubernetes events that say why a pod does not start, and the many that say nothing here. */
class PodWarningsTest {

    private static final Instant SEEN = Instant.parse("2025-02-06T00:30:05.5Z");
    private static final String REGISTERED =
            "driver name csi.spiffe.io not found in the list of registered CSI drivers";

    private final SelectedPods pods =
            new SelectedPods(new PodMapper(new EventHeaders("lab", "kubernetes")), new RegistrationRules(List.of()));

    @Test
    void shouldKeepAFailedMountOfTheSpiffeVolume() {
        PodEvent fact = publish(event("FailedMount", REGISTERED, "2025-02-06T00:30:04Z"))
                .orElseThrow();

        PodWarning warning = (PodWarning) fact.getBody();
        EventHeader header = fact.getHeader();
        assertThat(warning.getSpiffeVolume()).isTrue();
        assertThat(warning.getPodUid()).isEqualTo("uid-1");
        assertThat(warning.getFirstAt()).isEqualTo(Instant.parse("2025-02-06T00:29:00Z"));
        assertThat(header.getNode()).as("from the kubelet that says so").isEqualTo("node-7");
        assertThat(header.getEventTime()).isEqualTo(Instant.parse("2025-02-06T00:30:04Z"));
        assertThat(header.getObservedTime()).isEqualTo(SEEN);
    }

    @Test
    void shouldKnowTheVolumeByItsNameWhereTheDriverIsNotNamed() {
        String one = "MountVolume.SetUp failed for volume \\\"spiffe\\\" : rpc error: code = Internal desc = unable to"
                + " mount";
        String several = "Unable to attach or mount volumes: unmounted volumes=[spiffe], unattached volumes=[a spiffe]";
        String other = "MountVolume.SetUp failed for volume \\\"a\\\" : configmap \\\"a\\\" not found";
        assertThat(spiffe(one)).as("pod never seen").isFalse();

        pods.pod(observation(pod(), Change.ADDED));
        assertThat(spiffe(one)).isTrue();
        assertThat(spiffe(several)).isTrue();
        assertThat(spiffe(several.replace("=[spiffe]", "=[a spiffe]")))
                .as("not this alone")
                .isFalse();
        assertThat(spiffe(other)).isFalse();
    }

    @Test
    void shouldLeaveOutWhatSaysNothingAboutMounting() {
        assertThat(publish(event("Scheduled", "Successfully assigned", "2025-02-06T00:30:04Z")))
                .isEmpty();
        assertThat(publish(event("FailedMount", REGISTERED, "2025-02-06T00:20:00Z")))
                .as("old")
                .isEmpty();
        assertThat(pods.event(observation(event("FailedMount", REGISTERED, "2025-02-06T00:30:04Z"), Change.DELETED)))
                .isEmpty();
    }

    private boolean spiffe(String message) {
        PodEvent fact =
                publish(event("FailedMount", message, "2025-02-06T00:30:04Z")).orElseThrow();
        return ((PodWarning) fact.getBody()).getSpiffeVolume();
    }

    private Optional<PodEvent> publish(Event event) {
        return pods.event(observation(event, Change.ADDED)).map(it -> (PodEvent) it.value());
    }

    private static <T> Observation<T> observation(T object, Change change) {
        Origin origin = Origin.newBuilder()
                .setKind(OriginKind.DERIVED)
                .setLocation("test")
                .build();
        return new Observation<>(SEEN, change, object, 0, origin);
    }

    private static Event event(String reason, String message, String last) {
        return read("""
            {"kind":"Event","apiVersion":"v1","metadata":{"name":"e","namespace":"shop"},
             "involvedObject":{"kind":"Pod","namespace":"shop","name":"p","uid":"uid-1"},
             "reason":"%s","message":"%s","type":"Warning","count":5,
             "firstTimestamp":"2025-02-06T00:29:00Z","lastTimestamp":"%s",
             "source":{"component":"kubelet","host":"node-7"}}
            """.formatted(reason, message, last), Event.class);
    }

    private static Pod pod() {
        return read("""
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","namespace":"shop","uid":"uid-1"},
             "spec":{"nodeName":"node-7","containers":[{"name":"main"}],
              "volumes":[{"name":"a","configMap":{"name":"a"}},
                         {"name":"spiffe","csi":{"driver":"csi.spiffe.io","readOnly":true}}]}}
            """, Pod.class);
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return new JsonMapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
