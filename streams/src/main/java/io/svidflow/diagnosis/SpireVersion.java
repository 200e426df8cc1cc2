package io.svidflow.diagnosis;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of SPIRE; what follows the three numbers is left out. */
public record SpireVersion(int major, int minor, int patch) implements Comparable<SpireVersion> {

    private static final Pattern TEXT = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4}).*");

    /**
     * Reads a version.
     *
     * @param text nullable
     * @return empty for what is no version, such as a tag like {@code nightly}
     */
    public static Optional<SpireVersion> of(String text) {
        Matcher matcher = TEXT.matcher(text == null ? "" : text);
        return matcher.matches()
                ? Optional.of(new SpireVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    @Override
    public int compareTo(SpireVersion other) {
        return Comparator.comparingInt(SpireVersion::major)
                .thenComparingInt(SpireVersion::minor)
                .thenComparingInt(SpireVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
