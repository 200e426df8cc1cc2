package io.svidflow.cli.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.svidflow.cli.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The file, read and not yet understood.
 *
 * @param name what an operator calls it
 * @param tree its content
 */
record ConfigurationFile(String name, JsonNode tree) {

    static final String VARIABLE = "SVIDFLOW_CONFIG";

    /** The file that is given, or the one that the environment names, or none. */
    static ConfigurationFile of(Optional<Path> given, Map<String, String> environment) {
        Optional<Path> path = given.or(() -> Optional.ofNullable(environment.get(VARIABLE))
                .filter(name -> !name.isBlank())
                .map(Path::of));
        return path.map(ConfigurationFile::read)
                .orElse(new ConfigurationFile("environment", MissingNode.getInstance()));
    }

    private static ConfigurationFile read(Path path) {
        try {
            JsonMapper mapper = JsonMapper.builder(new YAMLFactory())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();
            JsonNode tree = mapper.readTree(Files.readString(path));
            if (!tree.isObject() && !tree.isMissingNode() && !tree.isNull()) {
                throw new BadInput(path.toString(), "holds no settings", "write them as svidflow config shows them");
            }
            return new ConfigurationFile(path.toString(), tree);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new BadInput(path + ":" + line, "is no YAML: " + e.getOriginalMessage(), "correct that line");
        } catch (IOException e) {
            throw new BadInput(path.toString(), "cannot be read: " + e.getMessage(), "give the path of a YAML file");
        }
    }
}
