package io.svidflow.producer.spire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows which node things are on: nodes by UID, pods by UID, SPIRE agents by SPIFFE ID. UIDs are not reused, so what was
 * true once helps to place a late fact: pods that are gone are forgotten only when many others are gone since. Safe for
 * several threads: one source learns, others ask.
 */
public final class NodeDirectory implements AgentDirectory {

    /** An agent attested by k8s_psat is named after its node or, since SPIRE 1.15.3 and if so configured, its pod. */
    private static final Pattern PSAT_AGENT =
            Pattern.compile("spiffe://[^/]+/spire/agent/k8s_p?sat/[^/]+/(?<pod>pod/)?(?<uid>[^/]+)");

    /** Gone pods, and gone nodes, that are remembered. */
    private static final int GONE = 100_000;

    private final Map<String, String> nodes = new ConcurrentHashMap<>();
    private final Map<String, String> pods = new ConcurrentHashMap<>();
    private final Map<String, String> agents = new ConcurrentHashMap<>();
    private final Queue<String> gone = new ConcurrentLinkedQueue<>();
    private final AtomicInteger remembered = new AtomicInteger();
    private final Set<String> goneNodes = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > GONE;
        }
    }));

    /** A node has this UID. */
    public void node(String uid, String name) {
        nodes.put(uid, name);
        goneNodes.remove(name);
    }

    /** A node does not exist any more. What is late still finds it. */
    public void nodeGone(String name) {
        goneNodes.add(name);
    }

    /**
     * Whether the last that was heard of a node is that it does not exist any more. Of a node that nobody has seen nothing
     * is known.
     */
    public boolean isNodeGone(String name) {
        return goneNodes.contains(name);
    }

    /** A pod is on this node. */
    public void pod(String uid, String node) {
        pods.put(uid, node);
    }

    /** A pod is gone; only what is late still asks for it. */
    public void podGone(String uid) {
        gone.add(uid);
        if (remembered.incrementAndGet() > GONE) {
            remembered.decrementAndGet();
            pods.remove(gone.remove());
        }
    }

    /** An agent said, or was said to be, on this node. */
    public void agent(String agentSpiffeId, String node) {
        agents.put(agentSpiffeId, node);
    }

    /** Name of the node that a pod is on, empty while nobody can tell. */
    public Optional<String> nodeOfPod(String podUid) {
        return Optional.ofNullable(pods.get(podUid));
    }

    /** UID of the node that an agent's SPIFFE ID names, empty if it names none. */
    public static Optional<String> nodeUid(String agentSpiffeId) {
        Matcher matcher = PSAT_AGENT.matcher(agentSpiffeId);
        return matcher.matches() && matcher.group("pod") == null ? Optional.of(matcher.group("uid")) : Optional.empty();
    }

    @Override
    public Optional<String> nodeOf(String agentSpiffeId) {
        String known = agents.get(agentSpiffeId);
        if (known != null) {
            return Optional.of(known);
        }
        Matcher matcher = PSAT_AGENT.matcher(agentSpiffeId);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String uid = matcher.group("uid");
        return matcher.group("pod") != null ? nodeOfPod(uid) : Optional.ofNullable(nodes.get(uid));
    }
}
