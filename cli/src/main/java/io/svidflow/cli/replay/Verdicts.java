package io.svidflow.cli.replay;

import io.svidflow.cli.report.FactCount;
import io.svidflow.cli.report.IncidentSummary;
import io.svidflow.cli.report.Refusal;
import io.svidflow.cli.report.Verdict;
import io.svidflow.diagnosis.TellingSources;
import io.svidflow.event.AgentEvent;
import io.svidflow.event.EntryEvent;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Evidence;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.Origin;
import io.svidflow.event.PodEvent;
import io.svidflow.event.RemediationRefusal;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.event.SvidFetchEvent;
import io.svidflow.producer.Publication;
import io.svidflow.producer.bundle.IncidentBundle;
import io.svidflow.producer.bundle.IncidentManifest;
import io.svidflow.producer.bundle.ReadReport;
import io.svidflow.unreported.Explanation;
import io.svidflow.unreported.PodStory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Puts together what a bundle says and what was concluded from it. */
public final class Verdicts {

    private Verdicts() {}

    /** Replays a bundle. */
    public static Verdict replay(IncidentBundle bundle) {
        try (Replay replay = Replay.of(bundle.manifest())) {
            return of(bundle, replay.play(bundle.publications()));
        }
    }

    /** Replays a bundle as if svidflow had been allowed to act on everything that it can act on. */
    public static Conclusions rehearse(IncidentBundle bundle) {
        try (Replay replay = Replay.rehearsing(bundle.manifest())) {
            return replay.play(bundle.publications());
        }
    }

    /** Replays a bundle and keeps what is not reported, with the reasons. */
    public static Explained explain(IncidentBundle bundle) {
        try (Replay replay = Replay.of(bundle.manifest())) {
            Conclusions conclusions = replay.play(bundle.publications());
            List<Object> facts = new ArrayList<>();
            bundle.publications().forEach(publication -> facts.add(publication.value()));
            return new Explained(
                    of(bundle, conclusions),
                    Explanation.of(
                            bundle.manifest().start(),
                            conclusions.firstStage(),
                            facts,
                            conclusions.findings(),
                            conclusions.incidents()),
                    PodStory.of(conclusions.firstStage()));
        }
    }

    /** The verdict on a bundle. */
    public static Verdict of(IncidentBundle bundle, Conclusions conclusions) {
        ReadReport report = bundle.report();
        return new Verdict(
                summary(bundle.manifest()),
                conclusions.findings(),
                conclusions.incidents(),
                conclusions.commands(),
                conclusions.remediations(),
                conclusions.refusals().stream().map(Verdicts::refusal).toList(),
                new FactCount(
                        report.factsBySource(),
                        report.deadLettered().count(),
                        report.unknown().count(),
                        notCollected(bundle)),
                origins(bundle.publications(), conclusions));
    }

    private static Refusal refusal(RemediationRefusal refusal) {
        return new Refusal(
                refusal.getAt(),
                refusal.getCause(),
                refusal.getAction().name(),
                refusal.getPod() == null ? null : refusal.getNamespace() + "/" + refusal.getPod(),
                refusal.getRefusal().getGuard(),
                refusal.getRefusal().getBecause());
    }

    private static IncidentSummary summary(IncidentManifest manifest) {
        return new IncidentSummary(
                manifest.id(),
                manifest.title(),
                manifest.cluster(),
                manifest.trustDomain().orElse(null),
                manifest.spireVersion().orElse(null),
                manifest.start(),
                manifest.end(),
                testWindow(manifest));
    }

    /** Setting testWindow, e.g. 90s, 10m or 1h: how long the people of the incident waited. */
    private static Duration testWindow(IncidentManifest manifest) {
        return AgentSettings.duration(manifest, "testWindow").orElse(null);
    }

    private static List<String> notCollected(IncidentBundle bundle) {
        Set<String> kinds = new HashSet<>();
        bundle.roster().sources().forEach(source -> kinds.add(source.kind().label()));
        for (Publication publication : bundle.publications()) {
            if (publication.value() instanceof ServerEvent event
                    && event.getBody() instanceof ServerSignal signal
                    && signal.getKind() == ServerSignalKind.DATASTORE_ANSWERED) {
                kinds.add(TellingSources.AUDIT);
                break;
            }
        }
        return TellingSources.missing(kinds, List.of());
    }

    /** Where the facts that somebody refers to were read. */
    private static Map<String, Origin> origins(Iterable<Publication> publications, Conclusions conclusions) {
        Set<String> wanted = new HashSet<>();
        Stream.concat(
                        conclusions.findings().stream().map(Finding::getEvidence),
                        conclusions.incidents().stream().map(Incident::getEvidence))
                .flatMap(List::stream)
                .map(Evidence::getRef)
                .filter(ref -> ref != null)
                .forEach(wanted::add);
        Map<String, Origin> origins = new HashMap<>();
        for (Publication publication : publications) {
            EventHeader header = header(publication);
            if (header != null && wanted.contains(header.getId())) {
                origins.put(header.getId(), header.getOrigin());
            }
        }
        return origins;
    }

    private static EventHeader header(Publication publication) {
        Object value = publication.value();
        if (value instanceof SvidFetchEvent event) {
            return event.getHeader();
        }
        if (value instanceof AgentEvent event) {
            return event.getHeader();
        }
        if (value instanceof PodEvent event) {
            return event.getHeader();
        }
        if (value instanceof EntryEvent event) {
            return event.getHeader();
        }
        if (value instanceof NodeEvent event) {
            return event.getHeader();
        }
        return value instanceof ServerEvent event ? event.getHeader() : null;
    }
}
