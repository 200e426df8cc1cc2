package io.svidflow.cli.act;

import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import io.svidflow.event.RemediationRun;
import io.svidflow.remediation.Limits;
import io.svidflow.remediation.Mode;
import io.svidflow.remediation.Modes;
import io.svidflow.remediation.Policy;
import io.svidflow.signing.CommandSigner;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far remediation may go. Where nothing is said it observes.
 *
 * @param signer signs commands; empty: there is no key, and nothing can be carried out
 */
public record RemediationSettings(Policy policy, Optional<CommandSigner> signer) {

    private static final String REMEDY = "openssl genpkey -algorithm ed25519 -out decider-1.pem writes a key";
    private static final Key<List<String>> MODES = Key.optional(
            "remediation.modes",
            Form.LIST,
            "REGISTRAR_LAG=suggest, AGENT_SYNC_BACKOFF/shop=act",
            "How far streams may go: CAUSE=mode, CAUSE/namespace=mode or cluster:CAUSE=mode, where mode is observe, suggest"
                    + " (an operator approves) or act; * stands for every cause, but not with act. Left out: observe"
                    + " everything. Operators change it with svidflow mode.");
    private static final Key<Path> SIGNING_KEY = Key.optional(
            "remediation.signing-key",
            Form.PATH,
            "/etc/svidflow/decider-1.pem",
            "PEM file with the Ed25519 key that streams sign commands with; its name without .pem is the key's id. Without"
                    + " it no command is ever carried out.");
    private static final Key<List<String>> PROTECTED = Key.optional(
            "remediation.protected-namespaces",
            Form.LIST,
            "payments",
            "Namespaces in which no pod is ever restarted, beside those of Kubernetes and SPIRE.");

    /** Keys that are read here. */
    public static List<Key<?>> keys() {
        return List.of(MODES, SIGNING_KEY, PROTECTED);
    }

    /** Reads them; what is wrong is noted, and what is returned then observes. */
    public static RemediationSettings read(Section all) {
        Modes modes = modes(all);
        Optional<Path> key = all.find(SIGNING_KEY);
        boolean acts = modes.rules().stream().anyMatch(rule -> rule.mode() != Mode.OBSERVE);
        if (acts && key.isEmpty()) {
            all.problem(SIGNING_KEY, "is not set, but " + MODES.path() + " wants more than to observe", REMEDY);
        }
        Optional<CommandSigner> signer = key.flatMap(file -> signer(all, file));
        Set<String> namespaces = protectedNamespaces(all);
        return new RemediationSettings(
                new Policy(RemediationRun.LIVE, modes, Limits.defaults(), namespaces, signer.isPresent(), List.of()),
                signer);
    }

    /** Namespaces in which no pod is ever restarted. */
    static Set<String> protectedNamespaces(Section all) {
        Set<String> namespaces = new TreeSet<>(Policy.PROTECTED);
        namespaces.addAll(all.find(PROTECTED).orElse(List.of()));
        return namespaces;
    }

    private static Modes modes(Section all) {
        Optional<List<String>> rules = all.find(MODES);
        if (rules.isPresent() && rules.get().isEmpty()) {
            all.problem(MODES, "is set, but empty", "leave it out to observe, or name causes: REGISTRAR_LAG=suggest");
        }
        try {
            return rules.map(list -> Modes.parse(String.join(",", list))).orElse(Modes.OBSERVING);
        } catch (IllegalArgumentException e) {
            all.problem(MODES, "cannot be read: " + e.getMessage(), "svidflow runbook lists the causes");
            return Modes.OBSERVING;
        }
    }

    private static Optional<CommandSigner> signer(Section all, Path file) {
        try {
            return Optional.of(CommandSigner.from(file));
        } catch (IllegalArgumentException e) {
            all.problem(SIGNING_KEY, e.getMessage(), REMEDY);
            return Optional.empty();
        }
    }
}
