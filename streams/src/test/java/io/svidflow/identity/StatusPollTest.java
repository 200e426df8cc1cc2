package io.svidflow.identity;

import static io.svidflow.scene.Scene.NODE_KEY;
import static io.svidflow.scene.Scene.at;
import static io.svidflow.scene.Scene.fact;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentStatus;
import io.svidflow.event.SourceFailure;
import org.junit.jupiter.api.Test;

/** An agent that does not say when it last synchronised, and one that only does not say whether it is well. */
class StatusPollTest {

    private static final AgentStatus STATUS = AgentStatus.newBuilder()
            .setUptimeSeconds(1000)
            .setCachedSvids(1)
            .setLastSyncSuccess(at(9))
            .build();

    private final WatchedNode watched = WatchedNode.healthy().sees(10, STATUS);

    @Test
    void shouldNotTakeAnAgentThatCannotBeAskedForOneThatDoesNotSynchronise() {
        watched.hears(15, failed("GetInfo"));

        assertThat(polled()).isFalse();
    }

    @Test
    void shouldGoOnBelievingTheStatusOfAnAgentWhoseHealthEndpointIsGone() {
        watched.hears(15, failed("AgentHealth"));

        assertThat(polled()).isTrue();
    }

    private static AgentEvent failed(String operation) {
        AgentEvent told = (AgentEvent) fact(15, STATUS);
        return new AgentEvent(told.getHeader(), new SourceFailure(operation, "connection refused"));
    }

    private boolean polled() {
        return watched.records().node(NODE_KEY).sync().polled();
    }
}
