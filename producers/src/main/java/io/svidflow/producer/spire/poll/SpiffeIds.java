package io.svidflow.producer.spire.poll;

import io.svidflow.producer.spire.api.SPIFFEID;

/** SPIFFE IDs as SPIRE's API takes them and as people write them. */
final class SpiffeIds {

    private static final String SCHEME = "spiffe://";

    private SpiffeIds() {}

    /** @return empty text for an id that is not set */
    static String text(SPIFFEID id) {
        return id.getTrustDomain().isEmpty() ? "" : SCHEME + id.getTrustDomain() + id.getPath();
    }

    /** @param text as {@link #text} writes it */
    static SPIFFEID parse(String text) {
        String rest = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        int slash = rest.indexOf('/');
        return slash < 0
                ? SPIFFEID.newBuilder().setTrustDomain(rest).build()
                : SPIFFEID.newBuilder()
                        .setTrustDomain(rest.substring(0, slash))
                        .setPath(rest.substring(slash))
                        .build();
    }
}
