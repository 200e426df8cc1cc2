package io.svidflow.cli.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a recording begin later, as if svidflow had been started in the middle: watches begin with a listing of what is
 * there, logs with their next line.
 */
final class ColdStart {

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

    private final JsonMapper json = new JsonMapper();
    private final Instant start;

    ColdStart(Instant start) {
        this.start = start;
    }

    /** Changes an unpacked recording. */
    Path of(Path folder) throws IOException {
        Path manifest = folder.resolve("incident.yaml");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("(?m)^start: .*", "start: " + start));
        for (Path file : BundleCopies.files(folder.resolve("raw"))) {
            Path path = folder.resolve("raw").resolve(file);
            List<String> lines = Files.readAllLines(path);
            Files.write(path, file.toString().endsWith(".jsonl") ? objects(lines) : log(lines));
        }
        return folder;
    }

    private List<String> objects(List<String> lines) throws IOException {
        Map<String, String> there = new LinkedHashMap<>();
        List<String> after = new ArrayList<>();
        for (String line : lines) {
            ObjectNode event = (ObjectNode) json.readTree(line);
            String type = event.path("type").asText();
            if (!Instant.parse(event.path("observedAt").asText()).isBefore(start)) {
                after.add(line);
            } else if (type.equals("DELETED")) {
                there.remove(id(event));
            } else if (!type.equals("ERROR")) {
                event.put("observedAt", start.toString());
                if (event.has("type")) {
                    event.put("type", "ADDED");
                }
                there.put(id(event), event.toString());
            }
        }
        List<String> all = new ArrayList<>(there.values());
        all.addAll(after);
        return all;
    }

    private List<String> log(List<String> lines) {
        List<String> after = new ArrayList<>();
        boolean begun = false;
        for (String line : lines) {
            Matcher time = TIME.matcher(line);
            begun = begun || (time.find() && !Instant.parse(time.group()).isBefore(start));
            if (begun) {
                after.add(line);
            }
        }
        return after;
    }

    private static String id(JsonNode event) {
        JsonNode object = event.path("object");
        return event.path("node").asText() + object.path("metadata").path("uid").asText() + object.path("id");
    }
}
