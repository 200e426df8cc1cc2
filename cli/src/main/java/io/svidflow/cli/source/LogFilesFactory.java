package io.svidflow.cli.source;

import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.tail.LogFiles;
import io.svidflow.producer.tail.LogFilesConfig;
import io.svidflow.producer.tail.LogRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Log files on this machine. */
final class LogFilesFactory implements SourceFactory {

    private static final String LIST = "sources.log-files.files";
    private static final Key<String> PATH = Key.required(
            LIST + "[].path",
            Form.TEXT,
            "/var/log/pods/spire_spire-agent-*/spire-agent/*.log",
            "Absolute path; * and ? match within a name, {member} stands for the node or pod.");
    private static final Key<Logs.Kind> KIND =
            Key.required(LIST + "[].kind", Logs.KIND, "agent-log", "What the log is.");
    private static final Key<String> MEMBER = Key.optional(
            LIST + "[].member",
            Form.TEXT,
            "node-1",
            "Node or pod that writes it. Left out: the path tells it, or for an agent's log the node of this process.");
    private static final Key<Duration> LOOK_BACK = Key.of(
            "sources.log-files.look-back",
            Form.DURATION,
            "10m",
            "How far before the very first start facts are published.");
    private static final Key<Duration> MARGIN = Key.of(
            "sources.log-files.margin",
            Form.DURATION,
            "2s",
            "How long after its own time a line may reach its file. Promises stay that far behind.");

    private record File(String path, Logs.Kind kind, String member) {}

    @Override
    public List<Key<?>> keys() {
        return List.of(PATH, KIND, MEMBER, LOOK_BACK, MARGIN);
    }

    @Override
    public Optional<Function<Surroundings, List<Planned>>> read(Section all) {
        Optional<Path> proc = all.find(Logs.PROC);
        Duration lookBack = all.get(LOOK_BACK, Duration.ZERO);
        Duration margin = all.get(MARGIN, Duration.ZERO);
        Optional<String> node = all.find(ProducersPlan.NODE);
        String here = node.orElse("");
        List<File> files = new ArrayList<>();
        for (Section block : all.blocks(LIST)) {
            String path = block.get(PATH, "/");
            Logs.Kind kind = block.get(KIND, Logs.Kind.AGENT_LOG);
            boolean ownAgent = kind == Logs.Kind.AGENT_LOG && !path.contains("{member}");
            files.add(new File(path, kind, block.find(MEMBER).orElse(ownAgent ? here : "")));
        }
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(around -> List.of(planned(around, files, margin, lookBack, node, proc)));
    }

    private static Planned planned(
            Surroundings around,
            List<File> files,
            Duration margin,
            Duration lookBack,
            Optional<String> node,
            Optional<Path> proc) {
        List<LogRule> rules = files.stream()
                .map(file -> new LogRule(file.path(), file.kind().source(), file.member()))
                .toList();
        LogFiles source = new LogFiles(
                new LogFilesConfig(rules, LogFilesConfig.DEFAULT_POLL, margin, lookBack, node),
                Logs.mappers(around, proc),
                around.clock());
        Set<Source> ofPods = rules.stream()
                .flatMap(rule -> Logs.ofPod(rule.kind(), rule.member()).stream())
                .collect(Collectors.toSet());
        List<SourceKind> kinds = rules.stream().map(LogRule::kind).toList();
        return Planned.of(source, ofPods, Logs.ofNodes(kinds), source::check);
    }
}
