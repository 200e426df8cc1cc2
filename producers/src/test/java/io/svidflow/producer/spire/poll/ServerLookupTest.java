package io.svidflow.producer.spire.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.svidflow.producer.spire.api.Agent;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerLookupTest {

    // generous: on a busy machine the first call waits for its libraries to load
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Test
    void shouldAnswerFromTheServerAndNotFromMemory() throws Exception {
        try (FakeSpire spire = new FakeSpire().start();
                ServerLookup lookup = new ServerLookup(spire.endpoint(), TIMEOUT)) {
            Agent agent = Samples.agent(1);
            String id =
                    "spiffe://" + agent.getId().getTrustDomain() + agent.getId().getPath();
            assertThat(lookup.agent(id)).isEmpty();

            spire.agents.add(agent);
            spire.entries.add(Samples.entry(1, 1));

            assertThat(lookup.agent(id)).contains(agent);
            assertThat(lookup.entry(Samples.entry(1, 1).getId())).contains(Samples.entry(1, 1));
            assertThat(lookup.entry("no-such-entry")).isEmpty();
            lookup.list();
        }
    }

    @Test
    void shouldTellAServerThatFailsFromOneThatKnowsNothing() throws Exception {
        FakeSpire broken = new FakeSpire() {
            @Override
            void before(String call) {
                throw Status.INTERNAL
                        .withDescription("datastore-sql: connection refused")
                        .asRuntimeException();
            }
        };
        try (FakeSpire spire = broken.start();
                ServerLookup lookup = new ServerLookup(spire.endpoint(), TIMEOUT)) {
            assertThatThrownBy(lookup::list).isInstanceOf(IOException.class).hasMessageContaining("connection refused");
            assertThatThrownBy(() -> lookup.agent("spiffe://example.org/spire/agent/one"))
                    .isInstanceOf(IOException.class);
        }
    }
}
