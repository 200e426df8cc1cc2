package io.svidflow.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why the server's node attestor does not accept an agent. Read from the error that the server gives to the agent; SPIRE
 * puts {@code nodeattestor(NAME):} before what the attestor says (pkg/server/plugin/nodeattestor).
 */
enum AttestRefusal {
    /** The proof was used once already, and the attestor trusts on first use. */
    TOFU,
    /** The token is too old, or was invalidated together with its pod: a new pod gets a new one. */
    EXPIRED,
    /** The token belongs to a pod that the API server does not know under this UID. */
    UID_MISMATCH,
    /** The server cannot ask the Kubernetes API about the token. */
    API_DOWN,
    /** The server's configuration does not admit this agent. */
    CONFIG,
    /** The attestor refuses, in words that are not known. */
    OTHER;

    private static final List<String> FIRST_USE =
            List.of("data has already been used", "token does not exist", "already been used", "join token expired");
    private static final List<String> OLD =
            List.of("token has expired", "token is expired", "has been invalidated", "not authenticated");
    private static final List<String> WRONG_POD = List.of("uid mismatch", "pods \"", "pod not found");
    private static final List<String> FORBIDDEN = List.of("forbidden", "unauthorized");
    private static final List<String> ASKING = List.of("tokenreview api", "k8s api server");
    private static final String TOLD = "response contains an error";
    private static final List<String> ATTESTOR = List.of("nodeattestor(", "failed to attest: join token");
    private static final List<String> USED = List.of("attestation data has already been used");
    private static final List<String> BELOW = List.of("datastore-sql", "datastore-validation");

    /** What the error of a node attestation says; empty where it is no refusal by an attestor. */
    static Optional<AttestRefusal> of(String error) {
        if (error == null) {
            return Optional.empty();
        }
        String text = error.toLowerCase(Locale.ROOT);
        boolean refusal = (any(text, ATTESTOR) || any(text, USED)) && !any(text, BELOW);
        return refusal ? Optional.of(kind(text)) : Optional.empty();
    }

    private static AttestRefusal kind(String text) {
        if (any(text, FIRST_USE)) {
            return TOFU;
        }
        if (any(text, OLD)) {
            return EXPIRED;
        }
        if (any(text, FORBIDDEN)) {
            return CONFIG;
        }
        if (any(text, WRONG_POD)) {
            return UID_MISMATCH;
        }
        if (any(text, ASKING) && !text.contains(TOLD)) {
            return API_DOWN;
        }
        return text.contains("k8s_psat") || text.contains("k8s_sat") ? CONFIG : OTHER;
    }

    private static boolean any(String text, List<String> words) {
        return words.stream().anyMatch(text::contains);
    }
}
