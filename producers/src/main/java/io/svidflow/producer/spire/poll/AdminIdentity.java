package io.svidflow.producer.spire.poll;

import io.spiffe.spiffeid.TrustDomain;
import io.spiffe.workloadapi.X509Source;

/** The SVID of an admin of the SPIRE server, and the bundle by which the server itself is verified. */
public interface AdminIdentity {

    /** The trust domain of both. */
    TrustDomain trustDomain();

    /**
     * The SVID and the bundle as they are now.
     *
     * @throws IllegalStateException if there is none: why, and the remedy. Keys are never part of the text.
     */
    X509Source source();
}
