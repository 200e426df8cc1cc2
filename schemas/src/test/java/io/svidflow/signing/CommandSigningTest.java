package io.svidflow.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationRun;
import io.svidflow.serde.SampleRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandSigningTest {

    private static final RemediationCommand COMMAND = RemediationCommand.newBuilder(
                    SampleRecords.of(RemediationCommand.class))
            .setRun(RemediationRun.LIVE)
            .setKeyId(null)
            .setSignature(null)
            .build();

    private final KeyPair keys = keys("Ed25519");
    private final CommandSigner signer = new CommandSigner("decider-1", keys.getPrivate());
    private final CommandVerifier verifier = new CommandVerifier(Map.of("decider-1", keys.getPublic()));

    @TempDir
    Path folder;

    @Test
    void shouldTrustWhatATrustedKeySigned() {
        RemediationCommand signed = signer.sign(COMMAND);

        assertThat(signed.getKeyId()).isEqualTo("decider-1");
        assertThat(verifier.problem(signed)).isEmpty();
    }

    @Test
    void shouldTrustACommandThatTravelled() {
        RemediationCommand signed = signer.sign(COMMAND);
        RemediationCommand read =
                (RemediationCommand) SampleRecords.read(signed.getSchema(), SampleRecords.write(signed));

        assertThat(verifier.problem(read)).isEmpty();
    }

    @Test
    void shouldCoverEveryFieldOfTheSchema() {
        Set<String> covered = new HashSet<>(CommandBytes.SIGNED);
        covered.addAll(CommandBytes.UNSIGNED);

        assertThat(RemediationCommand.getClassSchema().getFields())
                .as("a new field needs a new format of the signed bytes")
                .extracting(Schema.Field::name)
                .containsExactlyInAnyOrderElementsOf(covered);
    }

    @Test
    void shouldNotTrustACommandOfWhichAnyFieldWasChanged() {
        RemediationCommand signed = signer.sign(COMMAND);
        List<String> trusted = new ArrayList<>();
        for (Schema.Field field : signed.getSchema().getFields()) {
            RemediationCommand changed = RemediationCommand.newBuilder(signed).build();
            Object value = changed.get(field.pos());
            changed.put(field.pos(), Changed.of(value));
            if (verifier.problem(changed).isEmpty()) {
                trusted.add(field.name());
            }
        }

        assertThat(trusted).isEmpty();
    }

    @Test
    void shouldNotConfuseTextThatMovedToTheNextField() {
        RemediationCommand one = RemediationCommand.newBuilder(COMMAND)
                .setNamespace("ab")
                .setPod("c")
                .build();
        RemediationCommand other = RemediationCommand.newBuilder(COMMAND)
                .setNamespace("a")
                .setPod("bc")
                .build();

        assertThat(Arrays.equals(CommandBytes.of(one), CommandBytes.of(other))).isFalse();
    }

    @Test
    void shouldNotTrustWhatIsNotSignedOrSignedByAStranger() {
        CommandSigner stranger = new CommandSigner("stranger", keys("Ed25519").getPrivate());
        CommandSigner impostor = new CommandSigner("decider-1", keys("Ed25519").getPrivate());

        assertThat(verifier.problem(COMMAND)).hasValue("it is not signed");
        assertThat(verifier.problem(stranger.sign(COMMAND)))
                .hasValue("it is signed with key stranger, and only decider-1 is trusted");
        assertThat(verifier.problem(impostor.sign(COMMAND)).orElseThrow()).contains("does not fit");
        assertThat(verifier.problem(RemediationCommand.newBuilder(signer.sign(COMMAND))
                        .setSignature("no base64!")
                        .build()))
                .isPresent();
    }

    @Test
    void shouldSignNothingThatIsNotInEarnest() {
        RemediationCommand replayed = RemediationCommand.newBuilder(COMMAND)
                .setRun(RemediationRun.REPLAY)
                .build();

        assertThatThrownBy(() -> signer.sign(replayed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("run REPLAY");
    }

    @Test
    void shouldReadKeysFromPemFilesNamedAfterTheirId() throws IOException {
        Path secret = pem("decider-7.pem", "PRIVATE KEY", keys.getPrivate().getEncoded());
        Path trusted = Files.createDirectory(folder.resolve("trusted"));
        Files.move(pem("public.pem", "PUBLIC KEY", keys.getPublic().getEncoded()), trusted.resolve("decider-7.pem"));

        RemediationCommand signed = CommandSigner.from(secret).sign(COMMAND);

        assertThat(signed.getKeyId()).isEqualTo("decider-7");
        assertThat(CommandVerifier.from(trusted).problem(signed)).isEmpty();
    }

    @Test
    void shouldNameTheFileAndTheRemedyButNeverTheContentOfABadKey() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.pem"), "secret stuff", StandardCharsets.US_ASCII);
        Path other = pem("other.pem", "PRIVATE KEY", keys("X25519").getPrivate().getEncoded());

        assertThatThrownBy(() -> CommandSigner.from(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bad.pem")
                .hasMessageContaining("openssl genpkey")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> CommandSigner.from(other))
                .hasMessageContaining("not of Ed25519")
                .rootCause()
                .hasMessage("InvalidKeySpecException");
        assertThatThrownBy(() -> CommandSigner.from(folder.resolve("absent.pem")))
                .hasMessageContaining("does it exist");
        assertThatThrownBy(() -> CommandVerifier.from(folder.resolve("absent"))).hasMessageContaining("does it exist");
        assertThat(signer).hasToString("signer with key decider-1");
    }

    private Path pem(String name, String kind, byte[] der) throws IOException {
        String text = "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END "
                + kind + "-----\n";
        return Files.writeString(folder.resolve(name), text, StandardCharsets.US_ASCII);
    }

    private static KeyPair keys(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
