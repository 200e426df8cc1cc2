package io.svidflow.identity;

import io.svidflow.event.SvidSignal;
import io.svidflow.event.SvidSignalKind;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a line about fetching or issuing an SVID means for the node, for the pod that asked, and for the entry. */
final class Signals {

    /** Lines that a request leaves behind. */
    private static final Set<SvidSignalKind> ASKED = EnumSet.of(
            SvidSignalKind.REFUSED,
            SvidSignalKind.ATTESTED,
            SvidSignalKind.FETCHED,
            SvidSignalKind.ATTESTATION_FAILED,
            SvidSignalKind.ATTESTOR_RETRYING);

    private Signals() {}

    static NodeRecord apply(NodeRecord node, SvidSignal signal, Instant at) {
        boolean stranger = ASKED.contains(signal.getKind()) && signal.getPodUid() == null;
        return meaning(stranger ? node.stranger(at, signal.getPid()) : node, signal, at);
    }

    private static NodeRecord meaning(NodeRecord node, SvidSignal signal, Instant at) {
        return switch (signal.getKind()) {
            case REFUSED ->
                signal.getPodUid() == null
                        ? node.with(node.process().refused(at, signal.getPid()))
                        : node.with(node.process().alive(at));
            case ATTESTED, FETCHED ->
                signal.getPodUid() == null
                        ? node.with(node.process().alive(at))
                        : node.with(node.process().alive(at)).attested(at, signal.getPodUid(), signal.getPid());
            case ATTESTATION_FAILED, ATTESTOR_RETRYING ->
                node.with(node.process().alive(at)).attestationFailed(at, signal);
            case ISSUING -> node.synchronised(at);
            case ISSUED -> node.synchronised(at).with(node.signing().signed(at));
            case SIGN_FAILED ->
                ofOneEntry(signal) ? node : node.with(node.signing().failed(at, signal.getError()));
            case WAITING_FOR_SVID -> node.with(node.process().alive(at));
            case UNKNOWN -> node;
        };
    }

    /** An entry that the server does not grant the agent, because it has just gone, say, tells nothing of the others. */
    private static boolean ofOneEntry(SvidSignal signal) {
        return signal.getError() != null
                && signal.getError().toLowerCase(Locale.ROOT).contains("not found or not authorized");
    }

    /** @param agentStarted last start of the agent; null: not known */
    static RequestHistory apply(RequestHistory requests, SvidSignal signal, Instant at, Instant agentStarted) {
        return switch (signal.getKind()) {
            case REFUSED, ATTESTED, ATTESTATION_FAILED, ATTESTOR_RETRYING -> requests.asked(at);
            case FETCHED -> requests.fetched(at, agentStarted);
            case ISSUING, ISSUED, SIGN_FAILED, WAITING_FOR_SVID, UNKNOWN -> requests;
        };
    }

    static FetchHistory apply(FetchHistory fetches, SvidSignal signal, Instant at, String fact) {
        return switch (signal.getKind()) {
            case REFUSED -> fetches.refused(at, fact);
            case ATTESTED -> fetches.attested(at);
            case FETCHED -> fetches.fetched(at, signal.getExpiresAt(), fact);
            case ATTESTATION_FAILED -> fetches.attestationFailed(at, signal.getError(), fact);
            case ATTESTOR_RETRYING -> fetches.attestorRetrying(at, signal.getError(), fact);
            case ISSUING, ISSUED, SIGN_FAILED, WAITING_FOR_SVID, UNKNOWN -> fetches;
        };
    }

    static EntryIssuance apply(EntryIssuance entry, SvidSignal signal, Instant at, String fact) {
        return switch (signal.getKind()) {
            case ISSUING -> entry.issuing(at);
            case ISSUED -> entry.issued(at, signal.getExpiresAt(), fact);
            default -> entry;
        };
    }
}
