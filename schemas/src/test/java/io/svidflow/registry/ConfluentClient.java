package io.svidflow.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Confluent's Python client, installed into a virtual environment under {@code target/}. */
final class ConfluentClient {

    private static final Path SOURCES = Path.of("src", "test", "python");
    private static final Path HOME = Path.of("target", "confluent-client");
    private static final Path PYTHON = HOME.resolve("bin").resolve("python");
    private static final Path INSTALLED = HOME.resolve("installed");

    private ConfluentClient() {}

    /**
     * Installs the client unless it is there. Where Python or the package index is missing, the test that asks is
     * skipped with the reason; on a build server ({@code CI} is set) it fails instead, so that nothing is skipped
     * unseen.
     */
    static void install() throws IOException, InterruptedException {
        if (Files.exists(INSTALLED)) {
            return;
        }
        require("python3", "-m", "venv", HOME.toString());
        String requirements = SOURCES.resolve("requirements.txt").toString();
        require(PYTHON.toString(), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", requirements);
        Files.createFile(INSTALLED);
    }

    /**
     * @param registry address of the registry
     * @param target prefix of the topics that the records are written back to
     * @param records one {@code TOPIC HEX} a line
     * @return one JSON object a line, see {@code read_and_write_back.py}
     */
    static List<String> readAndWriteBack(String registry, String target, List<String> records)
            throws IOException, InterruptedException {
        Path input = Files.write(HOME.resolve("records.txt"), records);
        Path output = HOME.resolve("answers.txt");
        Path errors = HOME.resolve("errors.txt");
        String script = SOURCES.resolve("read_and_write_back.py").toString();
        int exit = new ProcessBuilder(PYTHON.toString(), script, registry, target)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("Confluent's client failed: " + Files.readString(errors));
        }
        return Files.readAllLines(output);
    }

    private static void require(String... command) throws IOException, InterruptedException {
        String problem = problemOf(command);
        if (!problem.isEmpty()) {
            String message = String.join(" ", command) + ": " + problem.strip();
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(message);
            }
            System.err.println("Skipped, install python3 and python3-venv to run it: " + message);
            Assumptions.abort(message);
        }
    }

    private static String problemOf(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            return process.waitFor() == 0 ? "" : output + " ";
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
