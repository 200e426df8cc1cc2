package io.svidflow.producer.tail;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Knows the names that the parts of a log get when it is rotated. */
final class Rotation {

    /** {@code .1}, {@code .2.gz}, {@code -20261123}, {@code .20261123-054151}: added by logrotate and the kubelet. */
    private static final Pattern ADDED = Pattern.compile("[.-][\\w.:-]+");

    /** {@code agent-2026-11-23T05-41-51.488.log.gz}: lumberjack writes the time before the ending. */
    private static final Pattern DATED =
            Pattern.compile("(?<stem>.+)-\\d{4}-\\d\\d-\\d\\dT[\\d.-]*\\d(?<ending>\\.[a-z]+?)?(\\.gz)?");

    private Rotation() {}

    /** The names that a log may have of which a file is an older part; none for files that are being compressed. */
    static Stream<String> logs(String name) {
        if (name.endsWith(".tmp")) {
            return Stream.of();
        }
        Stream<String> added = IntStream.range(1, name.length())
                .filter(i -> name.charAt(i) == '.' || name.charAt(i) == '-')
                .filter(i -> ADDED.matcher(name.substring(i)).matches())
                .mapToObj(i -> name.substring(0, i));
        Matcher dated = DATED.matcher(name);
        return dated.matches()
                ? Stream.concat(
                        added,
                        Stream.of(dated.group("stem") + (dated.group("ending") == null ? "" : dated.group("ending"))))
                : added;
    }
}
