package io.svidflow.producer.spire;

/**
 * The entry that spire-controller-manager creates and deletes every ten minutes to see which fields the server
 * supports. Nobody waits for it.
 */
final class RegistrarProbe {

    private static final String PATH = "/spire-controller-manager/unsupported-fields-test";

    private RegistrarProbe() {}

    /** Whether an entry's SPIFFE ID, null if the line names none, is the probe's. */
    static boolean isOne(String spiffeId) {
        return spiffeId != null && spiffeId.endsWith(PATH);
    }
}
