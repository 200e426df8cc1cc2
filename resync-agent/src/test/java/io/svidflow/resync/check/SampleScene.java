package io.svidflow.resync.check;

import io.svidflow.event.PodRole;
import io.svidflow.resync.actor.SampleCommands;
import io.svidflow.resync.scene.Place;
import io.svidflow.resync.scene.Plane;
import io.svidflow.resync.scene.Scene;
import io.svidflow.resync.scene.SeenAgent;
import io.svidflow.resync.scene.SeenBudget;
import io.svidflow.resync.scene.SeenEntry;
import io.svidflow.resync.scene.SeenNode;
import io.svidflow.resync.scene.SeenPod;
import io.svidflow.resync.scene.SeenRollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the commands of {@link SampleCommands} expect to see, to be spoilt one thing at a time. */
final class SampleScene {

    String nodeUid = "uid-of-node-1";
    String bootId = "boot-1";
    boolean nodeReady = true;
    boolean cordoned;
    boolean controlPlane;
    int nodesReady = 3;
    String cartUid = "uid-1";
    String cartOwner = "ReplicaSet/cart-5f7";
    PodRole cartRole = PodRole.WORKLOAD;
    boolean cartTerminating;
    boolean cartCritical;
    boolean namespaceLeftAlone;
    String agentUid = "agent-on-node-1";
    String agentOwner = "DaemonSet/spire-agent";
    boolean agentReady = true;
    int otherAgents = 2;
    int otherAgentsReady = 2;
    Optional<SeenRollout> rollout = Optional.of(new SeenRollout("spire-agent", 3, 3, true));
    final List<SeenBudget> budgets = new ArrayList<>();
    String serverTrouble;
    boolean agentKnown = true;
    boolean banned;
    boolean canReattest = true;
    Integer revision = 7;
    /** What the command is about: the agent, or else the pod that waits. */
    boolean aboutAgent = true;

    Scene build() {
        SeenPod cart = new SeenPod(
                "shop",
                "cart",
                cartUid,
                "node-1",
                cartRole,
                "cart",
                cartOwner,
                true,
                cartTerminating,
                false,
                cartCritical,
                "{}");
        SeenPod agent = agent("node-1", agentUid, agentReady);
        List<SeenPod> agents = new ArrayList<>(List.of(agent));
        for (int i = 0; i < otherAgents; i++) {
            agents.add(agent("node-" + (i + 2), "agent-on-node-" + (i + 2), i < otherAgentsReady));
        }
        Place place = new Place(
                Optional.of(new SeenNode("node-1", nodeUid, bootId, nodeReady, cordoned, controlPlane, false)),
                Optional.of(cart),
                Optional.of(aboutAgent ? agent : cart),
                namespaceLeftAlone,
                Optional.of(agent),
                agents,
                rollout,
                budgets,
                3,
                nodesReady);
        return new Scene(place, plane());
    }

    private Plane plane() {
        if (serverTrouble != null) {
            return Plane.silent(serverTrouble);
        }
        SeenAgent agent = new SeenAgent(SampleCommands.AGENT_ID, banned, canReattest, "");
        return new Plane(
                Optional.empty(),
                agentKnown ? Optional.of(agent) : Optional.empty(),
                Optional.ofNullable(revision).map(number -> new SeenEntry("entry-1", number, "")));
    }

    private SeenPod agent(String node, String uid, boolean ready) {
        return new SeenPod(
                "spire",
                "spire-agent-" + node,
                uid,
                node,
                PodRole.SPIRE_AGENT,
                "spire-agent",
                agentOwner,
                ready,
                false,
                false,
                true,
                "{}");
    }
}
