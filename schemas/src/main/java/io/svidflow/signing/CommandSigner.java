package io.svidflow.signing;

import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationRun;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Objects;

/** Signs commands with the decider's Ed25519 key. The key is never shown: not in logs, not in {@link #toString()}. */
public final class CommandSigner {

    private final String keyId;
    private final PrivateKey key;

    /**
     * @param keyId by which actors find the public key that fits
     * @param key an Ed25519 key
     */
    public CommandSigner(String keyId, PrivateKey key) {
        this.keyId = Objects.requireNonNull(keyId, "keyId");
        this.key = Objects.requireNonNull(key, "key");
    }

    /**
     * Reads the key from a PEM file; the name of the file without {@code .pem} is the key's id.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds no Ed25519 private key
     */
    public static CommandSigner from(Path file) {
        return new CommandSigner(PemKey.id(file), PemKey.privateKey(file));
    }

    /** By which actors find the public key. */
    public String keyId() {
        return keyId;
    }

    /**
     * The command with key id and signature.
     *
     * @throws IllegalArgumentException if it is not in earnest: a replay or a test is never signed
     */
    public RemediationCommand sign(RemediationCommand command) {
        if (command.getRun() != RemediationRun.LIVE) {
            throw new IllegalArgumentException("command " + command.getId() + " says run " + command.getRun()
                    + ": only what a running installation decides is signed");
        }
        try {
            Signature signature = Signature.getInstance(PemKey.ALGORITHM);
            signature.initSign(key);
            signature.update(CommandBytes.of(command));
            return RemediationCommand.newBuilder(command)
                    .setKeyId(keyId)
                    .setSignature(Base64.getEncoder().encodeToString(signature.sign()))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with key " + keyId, e);
        }
    }

    @Override
    public String toString() {
        return "signer with key " + keyId;
    }
}
