package io.svidflow.producer.layout;

import java.time.Duration;

/**
 * An agent that the server lists.
 *
 * @param id its SPIFFE ID
 * @param node its node; null where its selectors do not say
 * @param version its version, where the server tells (1.14.3 and later); null otherwise
 * @param lifetime the longest time to the expiry of its SVID that was seen: the agent's TTL, or less
 */
public record AttestedAgent(String id, String node, String version, Duration lifetime) {}
