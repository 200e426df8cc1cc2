package io.svidflow.producer.bundle;

import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.kubernetes.RegistrationRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads incident bundles: a folder, a .zip or .tar.gz of it, or a single log. */
public final class BundleReader {

    /** Cluster of a bundle that names none. */
    private static final String DEFAULT_CLUSTER = "default";

    private static final Duration LONGEST = Duration.ofDays(31);

    private final BundleLimits limits;
    private final List<Pattern> ignoredNamespaces;
    private final Selection selection;

    /** A reader with the default limits. */
    public BundleReader() {
        this(Selection.EVERYTHING);
    }

    /** @param selection how much of a bundle is read */
    public BundleReader(Selection selection) {
        this(BundleLimits.DEFAULT, RegistrationRules.DEFAULT_IGNORED_NAMESPACES, selection);
    }

    /** A reader of whole bundles, see the other constructor. */
    BundleReader(BundleLimits limits, List<Pattern> ignoredNamespaces) {
        this(limits, ignoredNamespaces, Selection.EVERYTHING);
    }

    /**
     * @param limits how much a bundle may hold
     * @param ignoredNamespaces namespaces that spire-controller-manager leaves alone
     * @param selection how much of a bundle is read
     */
    public BundleReader(BundleLimits limits, List<Pattern> ignoredNamespaces, Selection selection) {
        this.limits = limits;
        this.ignoredNamespaces = List.copyOf(ignoredNamespaces);
        this.selection = selection;
    }

    /**
     * Reads a bundle. Nothing outside it is read; nothing is written but a temporary folder, which is removed.
     *
     * @param bundle folder, archive or log
     * @throws BundleProblem if it cannot be read; the message names the file, what is wrong and the remedy
     */
    public IncidentBundle read(Path bundle) {
        try (OpenedBundle opened = OpenedBundle.open(bundle, limits)) {
            BundleFiles files = opened.files().only(selection);
            Optional<IncidentManifest> stated =
                    files.text(ManifestReader.FILE).map(ManifestReader::read).map(manifest -> manifest.only(selection));
            if (FactBundle.in(opened.files())) {
                return new FactBundle(files, stated.orElseThrow(() -> FactBundle.nameless(bundle)), selection).read();
            }
            if (!BundleContent.anythingIn(files) && BundleContent.anythingIn(opened.files())) {
                throw BundleProblem.in(bundle, "holds nothing but what is left out", "leave out less");
            }
            if (!BundleContent.anythingIn(files)) {
                throw BundleProblem.in(
                        bundle,
                        stated.isPresent()
                                ? "holds incident.yaml, but no file under raw/ that this version reads"
                                : "holds neither incident.yaml nor a file under raw/",
                        "name a bundle, or put a log into raw/logs/agent/NODE.log");
            }
            return stated.map(manifest -> assemble(files, manifest, read(files, manifest)))
                    .orElseGet(() -> withoutManifest(bundle, files));
        }
    }

    /** Reads twice: the times of the facts tell which clocks are wrong, and when the incident was. */
    private IncidentBundle withoutManifest(Path bundle, BundleFiles files) {
        IncidentManifest anyTime = undeclared(files.name(), ClockCheck.ANY);
        List<Instant> times =
                read(files, anyTime).intake().facts().stream().map(Arranged::at).toList();
        ClockCheck clock = ClockCheck.around(times)
                .orElseThrow(() -> BundleProblem.in(
                        bundle,
                        "holds no fact and no incident.yaml",
                        "check that the files are SPIRE logs or objects"));
        IncidentManifest manifest = undeclared(files.name(), clock);
        return assemble(files, manifest, read(files, manifest));
    }

    private BundleContent read(BundleFiles files, IncidentManifest manifest) {
        return new BundleContent(files, manifest, limits, selection, new RegistrationRules(ignoredNamespaces));
    }

    private static IncidentManifest undeclared(String name, ClockCheck clock) {
        return new IncidentManifest(
                name,
                "",
                DEFAULT_CLUSTER,
                Optional.empty(),
                clock.start(),
                clock.end(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    private IncidentBundle assemble(BundleFiles files, IncidentManifest stated, BundleContent content) {
        List<Arranged> facts = content.intake().facts();
        if (content.intake().allClocksWrong()) {
            throw BundleProblem.in(
                    ManifestReader.FILE,
                    "no fact lies within a day of " + stated.start() + " to " + stated.end(),
                    "correct start and end");
        }
        IncidentManifest manifest = covering(stated, facts);
        if (Duration.between(manifest.start(), manifest.end()).compareTo(LONGEST) > 0) {
            throw BundleProblem.in(
                    ManifestReader.FILE,
                    "the incident lasts from " + manifest.start() + " to " + manifest.end() + ", more than 31 days",
                    "cut out the days that matter");
        }
        List<Publication> ordered = Stream.concat(
                        facts.stream(), content.intake().deadLetters(manifest.start()).stream())
                .sorted()
                .map(Arranged::publication)
                .toList();
        var roster =
                Sources.roster(manifest, new TreeSet<Source>(content.present())).withReader();
        return new IncidentBundle(
                manifest,
                roster,
                new Timeline(ordered, manifest.cluster(), roster, watched(manifest, stated, facts), manifest.end()),
                content.intake().report(content.notUsed()),
                files.text("expected.yaml"));
    }

    /**
     * When the observation began. Where objects were watched, a log tells nothing of it: it holds what was written before,
     * and a node whose clock is behind writes as if it had been.
     */
    private static Instant watched(IncidentManifest manifest, IncidentManifest stated, List<Arranged> facts) {
        return facts.stream()
                .filter(fact -> !fact.ofLog())
                .map(Arranged::at)
                .min(Instant::compareTo)
                .map(first -> first.isBefore(stated.start()) ? first.truncatedTo(ChronoUnit.SECONDS) : stated.start())
                .orElse(manifest.start());
    }

    /** Facts from a little before the start or after the end are facts: the incident is made to last longer. */
    private static IncidentManifest covering(IncidentManifest manifest, List<Arranged> facts) {
        List<Instant> times = new ArrayList<>(facts.stream().map(Arranged::at).toList());
        Instant first = times.stream().min(Instant::compareTo).orElse(manifest.start());
        Instant last = times.stream().max(Instant::compareTo).orElse(manifest.end());
        Instant end = last.truncatedTo(ChronoUnit.SECONDS).equals(last)
                ? last
                : last.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        return manifest.lasting(
                first.isBefore(manifest.start()) ? first.truncatedTo(ChronoUnit.SECONDS) : manifest.start(),
                last.isAfter(manifest.end()) ? end : manifest.end());
    }
}
