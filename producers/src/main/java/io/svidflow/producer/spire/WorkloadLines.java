package io.svidflow.producer.spire;

import io.svidflow.event.PodNamedBy;
import io.svidflow.event.SvidSignal;
import io.svidflow.event.SvidSignalKind;
import io.svidflow.producer.Publication;
import io.svidflow.producer.log.Selectors;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an agent's log says about workloads that ask for an SVID and about the SVIDs that it has signed for them. */
final class WorkloadLines {

    /** Envoy's API reports a refusal as an error of its own. */
    private static final String REFUSED_BY_SDS = "not authorized for the requested identities";

    /** A pod with more selectors than this says nothing of them. */
    private static final int MOST_SELECTORS = 96;

    private static final Pattern ATTESTOR = Pattern.compile("workload ?attestor[ (]\"?([\\w-]+)\"?");

    private final LogFacts facts;
    private final AgentPlace place;
    private final PodProcesses processes;
    private final PodsByPid pods = new PodsByPid();

    WorkloadLines(LogFacts facts, AgentPlace place, PodProcesses processes) {
        this.facts = facts;
        this.place = place;
        this.processes = processes;
    }

    void describe(Phrasebook book) {
        book.exactly("PID attested to have selectors", this::attested)
                .exactly("No identity issued", as(SvidSignalKind.REFUSED))
                .exactly("Error building stream secrets response", this::sdsError)
                .exactly("Error building fetch secrets response", this::sdsError)
                .exactly("Fetched X.509 SVID", this::fetched)
                .exactly("Fetched JWT SVID", this::fetched)
                .exactly("Creating X509-SVID", as(SvidSignalKind.ISSUING))
                // agents before 1.8.5 say so of a first SVID too, which has no expiry yet
                .exactly(
                        "Renewing X509-SVID",
                        line -> signal(SvidSignalKind.ISSUING, line.instant("expires_at"), line.error(), line))
                .exactly("SVID updated", as(SvidSignalKind.ISSUED))
                .exactly("Failed to mint X509 SVID", as(SvidSignalKind.SIGN_FAILED))
                .exactly("Failed to batch new X509 SVID(s)", as(SvidSignalKind.SIGN_FAILED))
                .exactly("SVID sync failed", as(SvidSignalKind.SIGN_FAILED))
                .exactly("Waiting for SVID to get cached", as(SvidSignalKind.WAITING_FOR_SVID))
                .exactly("Workload attestation failed", as(SvidSignalKind.ATTESTATION_FAILED))
                .exactly("Failed to attest the workload", as(SvidSignalKind.ATTESTATION_FAILED))
                .startingWith("Failed to collect all selectors", this::attestorsFailed)
                .startingWith("Timed out collecting selectors", saying(SvidSignalKind.ATTESTATION_FAILED))
                .startingWith("workload attestor \"k8s\" failed", as(SvidSignalKind.ATTESTATION_FAILED))
                // the attestors for docker, unix and others are not how a pod is told
                .startingWith("workload attestor \"", Meaning.NOTHING)
                .startingWith("Unable to get pod list; giving up", as(SvidSignalKind.ATTESTATION_FAILED))
                .startingWith("Container id not found; giving up", saying(SvidSignalKind.ATTESTATION_FAILED))
                .startingWith("Unable to get pod list", as(SvidSignalKind.ATTESTOR_RETRYING))
                .startingWith("Container id not found", saying(SvidSignalKind.ATTESTOR_RETRYING));
    }

    private Meaning as(SvidSignalKind kind) {
        return line -> signal(kind, null, line.error(), line);
    }

    /** The message itself says what went wrong. */
    private Meaning saying(SvidSignalKind kind) {
        return line -> signal(kind, null, line.messageAndError(), line);
    }

    private List<Publication> attested(TimedLine line) {
        Long pid = line.number("pid");
        if (pid != null) {
            pods.attested(pid, line.podUid());
        }
        return signal(SvidSignalKind.ATTESTED, null, line.error(), selectors(line), line);
    }

    /** A line that was cut off tells half of the selectors, and the other half would look missing. */
    private static List<String> selectors(TimedLine line) {
        List<String> selectors = line.field("selectors")
                .filter(text -> text.endsWith("]"))
                .map(text -> Selectors.parse(text).values())
                .orElse(List.of());
        return selectors.size() > MOST_SELECTORS ? List.of() : selectors;
    }

    private List<Publication> fetched(TimedLine line) {
        return line.field("service").orElse("WorkloadAPI").equals("WorkloadAPI")
                ? signal(SvidSignalKind.FETCHED, line.secondsAhead("ttl"), line.error(), line)
                : List.of();
    }

    private List<Publication> sdsError(TimedLine line) {
        return line.errorOrMessage().toLowerCase(Locale.ROOT).contains(REFUSED_BY_SDS)
                ? signal(SvidSignalKind.REFUSED, null, line.error(), line)
                : List.of();
    }

    /** Some attestors failed; that matters unless the error names only ones that do not tell pods. */
    private List<Publication> attestorsFailed(TimedLine line) {
        List<String> attestors = ATTESTOR.matcher(line.errorOrMessage())
                .results()
                .map(match -> match.group(1))
                .toList();
        return attestors.isEmpty() || attestors.contains("k8s")
                ? signal(SvidSignalKind.ATTESTATION_FAILED, null, line.error(), line)
                : List.of();
    }

    private List<Publication> signal(SvidSignalKind kind, Instant expiresAt, String error, TimedLine line) {
        return signal(kind, expiresAt, error, List.of(), line);
    }

    private List<Publication> signal(
            SvidSignalKind kind, Instant expiresAt, String error, List<String> selectors, TimedLine line) {
        SvidSignal.Builder builder = SvidSignal.newBuilder()
                .setKind(kind)
                .setPid(line.number("pid"))
                .setPodUid(line.podUid())
                .setEntryId(line.firstOf("entry_id", "entry"))
                .setSpiffeId(line.firstOf("spiffe_id"))
                .setMethod(line.firstOf("method"))
                .setExpiresAt(expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS))
                .setError(error)
                .setSelectors(selectors);
        SvidSignal said = builder.build();
        return List.of(facts.svid(place, said, withPod(builder, said, line.at()), line));
    }

    /** With the pod of the process that the line names: a part of the fact, but not of what the fact is known by. */
    private SvidSignal withPod(SvidSignal.Builder builder, SvidSignal said, Instant at) {
        Long pid = said.getPid();
        if (said.getPodUid() != null || pid == null) {
            return said;
        }
        String attested = pods.podOf(pid);
        if (attested != null) {
            return builder.setPodUid(attested)
                    .setPodNamedBy(PodNamedBy.ATTESTATION)
                    .build();
        }
        // other lines are proof of what the attestors told; which pod a process runs in is none
        Optional<String> running =
                said.getKind() == SvidSignalKind.REFUSED ? processes.podOf(pid, at) : Optional.empty();
        return running.map(pod ->
                        builder.setPodUid(pod).setPodNamedBy(PodNamedBy.PROCESS).build())
                .orElse(said);
    }
}
