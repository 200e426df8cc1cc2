package io.svidflow.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 keys in PEM files, as {@code openssl genpkey -algorithm ed25519} writes them. No message quotes a file. */
final class PemKey {

    static final String ALGORITHM = "Ed25519";

    private static final String SUFFIX = ".pem";

    private PemKey() {}

    /** Id of the key in a file: the file's name without {@code .pem}. */
    static String id(Path file) {
        String name = file.getFileName().toString();
        String id = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        if (id.isBlank()) {
            throw new IllegalArgumentException("key file " + file + " has no name before .pem, which is the key's id");
        }
        return id;
    }

    static PrivateKey privateKey(Path file) {
        byte[] bytes = block(file, "PRIVATE KEY", "openssl genpkey -algorithm ed25519 -out " + file);
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " holds a private key, but not of Ed25519", withoutContent(e));
        }
    }

    static PublicKey publicKey(Path file) {
        byte[] bytes = block(file, "PUBLIC KEY", "openssl pkey -in PRIVATE.pem -pubout -out " + file);
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " holds a public key, but not of Ed25519", withoutContent(e));
        }
    }

    private static byte[] block(Path file, String kind, String remedy) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read key file " + file + ": does it exist, and may this process read it?",
                    withoutContent(e));
        }
        String begin = "-----BEGIN " + kind + "-----";
        String end = "-----END " + kind + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "key file " + file + " has no block \"" + begin + "\"; write one with: " + remedy);
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the block \"" + begin + "\" of key file " + file + " is not base64");
        }
    }

    /** The kind of the error, without a message that might quote what was read. */
    private static Exception withoutContent(Exception e) {
        return new IllegalStateException(e.getClass().getSimpleName());
    }
}
