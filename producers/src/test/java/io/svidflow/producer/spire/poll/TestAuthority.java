package io.svidflow.producer.spire.poll;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The CA of a trust domain, made by the JDK's keytool. It signs SVIDs and writes them as spiffe-helper does. */
final class TestAuthority {

    private static final String PASSWORD = "changeit";

    private final Path directory;
    private final Path store;

    TestAuthority(Path directory) throws Exception {
        this.directory = Files.createDirectories(directory);
        this.store = directory.resolve("ca.p12");
        keytool(
                store,
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-dname",
                "CN=ca",
                "-validity",
                "2",
                "-ext",
                "bc:c=ca:true",
                "-ext",
                "ku:c=keyCertSign,cRLSign");
    }

    /** The authority's certificate. */
    byte[] der() throws Exception {
        return certificate(store, "ca").getEncoded();
    }

    Path bundle() throws Exception {
        return pem(
                directory.resolve("bundle.pem"),
                "CERTIFICATE",
                certificate(store, "ca").getEncoded());
    }

    /** An SVID and its key. */
    record Svid(Path certificate, Path key) {}

    Svid svid(String name, String spiffeId) throws Exception {
        Path own = directory.resolve(name + ".p12");
        keytool(own, "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "1");
        byte[] request = keytool(own, "-certreq", "-alias", name);
        Path csr = Files.write(directory.resolve(name + ".csr"), request);
        byte[] signed = keytool(
                store,
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                csr.toString(),
                "-validity",
                "1",
                "-rfc",
                "-ext",
                "san=uri:" + spiffeId,
                "-ext",
                "ku:c=digitalSignature",
                "-ext",
                "eku=serverAuth,clientAuth");
        Path certificate = Files.write(directory.resolve(name + ".pem"), signed);
        Path key = pem(
                directory.resolve(name + ".key.pem"),
                "PRIVATE KEY",
                key(own, name).getEncoded());
        return new Svid(certificate, key);
    }

    private static Path pem(Path file, String type, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }

    private static Certificate certificate(Path store, String alias) throws Exception {
        return open(store).getCertificate(alias);
    }

    private static Key key(Path store, String alias) throws Exception {
        return open(store).getKey(alias, PASSWORD.toCharArray());
    }

    private static KeyStore open(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = new ByteArrayInputStream(Files.readAllBytes(store))) {
            keys.load(bytes, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static byte[] keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] output = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed: " + new String(output, StandardCharsets.UTF_8));
        }
        return output;
    }
}
