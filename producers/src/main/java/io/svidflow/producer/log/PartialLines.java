package io.svidflow.producer.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins lines that a container runtime has split: parts marked P and a last one marked F, where the parts of stdout and
 * of stderr may alternate. Lines of any other form pass. While a line is incomplete, later ones wait for it, so that the
 * place behind the last line given is a place from which reading can go on.
 */
public final class PartialLines {

    /** More than any line of SPIRE: what is longer is given as it is. */
    private static final int LONGEST = 1 << 20;

    /** The parts of a line follow each other; when so many others came, the rest will not come. */
    private static final int MOST_WAITING = 64;

    private static final Pattern CRI =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\S{9,30} (stdout|stderr)) ([FP])(?: |$)");

    /**
     * A whole line.
     *
     * @param text the line, with the time and stream of its first part
     * @param number number of the line in the file at which it begins
     * @param parts of how many lines of the file it was made
     */
    public record Whole(String text, long number, int parts) {}

    private record Open(int index, StringBuilder text, long number, int parts) {}

    private final List<Whole> waiting = new ArrayList<>();
    private final Map<String, Open> open = new LinkedHashMap<>();
    private int length;

    /**
     * Takes the next line of a file.
     *
     * @return the lines that are whole now, in order; none while a part is missing
     */
    public List<Whole> add(String text, long number) {
        Matcher cri = CRI.matcher(text);
        if (!cri.lookingAt()) {
            return waiting.isEmpty() ? List.of(new Whole(text, number, 1)) : hold(new Whole(text, number, 1));
        }
        String stream = cri.group(2);
        Open begun = open.remove(stream);
        boolean part = cri.group(3).equals("P");
        if (begun == null && !part) {
            return waiting.isEmpty() ? List.of(new Whole(text, number, 1)) : hold(new Whole(text, number, 1));
        }
        String content = text.substring(cri.end());
        length += text.length();
        if (begun == null) {
            // P until its end is seen: the parser tells an incomplete line by that
            StringBuilder joined = new StringBuilder(cri.group(1)).append(" P ").append(content);
            open.put(stream, new Open(waiting.size(), joined, number, 1));
            waiting.add(null);
            return length > LONGEST ? flush() : List.of();
        }
        Open grown = new Open(begun.index(), begun.text().append(content), begun.number(), begun.parts() + 1);
        if (part) {
            open.put(stream, grown);
            return length > LONGEST ? flush() : List.of();
        }
        waiting.set(grown.index(), new Whole(ended(grown.text()), grown.number(), grown.parts()));
        return open.isEmpty() ? given() : List.of();
    }

    /** Whether a line has begun whose end has not come. */
    public boolean incomplete() {
        return !open.isEmpty();
    }

    /** Gives what there is: no more will come. */
    public List<Whole> flush() {
        open.values()
                .forEach(line ->
                        waiting.set(line.index(), new Whole(line.text().toString(), line.number(), line.parts())));
        open.clear();
        return given();
    }

    private List<Whole> hold(Whole line) {
        waiting.add(line);
        length += line.text().length();
        return length > LONGEST || waiting.size() > MOST_WAITING ? flush() : List.of();
    }

    private List<Whole> given() {
        List<Whole> all = List.copyOf(waiting);
        waiting.clear();
        length = 0;
        return all;
    }

    private static String ended(StringBuilder text) {
        int flag = text.indexOf(" P ");
        return text.replace(flag + 1, flag + 2, "F").toString();
    }
}
