package io.svidflow.producer.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.svidflow.event.PodObserved;
import io.svidflow.serde.EventClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

/**
 * What is remembered of a pod that exists: enough to say it again when something else selects it. There are tens of thousands
 * of them, so it is kept as the bytes that would be published.
 *
 * @param fact the pod as it was last said
 * @param namespace its namespace
 * @param node name of its node; null while it has none
 * @param labels labels that rules select by
 * @param selection rules that selected it
 * @param spiffeVolumes names of the volumes that bring the Workload API's socket
 */
record KnownPod(
        ByteBuffer fact,
        String namespace,
        String node,
        Map<String, String> labels,
        RuleSelection selection,
        Set<String> spiffeVolumes) {

    static KnownPod of(Pod pod, RuleSelection selection) {
        return new KnownPod(
                bytes(PodMapper.observed(pod, selection, false)),
                Metadata.namespace(pod),
                PodMapper.node(pod),
                Map.copyOf(Metadata.labels(pod)),
                selection,
                SpiffeVolumes.of(pod));
    }

    /** The same pod, selected by others. */
    KnownPod selectedBy(RuleSelection now) {
        PodObserved reselected = PodObserved.newBuilder(body())
                .setSelectionKnown(now.known())
                .setSelectedBy(now.rules())
                .build();
        return new KnownPod(bytes(reselected), namespace, node, labels, now, spiffeVolumes);
    }

    PodObserved body() {
        EventClasses.trust();
        try {
            return PodObserved.fromByteBuffer(fact.duplicate());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer bytes(PodObserved body) {
        try {
            ByteBuffer bytes = body.toByteBuffer();
            byte[] kept = new byte[bytes.remaining()];
            bytes.get(kept);
            return ByteBuffer.wrap(kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
