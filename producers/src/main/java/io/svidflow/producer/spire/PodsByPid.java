package io.svidflow.producer.spire;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which pod a process belonged to when it was last attested. Most lines of an agent carry only a pid; the line that
 * joins the two is written at debug level. Forgets the pids that were not heard of for longest.
 */
final class PodsByPid {

    /** Several times the processes that ask on one node. */
    private static final int REMEMBERED = 8192;

    private final Map<Long, String> pods = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** The process was attested: {@code podUid} is null if it runs in no pod. */
    void attested(long pid, String podUid) {
        if (podUid == null) {
            pods.remove(pid);
        } else {
            pods.put(pid, podUid);
        }
    }

    /** UID of the pod of a process, null if not known; {@code pid} is nullable. */
    String podOf(Long pid) {
        return pid == null ? null : pods.get(pid);
    }
}
