package io.svidflow.identity;

import java.time.Instant;

/**
 * What can be seen of a node at the moment: an absence means something only where somebody looks.
 *
 * @param since since when Kubernetes has been watched without a break; null: it is not
 * @param entries registration entries are listed
 * @param issuance signatures are visible, in the agent's log or in the server's audit log
 * @param blind a source that the chain needs has fallen silent
 */
public record Coverage(Instant since, boolean entries, boolean issuance, boolean blind) {}
