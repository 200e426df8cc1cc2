package io.svidflow.resync.actor;

import io.svidflow.event.CollectedEvidence;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationEvidence;
import io.svidflow.resync.scene.Cluster;
import io.svidflow.resync.scene.Scene;
import io.svidflow.resync.scene.SeenPod;
import io.svidflow.resync.scene.UnseenException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Saves what a restart would destroy: the state of the pod, the end of the agent's log, what the server knows. */
public final class EvidenceBag {

    /** Topic that the references point to. */
    private static final String WHERE = "svidflow.remediation-evidence/";

    private static final int LONGEST = 256 * 1024;
    private static final Pattern SECRETS = Pattern.compile(
            "-----BEGIN [^-]+-----.*?(-----END [^-]+-----|\\z)"
                    + "|eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*"
                    + "|(?i)(?<=(token|password|passwd|secret|authorization|api[_-]?key)[\"']?\\s{0,2}[=:]\\s{0,2})\\S+",
            Pattern.DOTALL);

    private final Cluster cluster;

    EvidenceBag(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What was saved; what cannot be had is saved as the reason why. */
    List<RemediationEvidence> of(RemediationCommand command, Scene scene, Instant at) {
        List<RemediationEvidence> all = new ArrayList<>();
        if (command.getAction() == RemediationAction.POKE_REGISTRAR) {
            return all; // destroys nothing
        }
        scene.place().target().ifPresent(pod -> all.add(piece(command, "pod", pod.state(), at)));
        scene.place().agent().ifPresent(agent -> all.add(piece(command, "agent-log", log(agent), at)));
        scene.plane().agent().ifPresent(agent -> all.add(piece(command, "agent-state", agent.state(), at)));
        scene.plane().entry().ifPresent(entry -> all.add(piece(command, "entry", entry.state(), at)));
        return all;
    }

    /** What the result says of a piece. */
    static CollectedEvidence reference(RemediationEvidence piece) {
        return new CollectedEvidence(piece.getKind(), WHERE + key(piece), piece.getDigest(), piece.getAt());
    }

    /** Key of a piece's record. */
    public static String key(RemediationEvidence piece) {
        return piece.getCommandId() + "/" + piece.getAttempt() + "/" + piece.getKind();
    }

    private String log(SeenPod agent) {
        try {
            return cluster.log(agent);
        } catch (UnseenException e) {
            return "[" + e.getMessage() + "]";
        }
    }

    private static RemediationEvidence piece(RemediationCommand command, String kind, String text, Instant at) {
        String open = SECRETS.matcher(text).replaceAll("[removed]");
        String kept = open.length() > LONGEST ? open.substring(open.length() - LONGEST) : open;
        return new RemediationEvidence(
                command.getId(),
                command.getCluster(),
                command.getAttempt(),
                kind,
                at.truncatedTo(ChronoUnit.MICROS),
                kept,
                digest(kept));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
