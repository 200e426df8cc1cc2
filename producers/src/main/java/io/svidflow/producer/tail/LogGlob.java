package io.svidflow.producer.tail;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the files that a path with wildcards stands for, and what they were rotated to, also while there is no new file in
 * the place of one that was rotated. Only folders that match are looked into.
 */
final class LogGlob {

    /**
     * A file.
     *
     * @param path where it was found; may be a link
     * @param member what {@code {member}} stands for, blank if the path has none
     * @param rotated it is an older part of a log
     */
    record Match(Path path, String member, boolean rotated) {}

    private static final Pattern WILD = Pattern.compile("\\{member}|[*?]");

    private final Path base;
    private final List<Pattern> names = new ArrayList<>();

    LogGlob(LogRule rule) {
        Path literal = Path.of("/");
        List<String> all = rule.names();
        int next = 0;
        while (next < all.size() - 1 && !WILD.matcher(all.get(next)).find()) {
            literal = literal.resolve(all.get(next++));
        }
        base = literal;
        all.subList(next, all.size()).forEach(name -> names.add(pattern(name)));
    }

    /** The folder that must be there. */
    Path base() {
        return base;
    }

    /**
     * @throws IOException if a folder cannot be read; what is gone in the meantime is no error, unless it is the
     *     {@link #base()}
     */
    List<Match> find() throws IOException {
        List<Match> found = new ArrayList<>();
        look(base, 0, "", found);
        return found;
    }

    private void look(Path folder, int depth, String member, List<Match> found) throws IOException {
        Pattern name = names.get(depth);
        boolean last = depth == names.size() - 1;
        for (Path child : children(folder, depth == 0)) {
            String childName = String.valueOf(child.getFileName());
            Matcher matcher = name.matcher(childName);
            if (!last && matcher.matches() && Files.isDirectory(child)) {
                look(child, depth + 1, member(matcher, member), found);
            } else if (last && matcher.matches() && (Files.isRegularFile(child) || Files.isSymbolicLink(child))) {
                found.add(new Match(child, member(matcher, member), false));
            } else if (last
                    && Rotation.logs(childName)
                            .anyMatch(log -> matcher.reset(log).matches())) {
                found.add(new Match(child, member(matcher, member), true));
            }
        }
    }

    private static String member(Matcher matcher, String known) {
        return matcher.groupCount() > 0 ? matcher.group(1) : known;
    }

    static List<Path> children(Path folder, boolean required) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
            listing.forEach(children::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            if (required) {
                throw e;
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        children.sort(null);
        return children;
    }

    private static Pattern pattern(String name) {
        StringBuilder regex = new StringBuilder();
        Matcher wild = WILD.matcher(name);
        int from = 0;
        while (wild.find()) {
            regex.append(Pattern.quote(name.substring(from, wild.start())));
            regex.append(
                    switch (wild.group()) {
                        case "*" -> ".*";
                        case "?" -> ".";
                        default -> "(.+)";
                    });
            from = wild.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(name.substring(from))).toString());
    }
}
