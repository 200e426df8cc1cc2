package io.svidflow.producer.bundle;

import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.kubernetes.RegistrationRules;
import io.svidflow.producer.spire.LogMappers;
import io.svidflow.producer.spire.NodeDirectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Everything a bundle's files say, read once. */
final class BundleContent {

    private final Intake intake;
    private final SortedSet<Source> present = new TreeSet<>();
    private final List<String> notUsed;

    BundleContent(
            BundleFiles files,
            IncidentManifest manifest,
            BundleLimits limits,
            Selection selection,
            RegistrationRules rules) {
        this.intake = new Intake(manifest.cluster(), new ClockCheck(manifest.start(), manifest.end()));
        NodeDirectory directory = new NodeDirectory();
        List<LogFile> logs = files.logs();
        this.notUsed = notUsed(files.files().keySet(), logs);
        if (files.exists(ObjectFile.RULES.path()) && files.empty(ObjectFile.RULES.path())) {
            rules.listed();
        }
        readObjects(files, manifest, limits, rules, directory);
        readLogs(files, manifest, limits, selection, directory, logs);
    }

    /** Whether there is a file that this version reads. */
    static boolean anythingIn(BundleFiles files) {
        return Arrays.stream(ObjectFile.values()).anyMatch(file -> files.exists(file.path()))
                || !files.logs().isEmpty();
    }

    Intake intake() {
        return intake;
    }

    /** The sources that files are there of. */
    SortedSet<Source> present() {
        return present;
    }

    /** Files that this version does not read. */
    List<String> notUsed() {
        return notUsed;
    }

    private void readObjects(
            BundleFiles files,
            IncidentManifest manifest,
            BundleLimits limits,
            RegistrationRules rules,
            NodeDirectory directory) {
        ObjectLines reader = new ObjectLines(files, limits, intake);
        List<ObjectLine> lines = new ArrayList<>();
        for (ObjectFile file : ObjectFile.values()) {
            List<ObjectLine> read = reader.read(file);
            lines.addAll(read);
            if (file.kind() == SourceKind.AGENT_DEBUG) {
                read.forEach(line -> present.add(new Source(file.kind(), line.node())));
            } else if (files.exists(file.path())) {
                present.add(Source.of(file.kind()));
            }
        }
        Landmarks landmarks = new Landmarks(directory);
        lines.forEach(landmarks::learn);
        ObjectReading reading = new ObjectReading(manifest.cluster(), directory, rules, intake);
        lines.stream().sorted().forEach(reading::read);
    }

    private void readLogs(
            BundleFiles files,
            IncidentManifest manifest,
            BundleLimits limits,
            Selection selection,
            NodeDirectory directory,
            List<LogFile> logs) {
        LogMappers mappers = new LogMappers(directory);
        LogReading reading = new LogReading(files, limits, manifest.start(), intake);
        for (LogFile log : logs) {
            EventHeaders headers =
                    new EventHeaders(manifest.cluster(), log.source().name());
            reading.read(log, new LineChoice(selection, log.source()), mappers.of(log.source(), headers));
            present.add(log.source());
        }
    }

    private static List<String> notUsed(Set<String> paths, List<LogFile> logs) {
        Set<String> used = new HashSet<>(Set.of(ManifestReader.FILE, "expected.yaml", "README.md"));
        Arrays.stream(ObjectFile.values()).map(ObjectFile::path).forEach(used::add);
        logs.stream().map(LogFile::path).forEach(used::add);
        return paths.stream().filter(path -> !used.contains(path)).toList();
    }
}
