package io.svidflow.producer.kubernetes.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.producer.Observation.Change;
import java.time.Instant;

/** What a {@link LaneReader} has to say; said in the order in which it was seen. */
sealed interface Sighting {

    /** Lane that was looked at. */
    Lane lane();

    /**
     * A listing begins: what follows is there, and what does not follow up to {@link Listed} is not.
     *
     * @param at when it was asked for
     * @param lost why the watch before it could not go on; empty: there was none
     */
    record Listing(Lane lane, Instant at, String lost) implements Sighting {}

    /** An object is there. */
    record There(Lane lane, ObjectNode object) implements Sighting {}

    /** The listing is complete, as of a version of the cluster, and was asked for at an instant. */
    record Listed(Lane lane, String version, Instant at) implements Sighting {}

    /** An object as an earlier process saw it last and said; said so again, it is no news. */
    record Remembered(Lane lane, ObjectNode object) implements Sighting {}

    /** Everything up to a version has been remembered, and nothing was missed since. */
    record Resumed(Lane lane, String version) implements Sighting {}

    /** An object has changed; for DELETED this is its last state. */
    record Changed(Lane lane, Change change, ObjectNode object) implements Sighting {}

    /**
     * Everything up to an instant has been said.
     *
     * @param version from which the watch can go on
     */
    record Complete(Lane lane, String version, Instant until) implements Sighting {}

    /**
     * A call failed, and will be tried again.
     *
     * @param error what was refused or went wrong, and the remedy if there is one
     * @param refused whether it is a matter of permission
     */
    record Failed(Lane lane, String error, boolean refused) implements Sighting {}

    /** The cluster does not know the kind; asked again now and then. */
    record Absent(Lane lane) implements Sighting {}

    /** The reader has a defect and has ended. */
    record Ended(Lane lane, RuntimeException defect) implements Sighting {}
}
