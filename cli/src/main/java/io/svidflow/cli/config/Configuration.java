package io.svidflow.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.svidflow.cli.run.Installation;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A configuration that is being read: one YAML file, each key of which the environment overrides. Whoever reads a part of
 * it notes what is wrong; {@link #throwIfWrong()} tells everything at once.
 */
public final class Configuration {

    static final Key<Integer> PARTITIONS = Key.of(
            "partitions",
            Form.number(1, 10_000),
            "6",
            "Partitions of the topics that are keyed by node. Cannot be changed later: topics with another count are"
                    + " refused.");
    static final Key<String> STATE_DIR = Key.optional(
            "state.dir",
            Form.TEXT,
            "/var/lib/svidflow",
            "Where the Streams applications keep their state; on a volume. ~/.svidflow if it is left out.");

    private final Section all;
    private final Problems problems;
    private final Supplier<Installation> installation;

    private Configuration(Section all, Problems problems, Supplier<Installation> installation) {
        this.all = all;
        this.problems = problems;
        this.installation = installation;
    }

    /** Keys that every part of svidflow reads. */
    public static List<Key<?>> commonKeys() {
        return Stream.concat(KafkaSettings.keys().stream(), Stream.of(PARTITIONS, STATE_DIR))
                .toList();
    }

    /**
     * @param file the file; empty: the one that SVIDFLOW_CONFIG names, if it names one
     * @param keys every key there is
     * @throws io.svidflow.cli.BadInput if the file cannot be read
     */
    public static Configuration read(Optional<Path> file, Map<String, String> environment, Collection<Key<?>> keys) {
        return read(file, environment, keys, (all, tree) -> {
            Map<String, Object> kafka = KafkaSettings.read(all, tree, environment);
            return () -> new Installation(
                    kafka, all.get(STATE_DIR, System.getProperty("user.home") + "/.svidflow"), all.get(PARTITIONS, 1));
        });
    }

    /**
     * The same for a process that brings its own brokers: what is said of Kafka, the registry, partitions and state does
     * not count.
     *
     * @param own what counts instead
     */
    public static Configuration read(
            Optional<Path> file, Map<String, String> environment, Collection<Key<?>> keys, Installation own) {
        return read(file, environment, keys, (all, tree) -> () -> own);
    }

    private static Configuration read(
            Optional<Path> file,
            Map<String, String> environment,
            Collection<Key<?>> keys,
            BiFunction<Section, JsonNode, Supplier<Installation>> installation) {
        ConfigurationFile read = ConfigurationFile.of(file, environment);
        Problems problems = new Problems(read.name());
        new UnknownKeys(keys.stream().map(Key::path).toList(), List.of(KafkaSettings.BLOCK))
                .note(read.tree(), problems);
        Section all = new Section(read.tree(), "", "", environment, problems);
        return new Configuration(all, problems, installation.apply(all, read.tree()));
    }

    /** The whole of it. */
    public Section all() {
        return all;
    }

    /** Notes something that is wrong. */
    public void problem(String place, String problem, String remedy) {
        problems.add(place, problem, remedy);
    }

    /** What every part of svidflow needs. */
    public Installation installation() {
        return installation.get();
    }

    /** @throws io.svidflow.cli.BadInput with everything that is wrong, if anything is */
    public void throwIfWrong() {
        problems.throwIfAny();
    }
}
