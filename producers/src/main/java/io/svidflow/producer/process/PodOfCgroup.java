package io.svidflow.producer.process;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the UID of a pod in what the kernel says of a process: in the names of its control groups, which the kubelet
 * calls after pods, or in its mounts, some of which the kubelet makes for each container.
 */
final class PodOfCgroup {

    private static final String UUID =
            "[0-9a-f]{8}(?<sep>[-_])[0-9a-f]{4}(?:\\k<sep>[0-9a-f]{4}){2}\\k<sep>[0-9a-f]{12}";

    /** {@code /kubepods/burstable/podUID/…} of cgroupfs, {@code …/kubepods-burstable-podUID_WITH_UNDERSCORES.slice/…} of systemd. */
    private static final Pattern GROUP = Pattern.compile("(?:^|[/-])pod(?<uid>" + UUID + ")(?:\\.slice)?(?:/|$)");

    /** What the kubelet mounts into every container; others mount whole trees of other pods. */
    private static final Set<String> MOUNTED = Set.of("/etc/hosts", "/dev/termination-log");

    private static final Pattern SOURCE = Pattern.compile("/pods/(?<uid>" + UUID + ")/");

    private PodOfCgroup() {}

    /**
     * @param lines of {@code /proc/PID/cgroup}: one for version 2, one for each controller for version 1
     * @return empty if they name no pod, or several
     */
    static Optional<String> inGroups(List<String> lines) {
        Set<String> uids = new TreeSet<>();
        for (String line : lines) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3) {
                last(GROUP.matcher(fields[2])).ifPresent(uids::add);
            }
        }
        return only(uids);
    }

    /**
     * @param lines of {@code /proc/PID/mountinfo}
     * @return empty if they name no pod, or several
     */
    static Optional<String> inMounts(List<String> lines) {
        Set<String> uids = new TreeSet<>();
        for (String line : lines) {
            String[] fields = line.split(" ");
            if (fields.length > 4 && MOUNTED.contains(fields[4])) {
                last(SOURCE.matcher(fields[3])).ifPresent(uids::add);
            }
        }
        return only(uids);
    }

    /** Where Kubernetes runs in a pod of another Kubernetes, the inner pod is the later one. */
    private static Optional<String> last(Matcher matcher) {
        String uid = null;
        int from = 0;
        while (matcher.find(from)) {
            uid = matcher.group("uid").replace('_', '-');
            from = matcher.end("uid");
        }
        return Optional.ofNullable(uid);
    }

    private static Optional<String> only(Set<String> uids) {
        return uids.size() == 1 ? Optional.of(uids.iterator().next()) : Optional.empty();
    }
}
