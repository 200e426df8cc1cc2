package io.svidflow.resync.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.resync.kubernetes.ActorAccess;
import io.svidflow.resync.kubernetes.KubernetesCluster;
import io.svidflow.resync.kubernetes.SampleCluster;
import io.svidflow.resync.kubernetes.SmallKubernetes;
import io.svidflow.resync.kubernetes.SmallKubernetes.Asked;
import io.svidflow.resync.scene.Plane;
import io.svidflow.resync.scene.SeenAgent;
import io.svidflow.resync.scene.SeenEntry;
import io.svidflow.signing.CommandSigner;
import io.svidflow.signing.CommandVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the manifests grant is what the code asks for: not less, and not more. */
class PermissionsTest {

    private static final Instant NOW = Instant.parse("2025-02-06T00:26:00Z");
    private static final Path MANIFESTS = Path.of("..", "deploy", "resync-agent");

    /** @param namespace null: everywhere */
    private record Granted(String verb, String group, String resource, String namespace) {

        boolean covers(Asked asked) {
            return verb.equals(asked.verb())
                    && group.equals(asked.group())
                    && resource.equals(asked.resource())
                    && (namespace == null || namespace.equals(asked.namespace()));
        }
    }

    @Test
    void shouldGrantForAPokeWhatItAsksFor() throws Exception {
        compare(SampleCommands.poke(NOW), "poke-registrar.yaml");
    }

    @Test
    void shouldGrantForTheRestartOfAnAgentWhatItAsksFor() throws Exception {
        compare(SampleCommands.restartAgent(NOW), "restart-agent.yaml");
    }

    @Test
    void shouldGrantForTheRestartOfAWorkloadWhatItAsksFor() throws Exception {
        compare(SampleCommands.restartCart(NOW), "restart-workload.yaml");
    }

    @ParameterizedTest
    @EnumSource(names = {"POKE_REGISTRAR", "RESTART_AGENT", "RESTART_WORKLOAD"})
    void shouldCheckBeforehandWhatTheManifestsGrant(RemediationAction action) throws IOException {
        Set<ActorAccess.Need> needs = ActorAccess.needs(List.of(action));
        Set<Granted> granted = new HashSet<>();
        for (String manifest : needs.stream().map(ActorAccess.Need::manifest).collect(Collectors.toSet())) {
            granted.addAll(granted(manifest));
        }

        assertThat(needs.stream()
                        .map(need -> new Granted(
                                need.verb(), need.group(), need.resource(), need.ofAgents() ? "spire" : null)))
                .containsExactlyInAnyOrderElementsOf(granted);
    }

    @Test
    void shouldGrantNothingToWhoObserves() throws IOException {
        assertThat(granted("observe.yaml")).isEmpty();
    }

    private static void compare(RemediationCommand.Builder command, String manifest) throws Exception {
        List<Asked> asked = asked(command);
        List<Granted> granted = new ArrayList<>(granted("look.yaml"));
        granted.addAll(granted(manifest));

        assertThat(asked).as("what the code asks for is granted").allMatch(one -> granted.stream()
                .anyMatch(rule -> rule.covers(one)));
        assertThat(granted).as("what is granted is asked for").allMatch(rule -> asked.stream()
                .anyMatch(rule::covers));
    }

    private static List<Asked> asked(RemediationCommand.Builder command)
            throws GeneralSecurityException, InterruptedException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Plane plane = new Plane(
                Optional.empty(),
                Optional.of(new SeenAgent(SampleCommands.AGENT_ID, false, true, "")),
                Optional.of(new SeenEntry("entry-1", 7, "")));
        MemoryJournal journal = new MemoryJournal();
        try (SmallKubernetes kubernetes = SampleCluster.fill(new SmallKubernetes());
                KubernetesCluster cluster = new KubernetesCluster(kubernetes.access(), Duration.ofSeconds(5))) {
            Actor actor = new Actor(
                    new ActorSettings(
                            "tester",
                            "prod",
                            Allowance.parse(List.of("RESTART_AGENT", "RESTART_WORKLOAD", "POKE_REGISTRAR"), List.of()),
                            Set.of()),
                    new CommandVerifier(Map.of("decider-1", keys.getPublic())),
                    cluster,
                    about -> plane,
                    new Intents("prod"),
                    new Pauses("prod"),
                    journal,
                    Clock.fixed(NOW, ZoneOffset.UTC));
            RemediationCommand signed = new CommandSigner("decider-1", keys.getPrivate()).sign(command.build());
            actor.handle(new Delivery(signed, 0, 0, false));
            assertThat(journal.last().getOutcome())
                    .as(journal.last().getDetail())
                    .isEqualTo(RemediationOutcome.EXECUTED);
            return kubernetes.asked();
        }
    }

    private static Set<Granted> granted(String manifest) throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        Set<Granted> granted = new HashSet<>();
        try (var documents = yaml.readerFor(JsonNode.class)
                .<JsonNode>readValues(MANIFESTS.resolve(manifest).toFile())) {
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                JsonNode namespace = document.at("/metadata/namespace");
                boolean scoped = document.path("kind").asText().equals("Role");
                for (JsonNode rule : document.path("rules")) {
                    rule.path("apiGroups")
                            .forEach(group -> rule.path("resources").forEach(resource -> rule.path("verbs")
                                    .forEach(verb -> granted.add(new Granted(
                                            verb.asText(),
                                            group.asText(),
                                            resource.asText(),
                                            scoped ? namespace.asText() : null)))));
                }
            }
        }
        return granted;
    }
}
