package io.svidflow.signing;

import io.svidflow.event.RemediationCommand;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says whether a command was signed by somebody whom this actor trusts, and has not been changed since. Several keys may
 * be trusted at once, so that a key can be replaced without a pause.
 */
public final class CommandVerifier {

    private final Map<String, PublicKey> keys;

    /** @param keys trusted Ed25519 keys by id; empty: nothing is trusted */
    public CommandVerifier(Map<String, PublicKey> keys) {
        this.keys = new TreeMap<>(keys);
    }

    /**
     * Trusts the public keys in the {@code .pem} files of a folder; each file's name without {@code .pem} is the id of its
     * key.
     *
     * @throws IllegalArgumentException if the folder cannot be read, or one of the files holds no Ed25519 public key
     */
    public static CommandVerifier from(Path folder) {
        Map<String, PublicKey> keys = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.pem")) {
            for (Path file : files) {
                keys.put(PemKey.id(file), PemKey.publicKey(file));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read the folder of trusted keys " + folder
                            + ": does it exist, and may this process read it?",
                    e);
        }
        return new CommandVerifier(keys);
    }

    /** Why the command is not to be trusted; empty: it is. */
    public Optional<String> problem(RemediationCommand command) {
        if (command.getKeyId() == null || command.getSignature() == null) {
            return Optional.of("it is not signed");
        }
        PublicKey key = keys.get(command.getKeyId());
        if (key == null) {
            return Optional.of("it is signed with key " + command.getKeyId() + ", and only "
                    + (keys.isEmpty() ? "no key" : String.join(", ", keys.keySet())) + " is trusted");
        }
        return matches(command, key)
                ? Optional.empty()
                : Optional.of("its signature with key " + command.getKeyId()
                        + " does not fit: it was changed on its way," + " or signed with another key of that name");
    }

    private static boolean matches(RemediationCommand command, PublicKey key) {
        try {
            Signature signature = Signature.getInstance(PemKey.ALGORITHM);
            signature.initVerify(key);
            signature.update(CommandBytes.of(command));
            return signature.verify(Base64.getDecoder().decode(command.getSignature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false; // not the bytes of a signature
        }
    }
}
