package io.svidflow.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.Svidflow;
import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an actor will need is tried before the night in which it is needed. */
@Timeout(120)
class ResyncAgentCheckTest {

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();
    private final EmbeddedKafka kafka = new EmbeddedKafka();

    @BeforeEach
    void start() {
        kafka.start();
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    @Test
    void shouldNeedNothingButKafkaWhereItObserves() throws IOException {
        kafka.createTopics(Topics.ALL, topic -> topic.key() == io.svidflow.topic.Topic.Key.NODE ? 3 : 1);

        int exit = check("");

        assertThat(said.toString())
                .contains("ok       schema registry")
                .contains("svidflow.streams-dead-letters does not exist")
                .doesNotContain("Kubernetes");
        assertThat(exit).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void shouldTryKubernetesAndTheServerWhereItActs() throws IOException {
        Files.createDirectory(folder.resolve("trusted"));
        Files.writeString(folder.resolve("trusted/decider-1.pem"), """
                -----BEGIN PUBLIC KEY-----
                MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
                -----END PUBLIC KEY-----
                """);
        Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters: [{name: here, cluster: {server: "http://127.0.0.1:1"}}]
                users: [{name: here, user: {token: none}}]
                contexts: [{name: here, context: {cluster: here, user: here}}]
                """);

        int exit = check("""
                resync-agent: {allow: [RESTART_AGENT], trusted-keys: %1$s/trusted}
                kubernetes.kubeconfig: %1$s/kubeconfig
                sources.spire-server.socket: %1$s/api.sock
                """.formatted(folder));

        assertThat(exit).isEqualTo(ExitCode.FAILED);
        assertThat(said.toString())
                .contains("MISSING  Kubernetes")
                .contains("the API server at http://127.0.0.1:1/ cannot be asked")
                .contains("MISSING  SPIRE server")
                .contains(folder + "/api.sock")
                .contains(Topics.REMEDIATION_INTENTS.name() + " does not exist; run svidflow topics create");
    }

    private int check(String configuration) throws IOException {
        Path file = Files.writeString(
                folder.resolve("svidflow.yaml"), """
                cluster: lab
                kafka.bootstrap.servers: %s
                registry.url: mock://check
                partitions: 3
                """.formatted(kafka.bootstrapServers()) + configuration);
        return Svidflow.commandLine()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute("run", "resync-agent", "--check", "--config", file.toString());
    }
}
