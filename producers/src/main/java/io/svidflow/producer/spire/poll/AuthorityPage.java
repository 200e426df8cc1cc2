package io.svidflow.producer.spire.poll;

import io.svidflow.event.AuthorityKind;
import io.svidflow.event.AuthorityObserved;
import io.svidflow.event.AuthorityUse;
import io.svidflow.producer.spire.api.JWTKey;
import io.svidflow.producer.spire.api.X509Certificate;
import io.svidflow.producer.spire.api.localauthority.AuthorityState;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The authorities that a server told of at one look: names, uses and times, no certificates and no keys. Not thread-safe.
 */
final class AuthorityPage {

    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    /** An octet string in an octet string, each with one byte of type and one of length. */
    private static final int WRAPPING = 4;

    private final Map<String, AuthorityObserved> authorities = new TreeMap<>();

    /**
     * An X.509 authority of the bundle.
     *
     * @return when it expires
     * @throws CertificateException if it is no certificate
     */
    Instant trusted(X509Certificate authority) throws CertificateException {
        java.security.cert.X509Certificate certificate =
                (java.security.cert.X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(authority.getAsn1().toByteArray()));
        Instant expires = certificate.getNotAfter().toInstant();
        put(AuthorityKind.X509, id(certificate), AuthorityUse.TRUSTED, authority.getTainted(), expires);
        return expires;
    }

    /** A JWT authority of the bundle. */
    void trusted(JWTKey key) {
        put(AuthorityKind.JWT, key.getKeyId(), AuthorityUse.TRUSTED, key.getTainted(), time(key.getExpiresAt()));
    }

    /** What the server itself does with an authority of its own; the last word counts. */
    void own(AuthorityKind kind, AuthorityUse use, AuthorityState state) {
        AuthorityObserved known = authorities.get(key(kind, state.getAuthorityId()));
        // a server remembers an old one that was revoked; it is trusted no more
        boolean revoked = use == AuthorityUse.OLD
                && known == null
                && state.getUpstreamAuthoritySubjectKeyId().isEmpty();
        if (!state.getAuthorityId().isEmpty() && !revoked) {
            boolean tainted = known != null && known.getTainted();
            put(kind, state.getAuthorityId(), use, tainted, time(state.getExpiresAt()));
        }
    }

    Collection<AuthorityObserved> authorities() {
        return authorities.values();
    }

    static String key(AuthorityObserved authority) {
        return key(authority.getKind(), authority.getAuthorityId());
    }

    private static String key(AuthorityKind kind, String id) {
        return kind + " " + id;
    }

    private void put(AuthorityKind kind, String id, AuthorityUse use, boolean tainted, Instant expires) {
        authorities.put(
                key(kind, id),
                AuthorityObserved.newBuilder()
                        .setAuthorityId(id)
                        .setKind(kind)
                        .setUse(use)
                        .setTainted(tainted)
                        .setExpiresAt(expires)
                        .build());
    }

    private static Instant time(long seconds) {
        return seconds > 0 ? Instant.ofEpochSecond(seconds) : null;
    }

    /** As SPIRE's commands name it; where the certificate does not say, as SPIRE would have named it. */
    private static String id(java.security.cert.X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(SUBJECT_KEY_IDENTIFIER);
        byte[] id = extension != null && extension.length > WRAPPING
                ? Arrays.copyOfRange(extension, WRAPPING, extension.length)
                : digest(certificate.getPublicKey().getEncoded());
        return HexFormat.of().formatHex(id);
    }

    private static byte[] digest(byte[] key) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(key);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
