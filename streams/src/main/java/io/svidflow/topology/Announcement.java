package io.svidflow.topology;

import io.svidflow.event.CoverageTransition;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/** What a shell says on its own account: how far it has come, and which sources it no longer hears. */
final class Announcement {

    private Announcement() {}

    static PodIdentityEvent progress(String cluster, Instant until, int partitions) {
        return event(cluster, until, new Progress(until, partitions), "progress");
    }

    /** @param node node of a source that concerns one node alone; null: it concerns all */
    static PodIdentityEvent coverage(String cluster, String source, String node, boolean late, Instant since) {
        return event(cluster, since, new CoverageTransition(source, node, late, since), source + late);
    }

    private static PodIdentityEvent event(String cluster, Instant at, SpecificRecord body, String subject) {
        return PodIdentityEvent.newBuilder()
                .setId(UUID.nameUUIDFromBytes((cluster + '\n' + subject + '\n' + at).getBytes(StandardCharsets.UTF_8))
                        .toString())
                .setAt(at)
                .setCluster(cluster)
                .setPartition(0)
                .setSequence(0)
                .setBody(body)
                .build();
    }
}
