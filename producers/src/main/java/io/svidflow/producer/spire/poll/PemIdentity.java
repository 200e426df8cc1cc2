package io.svidflow.producer.spire.poll;

import io.spiffe.bundle.x509bundle.X509Bundle;
import io.spiffe.exception.BundleNotFoundException;
import io.spiffe.exception.X509BundleException;
import io.spiffe.exception.X509SvidException;
import io.spiffe.spiffeid.TrustDomain;
import io.spiffe.svid.x509svid.X509Svid;
import io.spiffe.workloadapi.X509Source;
import java.nio.file.Path;

/**
 * An admin's SVID in PEM files, as spiffe-helper writes them. They are read again for every connection, so that a renewed
 * SVID is used without a restart.
 */
public final class PemIdentity implements AdminIdentity {

    private final TrustDomain trustDomain;
    private final Path certificate;
    private final Path key;
    private final Path bundle;

    /**
     * @param trustDomain e.g. {@code example.org}
     * @param certificate the SVID with its intermediates
     * @param key its private key, PKCS #8
     * @param bundle certificates of the trust domain's authorities
     * @throws io.spiffe.exception.InvalidSpiffeIdException if that is no trust domain
     */
    public PemIdentity(String trustDomain, Path certificate, Path key, Path bundle) {
        this.trustDomain = TrustDomain.parse(trustDomain);
        this.certificate = certificate;
        this.key = key;
        this.bundle = bundle;
    }

    @Override
    public TrustDomain trustDomain() {
        return trustDomain;
    }

    @Override
    public X509Source source() {
        try {
            return new Read(X509Svid.load(certificate, key), X509Bundle.load(trustDomain, bundle));
        } catch (X509SvidException e) {
            throw new IllegalStateException(
                    "no SVID in " + certificate + " with a key in " + key + ": " + reason(e)
                            + "; see that spiffe-helper runs and writes these files, readable by this process",
                    e);
        } catch (X509BundleException e) {
            throw new IllegalStateException(
                    "no bundle in " + bundle + ": " + reason(e)
                            + "; see that spiffe-helper runs and writes this file, readable by this process",
                    e);
        }
    }

    private static String reason(Exception e) {
        return e.getCause() == null || e.getCause().getMessage() == null
                ? e.getMessage()
                : e.getMessage() + " (" + e.getCause().getMessage() + ")";
    }

    /** What the files held at one time. */
    private record Read(X509Svid svid, X509Bundle bundle) implements X509Source {

        @Override
        public X509Svid getX509Svid() {
            return svid;
        }

        @Override
        public X509Bundle getBundleForTrustDomain(TrustDomain domain) throws BundleNotFoundException {
            return bundle.getBundleForTrustDomain(domain);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
