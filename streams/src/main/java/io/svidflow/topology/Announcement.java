package io.svidflow.topology;

import io.svidflow.event.CoverageTransition;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.Progress;
import io.svidflow.watermark.StreamProgress;
import io.svidflow.watermark.Watermarks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
    static PodIdentityEvent back(String cluster, String source, String node, Instant since) {
        return event(cluster, since, new CoverageTransition(source, node, false, since, null), source + false);
    }

    /** A source has been silent for so long after the last that was heard of it. */
    static PodIdentityEvent late(String cluster, Watermarks.Late late, Duration lateAfter) {
        StreamProgress progress = late.progress();
        Instant heard = progress.until() == null ? progress.publishedAt() : progress.until();
        Instant since = heard.plus(lateAfter);
        String source = SavedWatermarks.source(late.stream());
        String node = late.scope().equals(Watermarks.EVERY_NODE) ? null : late.scope();
        CoverageTransition body = new CoverageTransition(source, node, true, since, progress.stoppedAt());
        return event(cluster, since, body, source + true);
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
