package io.svidflow.producer.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.svidflow.producer.kubernetes.watch.AccessCheck.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessCheckTest {

    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    private final KubernetesMockServer server = new KubernetesMockServer(false);
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server.start();
        client = server.createClient();
    }

    @AfterEach
    void stop() {
        client.close();
        server.shutdown();
    }

    @Test
    void shouldSayWhatIsNotAllowedWhatThatMeansAndWhatToDo() {
        server.expect()
                .post()
                .withPath(REVIEWS)
                .andReply(201, request -> review(!request.getBody().readUtf8().contains("\"pods\"")))
                .always();

        List<Finding> findings = new AccessCheck(WatchSettings.DEFAULT, client).findings();

        assertThat(findings).hasSize(10);
        assertThat(findings).filteredOn(Finding::fine).extracting(Finding::text).contains("list nodes", "watch nodes");
        assertThat(findings)
                .filteredOn(finding -> !finding.fine())
                .extracting(Finding::text)
                .containsExactly(
                        "list pods is not allowed: no pod can be judged without; apply"
                                + " deploy/producers/kubernetes-access.yaml, or grant it otherwise",
                        "watch pods is not allowed: no pod can be judged without; apply"
                                + " deploy/producers/kubernetes-access.yaml, or grant it otherwise");
    }

    @Test
    void shouldSayThatTheApiServerCannotBeAsked() {
        server.expect().post().withPath(REVIEWS).andReturn(401, "Unauthorized").always();

        List<Finding> findings = new AccessCheck(WatchSettings.DEFAULT, client).findings();

        assertThat(findings)
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .contains("cannot be asked", "check its address");
    }

    @Test
    void shouldShipARoleThatAllowsJustWhatIsWatched() throws IOException {
        assertThat(allowed("kubernetes-access.yaml")).isEqualTo(asked(WatchSettings.DEFAULT));
        Set<String> all = new TreeSet<>(allowed("kubernetes-access.yaml"));
        all.addAll(allowed("kubernetes-layout-access.yaml"));
        assertThat(all).isEqualTo(asked(WatchSettings.DEFAULT.withLayout()));
    }

    private static Set<String> asked(WatchSettings settings) {
        return Lane.of(settings).stream().map(Lane::resource).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> allowed(String manifest) throws IOException {
        Set<String> allowed = new TreeSet<>();
        try (MappingIterator<JsonNode> documents = new YAMLMapper()
                .readerFor(JsonNode.class)
                .readValues(Path.of("../deploy/producers", manifest).toFile())) {
            while (documents.hasNextValue()) {
                for (JsonNode rule : documents.nextValue().path("rules")) {
                    assertThat(rule.path("verbs")).extracting(JsonNode::asText).containsExactly("list", "watch");
                    String group = rule.path("apiGroups").path(0).asText();
                    rule.path("resources")
                            .forEach(resource -> allowed.add(resource.asText() + (group.isEmpty() ? "" : "." + group)));
                }
            }
        }
        return allowed;
    }

    private static String review(boolean allowed) {
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewStatus()
                .withAllowed(allowed)
                .endStatus()
                .build();
        return Serialization.asJson(review);
    }
}
