package io.svidflow.producer.capture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.kubernetes.KubernetesKind;
import io.svidflow.producer.kubernetes.watch.RawObserver;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the Kubernetes objects that are observed as the files of a bundle's {@code raw/}, one observation a line. When it
 * cannot write any more it says so and stops; what is observed does not wait for it. Used by one thread, closed by another.
 */
public final class RawFolder implements RawObserver, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(RawFolder.class);

    private final Path folder;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<KubernetesKind, BufferedWriter> files = new EnumMap<>(KubernetesKind.class);
    private boolean ended;
    private boolean failed;

    /** @param folder where the files are made; exists already */
    public RawFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public void observed(KubernetesKind kind, Instant at, Change change, ObjectNode object) {
        ObjectNode line = line(at, change.name());
        line.set("object", object);
        write(kind, line);
    }

    @Override
    public void failed(KubernetesKind kind, Instant at, String error) {
        write(kind, line(at, "ERROR").put("error", error));
    }

    private ObjectNode line(Instant at, String type) {
        return json.createObjectNode().put("observedAt", at.toString()).put("type", type);
    }

    private synchronized void write(KubernetesKind kind, ObjectNode line) {
        if (ended || failed) {
            return;
        }
        try {
            BufferedWriter file = files.get(kind);
            if (file == null) {
                file = Files.newBufferedWriter(folder.resolve(kind.plural() + ".jsonl"));
                files.put(kind, file);
            }
            file.write(json.writeValueAsString(line));
            file.write('\n');
        } catch (IOException e) {
            failed = true;
            LOGGER.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("error", e.getMessage())
                    .log("Kubernetes objects are not recorded any more");
        }
    }

    /** Whether everything that was observed has been written. */
    public synchronized boolean whole() {
        return !failed;
    }

    /** Ends the files. */
    @Override
    public synchronized void close() {
        ended = true;
        try {
            for (BufferedWriter file : files.values()) {
                file.close();
            }
        } catch (IOException e) {
            failed = true;
        } finally {
            files.clear();
        }
    }
}
