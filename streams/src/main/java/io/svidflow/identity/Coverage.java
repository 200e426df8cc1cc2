package io.svidflow.identity;

import java.time.Instant;
import java.util.List;

/**
 * What can be seen of a node at the moment: an absence means something only where somebody looks.
 *
 * @param since since when Kubernetes has been watched without a break; null: it is not
 * @param entries registration entries are listed
 * @param issuance signatures are visible in the agent's log; the server's audit log may show them as well
 * @param blind a source that the chain needs has fallen silent
 * @param unbrokenSince since when every source has been heard of without a break; null: not known
 * @param sources kinds of sources that watch this node alone, e.g. {@code agent-log}
 */
public record Coverage(
        Instant since, boolean entries, boolean issuance, boolean blind, List<String> sources, Instant unbrokenSince) {

    public Coverage {
        sources = List.copyOf(sources);
    }

    public Coverage(Instant since, boolean entries, boolean issuance, boolean blind, List<String> sources) {
        this(since, entries, issuance, blind, sources, since);
    }

    public Coverage(Instant since, boolean entries, boolean issuance, boolean blind) {
        this(since, entries, issuance, blind, List.of());
    }
}
