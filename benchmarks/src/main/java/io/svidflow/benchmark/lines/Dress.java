package io.svidflow.benchmark.lines;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.producer.log.Level;
import io.svidflow.producer.log.LogLine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The forms in which one and the same line is found: encodings of the program, and what runtimes put around it. */
enum Dress {
    LOGRUS_TEXT {
        @Override
        String wear(LogLine line) {
            StringBuilder text = new StringBuilder("time=\"" + time(line) + "\" level=" + logrus(line.level()));
            return text.append(" msg=")
                    .append(quoted(line.message()))
                    .append(pairs(line))
                    .toString();
        }
    },
    LOGRUS_JSON {
        @Override
        String wear(LogLine line) {
            return fields(
                            line,
                            JSON.createObjectNode()
                                    .put("level", logrus(line.level()))
                                    .put("msg", line.message())
                                    .put("time", time(line).toString()))
                    .toString();
        }
    },
    LOGRUS_TERMINAL {
        @Override
        String wear(LogLine line) {
            String level = logrus(line.level()).toUpperCase(Locale.ROOT).substring(0, 4);
            return "%s[0025] %-44s %s".formatted(level, oneLine(line.message()), pairs(line));
        }
    },
    CONTAINER_RUNTIME {
        @Override
        String wear(LogLine line) {
            return time(line) + " stdout F " + LOGRUS_TEXT.wear(line);
        }
    },
    DOCKER_JSON {
        @Override
        String wear(LogLine line) {
            return JSON.createObjectNode()
                    .put("log", LOGRUS_TEXT.wear(line) + "\n")
                    .put("stream", "stderr")
                    .put("time", time(line).toString())
                    .toString();
        }
    },
    JOURNALD {
        @Override
        String wear(LogLine line) {
            return SYSLOG.format(time(line).atOffset(ZoneOffset.UTC)) + " host docker[12]: " + LOGRUS_TEXT.wear(line);
        }
    },
    NESTED_JSON {
        @Override
        String wear(LogLine line) {
            ObjectNode outer =
                    JSON.createObjectNode().put("timestamp", time(line).toString());
            outer.set(
                    "json_message",
                    fields(
                            line,
                            JSON.createObjectNode()
                                    .put("level", logrus(line.level()))
                                    .put("msg", line.message())
                                    .put("time", time(line).toString())));
            return outer.toString();
        }
    },
    ZAP_CONSOLE {
        @Override
        String wear(LogLine line) {
            return time(line) + "\t" + zap(line.level()) + "\tentry-reconciler\t" + oneLine(line.message()) + "\t"
                    + fields(line, JSON.createObjectNode());
        }
    },
    ZAP_JSON {
        @Override
        String wear(LogLine line) {
            return fields(
                            line,
                            JSON.createObjectNode()
                                    .put("level", zap(line.level()).toLowerCase(Locale.ROOT))
                                    .put("ts", time(line).toEpochMilli() / 1000.0)
                                    .put("logger", "entry-reconciler")
                                    .put("msg", line.message()))
                    .toString();
        }
    };

    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter SYSLOG = DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH);
    private static final Pattern BARE = Pattern.compile("[a-zA-Z0-9\\-._/@^+]+");

    /** The line in this form. */
    abstract String wear(LogLine line);

    static Instant time(LogLine line) {
        return line.time() == null ? Corpus.REFERENCE : line.time();
    }

    private static String logrus(Level level) {
        return level == Level.UNKNOWN ? "info" : level.name().toLowerCase(Locale.ROOT);
    }

    private static String zap(Level level) {
        return switch (level) {
            case WARNING -> "WARN";
            case UNKNOWN, TRACE -> "INFO";
            default -> level.name();
        };
    }

    private static String pairs(LogLine line) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> field : line.fields().entrySet()) {
            text.append(' ').append(field.getKey()).append('=').append(quoted(field.getValue()));
        }
        return text.toString();
    }

    private static String quoted(String value) {
        return BARE.matcher(value).matches()
                ? value
                : '"' + oneLine(value.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    private static String oneLine(String text) {
        return text.replace("\n", "\\n").replace("\t", "\\t");
    }

    private static ObjectNode fields(LogLine line, ObjectNode object) {
        line.fields().forEach(object::put);
        return object;
    }
}
