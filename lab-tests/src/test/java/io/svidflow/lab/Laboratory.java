package io.svidflow.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The laboratory of {@code lab/}, started as anybody would start it. */
final class Laboratory implements AutoCloseable {

    private static final Path ROOT =
            Path.of(System.getProperty("svidflow.root", "..")).toAbsolutePath().normalize();
    private static final String PROGRAM = ROOT.resolve("lab/svidflow-lab").toString();

    private final Process up;

    private Laboratory(Process up) {
        this.up = up;
    }

    /** Where it keeps everything. */
    static Path home() {
        return Path.of(Optional.ofNullable(System.getenv("SVIDFLOW_LAB_DIR")).orElse("/var/tmp/svidflow-lab"));
    }

    /** Its files while it runs. */
    static Path run() {
        return home().resolve("run");
    }

    /**
     * The configuration with which svidflow observes it.
     *
     * @param folder where a copy is put that has the paths of this laboratory
     */
    static Path configuration(Path folder) throws IOException {
        String usual = Files.readString(ROOT.resolve("lab/svidflow.yaml"));
        return Files.writeString(
                folder.resolve("svidflow.yaml"), usual.replace("/var/tmp/svidflow-lab", home().toString()));
    }

    /** Why none can be started here; empty if one can. */
    static Optional<String> missing() {
        List<String> programs = List.of(
                "etcd",
                "kube-apiserver",
                "kube-controller-manager",
                "kube-scheduler",
                "kubectl",
                "spire-server-" + version("SPIRE"),
                "spire-agent-" + version("SPIRE"),
                "spire-controller-manager");
        return programs.stream()
                .map(program -> home().resolve("bin").resolve(program))
                .filter(program -> !Files.isExecutable(program))
                .findFirst()
                .map(program -> program + " is missing: lab/build makes it")
                .or(() -> System.getProperty("user.name").equals("root")
                        ? Optional.empty()
                        : Optional.of("it needs root, for control groups and to run PostgreSQL as its own user"));
    }

    /** Starts it and returns when every workload has its identity. */
    static Laboratory start() throws IOException, InterruptedException {
        Path log = Path.of(System.getProperty("svidflow.lab.out", "target/lab")).resolve("laboratory.log");
        Files.createDirectories(log.toAbsolutePath().getParent());
        Process up = new ProcessBuilder(PROGRAM, "up")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Laboratory laboratory = new Laboratory(up);
        try {
            laboratory.awaitIdentities();
        } catch (IOException e) {
            laboratory.close();
            throw new IOException(e.getMessage() + "; see " + log + " and " + run(), e);
        }
        return laboratory;
    }

    /** Breaks something, see {@code svidflow-lab fault --help}. */
    void fault(String... words) throws IOException, InterruptedException {
        List<String> order = new ArrayList<>(List.of("fault"));
        order.addAll(List.of(words));
        tell(order.toArray(String[]::new));
    }

    /** Returns when every workload has its identity. */
    void awaitIdentities() throws IOException, InterruptedException {
        tell("wait", "--seconds", "300");
    }

    /** Records raw material until the recording is closed. */
    Recording record(Path folder) throws IOException {
        return new Recording(new ProcessBuilder(PROGRAM, "record", folder.toString())
                .inheritIO()
                .start());
    }

    /** Adds what a manifest among the tests' resources describes. */
    void apply(String manifest) throws IOException, InterruptedException {
        URL file = Laboratory.class.getResource("/" + manifest);
        kubectl("apply", "-f", file.getPath());
    }

    /** What kubectl answers. */
    String kubectl(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                home().resolve("bin/kubectl").toString(),
                "--kubeconfig",
                run().resolve("kubeconfig").toString()));
        command.addAll(List.of(words));
        return run(command);
    }

    /** Bans the agent of a node, as an operator does who has lost trust in it. */
    void ban(String node) throws IOException, InterruptedException {
        String uid =
                kubectl("get", "node", node, "-o", "jsonpath={.metadata.uid}").strip();
        run(List.of(
                home().resolve("bin/spire-server-" + version("SPIRE")).toString(),
                "agent",
                "ban",
                "-socketPath",
                run().resolve("server/api.sock").toString(),
                "-spiffeID",
                "spiffe://lab.example/spire/agent/k8s_psat/lab/" + uid));
    }

    /** The agent's pod on a node, as {@code pod/NAME}. */
    String agent(String node) throws IOException, InterruptedException {
        return kubectl(
                        "-n",
                        "spire",
                        "get",
                        "pods",
                        "-l",
                        "app=spire-agent",
                        "-o",
                        "name",
                        "--field-selector",
                        "spec.nodeName=" + node)
                .strip();
    }

    /** UIDs of the pods with a label. */
    List<String> uids(String namespace, String label) throws IOException, InterruptedException {
        String all = kubectl("-n", namespace, "get", "pods", "-l", label, "-o", "jsonpath={.items[*].metadata.uid}");
        return List.of(all.strip().split(" "));
    }

    /** A version that the laboratory is made of. */
    static String version(String name) {
        Properties versions = new Properties();
        try (InputStream in = Files.newInputStream(ROOT.resolve("lab/versions.env"))) {
            versions.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read lab/versions.env", e);
        }
        return versions.getProperty(name);
    }

    /** Ends every process of it. */
    @Override
    public void close() throws IOException, InterruptedException {
        up.destroy();
        if (!up.waitFor(60, TimeUnit.SECONDS)) {
            up.destroyForcibly();
            throw new IOException("the laboratory did not stop within 60 s and was killed");
        }
    }

    private void tell(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROGRAM));
        command.addAll(List.of(words));
        run(command);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " fails: " + answer.strip());
        }
        return answer;
    }

    /** A recording that goes on. */
    record Recording(Process process) {

        /** Completes the bundle. */
        void finish() throws IOException, InterruptedException {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("the recording was not completed");
            }
        }
    }
}
