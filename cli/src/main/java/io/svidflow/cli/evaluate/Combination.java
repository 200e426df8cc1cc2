package io.svidflow.cli.evaluate;

import io.svidflow.producer.bundle.BundlePart;
import io.svidflow.producer.bundle.Selection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What somebody may have collected, less than everything. */
public enum Combination {
    /** All that the bundle holds. */
    EVERYTHING("everything"),
    /** What SPIRE writes by default. */
    NO_AUDIT_NO_DEBUG("info level, no audit log", BundlePart.AUDIT, BundlePart.DEBUG),
    /** Kubernetes and logs: nobody may ask SPIRE. */
    NO_API("no SPIRE API", BundlePart.SPIRE_SERVER, BundlePart.AGENTS, BundlePart.AGENT_DEBUG),
    /** Logs that somebody sent. */
    LOGS_ONLY("logs only", BundlePart.KUBERNETES, BundlePart.SPIRE_SERVER, BundlePart.AGENTS, BundlePart.AGENT_DEBUG),
    /** Nobody knows that there is SPIRE. */
    KUBERNETES_ONLY(
            "Kubernetes only",
            BundlePart.SPIRE_SERVER,
            BundlePart.AGENTS,
            BundlePart.AGENT_DEBUG,
            BundlePart.AGENT_LOG,
            BundlePart.SERVER_LOG,
            BundlePart.CONTROLLER_MANAGER_LOG),
    /** Nothing but listings of entries. */
    ENTRIES_ONLY(
            "entries only",
            BundlePart.KUBERNETES,
            BundlePart.AGENTS,
            BundlePart.AGENT_DEBUG,
            BundlePart.AGENT_LOG,
            BundlePart.SERVER_LOG,
            BundlePart.CONTROLLER_MANAGER_LOG),
    /** The agents' logs are not shipped. */
    NO_AGENT_LOG("no agent log", BundlePart.AGENT_LOG),
    /** The agents' logs are shipped, and tell nothing but errors. */
    AGENT_ERRORS_ONLY("agents at level error", BundlePart.AGENT_INFO),
    /** The servers' logs are not shipped, and with them the audit log. */
    NO_SERVER_LOG("no server log", BundlePart.SERVER_LOG),
    /** The log of spire-controller-manager is not shipped. */
    NO_CONTROLLER_MANAGER_LOG("no controller-manager log", BundlePart.CONTROLLER_MANAGER_LOG);

    private final String title;
    private final Set<BundlePart> without;

    Combination(String title, BundlePart... without) {
        this.title = title;
        this.without = EnumSet.noneOf(BundlePart.class);
        this.without.addAll(List.of(without));
    }

    /** Its name in a file, e.g. {@code no-api}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** What is left of a bundle. */
    public Selection selection() {
        return Selection.without(without);
    }
}
