package io.svidflow.producer.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.bundle.LogFile;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.kubernetes.KubernetesKind;
import io.svidflow.producer.kubernetes.watch.RawObserver;
import io.svidflow.producer.spire.RawLines;
import io.svidflow.producer.spire.poll.RawAnswers;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what sources observe as the files of a bundle's {@code raw/}: objects of Kubernetes and of SPIRE, one observation a
 * line, and logs as they were written. When it cannot write any more it says so and stops; what is observed does not wait for
 * it. Safe for use by several threads.
 */
public final class RawFolder implements RawObserver, RawAnswers, RawLines, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(RawFolder.class);

    private static final List<String> KUBERNETES = Arrays.stream(KubernetesKind.values())
            .map(kind -> file(kind.plural()))
            .toList();
    private static final List<String> SERVER = List.of(file(What.ENTRIES.file()), file(What.AGENTS.file()));

    private final Path folder;
    private final ObjectMapper json = new ObjectMapper();
    private final JsonFormat.Printer messages = JsonFormat.printer().omittingInsignificantWhitespace();
    private final Map<String, BufferedWriter> files = new HashMap<>();
    private boolean ended;
    private boolean failed;

    /** @param folder where the bundle is made; exists already */
    public RawFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public void observed(KubernetesKind kind, Instant at, Change change, ObjectNode object) {
        write(
                KUBERNETES,
                file(kind.plural()),
                line(at, change.name(), Optional.empty()).set("object", object));
    }

    @Override
    public void failed(KubernetesKind kind, Instant at, String error) {
        write(
                KUBERNETES,
                file(kind.plural()),
                line(at, "ERROR", Optional.empty()).put("error", error));
    }

    @Override
    public void answered(What what, Instant at, Change change, Optional<String> node, Message object) {
        try {
            JsonNode tree = json.readTree(messages.print(object));
            write(
                    siblings(what),
                    file(what.file()),
                    line(at, change.name(), node).set("object", tree));
        } catch (InvalidProtocolBufferException | JsonProcessingException e) {
            throw new IllegalStateException("a message of SPIRE is no JSON", e);
        }
    }

    @Override
    public void failed(What what, Instant at, Optional<String> node, String error) {
        write(siblings(what), file(what.file()), line(at, "ERROR", node).put("error", error));
    }

    @Override
    public void read(Source log, String text) {
        write(List.of(), LogFile.path(log), text);
    }

    private static List<String> siblings(What what) {
        return what == What.AGENT_DEBUG ? List.of() : SERVER;
    }

    private static String file(String name) {
        return "raw/" + name + ".jsonl";
    }

    private ObjectNode line(Instant at, String type, Optional<String> node) {
        ObjectNode line =
                json.createObjectNode().put("observedAt", at.toString()).put("type", type);
        node.ifPresent(name -> line.put("node", name));
        return line;
    }

    private void write(List<String> together, String file, JsonNode line) {
        write(together, file, line.toString());
    }

    /** @param together files of what is looked at together with it: one that stays empty says that there is none */
    private synchronized void write(List<String> together, String file, String line) {
        if (ended || failed) {
            return;
        }
        try {
            for (String other : together) {
                open(other);
            }
            BufferedWriter writer = open(file);
            writer.write(line);
            writer.write('\n');
        } catch (IOException e) {
            failed = true;
            LOGGER.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("error", e.getMessage())
                    .log("What is observed is not recorded any more");
        }
    }

    private BufferedWriter open(String file) throws IOException {
        BufferedWriter known = files.get(file);
        if (known == null) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            known = Files.newBufferedWriter(path);
            files.put(file, known);
        }
        return known;
    }

    /** Whether everything that was observed has been written. */
    public synchronized boolean whole() {
        return !failed;
    }

    /** Ends the files. */
    @Override
    public synchronized void close() {
        ended = true;
        for (BufferedWriter file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                failed = true;
            }
        }
        files.clear();
    }
}
