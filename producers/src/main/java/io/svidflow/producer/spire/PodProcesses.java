package io.svidflow.producer.spire;

import java.time.Instant;
import java.util.Optional;

/** Knows which pod a process of the agent's node belongs to. Most lines of an agent name nothing but a process. */
public interface PodProcesses {

    /** Knows nothing: the log is read elsewhere, or long after it was written. */
    PodProcesses NONE = (pid, at) -> Optional.empty();

    /**
     * UID of the pod of a process.
     *
     * @param pid process id as the agent sees it
     * @param at when the process was heard of; one that started later only has the same pid
     * @return empty if the process is gone, runs in no pod, or cannot be told from another
     */
    Optional<String> podOf(long pid, Instant at);
}
