package io.svidflow.cli.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the values of a key look like.
 *
 * @param name e.g. {@code number}
 * @param remedy what to write, e.g. {@code write a whole number}
 * @param reading makes the value of the text, or throws an {@link IllegalArgumentException}
 */
public record Form<T>(String name, String remedy, Function<String, T> reading) {

    /** Any text. */
    public static final Form<String> TEXT = new Form<>("text", "write some text", Form::nonBlank);

    /** Yes or no. */
    public static final Form<Boolean> FLAG = new Form<>("true or false", "write true or false", Form::flag);

    /** A time span. */
    public static final Form<Duration> DURATION =
            new Form<>("duration", "write e.g. 500ms, 10s, 5m or 1h", Form::duration);

    /** A time span within bounds. */
    public static Form<Duration> duration(Duration least, Duration most) {
        String range = words(least) + " to " + words(most);
        return new Form<>("duration, " + range, "write a time from " + range, text -> {
            Duration duration = duration(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException("out of range");
            }
            return duration;
        });
    }

    private static String words(Duration duration) {
        return duration.toMillis() < 1000
                ? duration.toMillis() + "ms"
                : duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /** Several texts: a list in the file, separated by commas in the environment. */
    public static final Form<List<String>> LIST = new Form<>("list", "write a list", Form::list);

    /** A file or a folder. */
    public static final Form<Path> PATH = new Form<>("path", "write a path", Path::of);

    /** An address. */
    public static final Form<URI> URL = new Form<>("URL", "write a URL, e.g. http://host:8080", Form::url);

    /** Where to listen or to connect to. */
    public static final Form<HostAndPort> HOST_AND_PORT =
            new Form<>("host:port", "write a host and a port, e.g. spire-server:8081", HostAndPort::parse);

    /** A whole number within bounds. */
    public static Form<Integer> number(int least, int most) {
        String range = least + " to " + most;
        return new Form<>("number, " + range, "write a whole number from " + range, text -> {
            int number = Integer.parseInt(text.strip());
            if (number < least || number > most) {
                throw new IllegalArgumentException("out of range");
            }
            return number;
        });
    }

    /** One of some words. */
    public static <E extends Enum<E>> Form<E> choice(Class<E> type) {
        String words = Arrays.stream(type.getEnumConstants()).map(Form::word).collect(Collectors.joining(", "));
        return new Form<>(
                "one of " + words,
                "write one of " + words,
                text -> Enum.valueOf(type, text.strip().toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String nonBlank(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("blank");
        }
        return text.strip();
    }

    private static boolean flag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Duration duration(String text) {
        String stripped = text.strip();
        Duration duration = stripped.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(stripped.substring(0, stripped.length() - 2)))
                : Duration.parse("PT" + stripped);
        if (duration.isNegative()) {
            throw new IllegalArgumentException("negative");
        }
        return duration;
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static URI url(String text) {
        URI url = URI.create(text.strip());
        if (url.getScheme() == null || url.getHost() == null) {
            throw new IllegalArgumentException("no URL");
        }
        return url;
    }
}
