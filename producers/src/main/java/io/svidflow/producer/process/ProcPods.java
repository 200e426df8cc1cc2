package io.svidflow.producer.process;

import io.svidflow.producer.spire.PodProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks {@code /proc} of the node which pod a process belongs to. A process that is gone, or that began after it was heard
 * of and only has the same pid, belongs to no pod.
 */
public final class ProcPods implements PodProcesses {

    /** The kernel counts in hundredths of a second, whatever its own clock does. */
    private static final long TICKS_PER_SECOND = 100;

    /** Doubt in the start of a process, which is told in ticks and computed from two readings. */
    private static final Duration DOUBT = Duration.ofMillis(50);

    /** Number of the field of {@code stat} that tells the start, counted from behind the name of the program. */
    private static final int START = 19;

    private final Path proc;
    private final Clock clock;

    /**
     * @param proc the node's {@code /proc}, or where it is mounted, e.g. {@code /host/proc}
     * @param clock of this machine
     */
    public ProcPods(Path proc, Clock clock) {
        this.proc = proc;
        this.clock = clock;
    }

    @Override
    public Optional<String> podOf(long pid, Instant at) {
        Path process = proc.resolve(Long.toString(pid));
        try {
            Optional<String> pod = PodOfCgroup.inGroups(lines(process.resolve("cgroup")));
            if (pod.isEmpty()) {
                pod = PodOfCgroup.inMounts(lines(process.resolve("mountinfo")));
            }
            // after the groups: whoever had the pid when they were read has it still, or began later
            return pod.isPresent() && !started(process).isAfter(at.plus(DOUBT)) ? pod : Optional.empty();
        } catch (IOException | NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether processes of the node can be seen.
     *
     * @return what stands in the way, and the remedy; empty if nothing does
     */
    public Optional<String> check() {
        try {
            lines(proc.resolve("uptime"));
            List<String> first = lines(proc.resolve("1/cgroup"));
            return PodOfCgroup.inGroups(first).isPresent()
                    ? Optional.of(proc + " shows the processes of a container and not those of the node; mount the"
                            + " node's /proc, or set hostPID: true")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of(proc + " cannot be read (" + e + "); mount the node's /proc there");
        }
    }

    private Instant started(Path process) throws IOException {
        String stat = String.join(" ", lines(process.resolve("stat")));
        // the name of the program may hold blanks and parentheses
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
        if (fields.length <= START) {
            throw new IOException(process + "/stat is cut off");
        }
        long ticks = Long.parseLong(fields[START]);
        double uptime = Double.parseDouble(
                String.join("", lines(proc.resolve("uptime"))).split(" ")[0]);
        Duration age = Duration.ofNanos((long) ((uptime - (double) ticks / TICKS_PER_SECOND) * 1e9));
        return clock.instant().minus(age);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }
}
