package io.svidflow.scene;

import static io.svidflow.scene.Scene.at;

import io.svidflow.event.AgentListed;
import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.ConditionStatus;
import io.svidflow.event.ContainerState;
import io.svidflow.event.EntryObserved;
import io.svidflow.event.NodeObserved;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodRole;
import io.svidflow.event.PodWarning;
import io.svidflow.event.Reporter;
import io.svidflow.event.Selection;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.event.SvidSignal;
import io.svidflow.event.SvidSignalKind;
import java.util.List;

/** What was observed, in the shortest words that a test needs. */
public final class Bodies {

    public static final String RULE = "default/workloads";
    public static final String AGENT_ID = "spiffe://lab.test/spire/agent/k8s_psat/lab/";
    /** What the k8s attestor says when the kubelet refuses it. */
    public static final String KUBELET_REFUSES =
            "workloadattestor(k8s): unable to perform request: Get \"https://127.0.0.1:10250/pods\": connection"
                    + " refused";

    /** What the k8s attestor says when the pod list does not show the container. */
    public static final String NO_CONTAINER =
            "rpc error: code = DeadlineExceeded desc = workloadattestor(k8s): no selectors found after max poll"
                    + " attempts";

    private Bodies() {}

    public static NodeObserved node(String name, ConditionStatus ready, String bootId) {
        return NodeObserved.newBuilder()
                .setName(name)
                .setUid("uid-" + name)
                .setBootId(bootId)
                .setReady(ready)
                .build();
    }

    public static NodeObserved node(String name) {
        return node(name, ConditionStatus.TRUE, "boot-1");
    }

    /** A workload pod that a rule selects, running since the given second. */
    public static PodObserved pod(String uid, double started) {
        return pod(uid, PodRole.WORKLOAD, started).build();
    }

    /** A workload pod that no rule selects. */
    public static PodObserved unselected(String uid, double started) {
        return pod(uid, PodRole.WORKLOAD, started).setSelectedBy(List.of()).build();
    }

    public static PodObserved gone(String uid) {
        return pod(uid, PodRole.WORKLOAD, 0).setDeleted(true).build();
    }

    public static PodObserved agentPod(String uid, double started, boolean ready) {
        PodObserved.Builder pod = pod(uid, PodRole.SPIRE_AGENT, started);
        ContainerState container = ContainerState.newBuilder(pod.getContainers().get(0))
                .setReady(ready)
                .build();
        return pod.setNamespace("spire")
                .setReady(ready)
                .setContainers(List.of(container))
                .build();
    }

    public static PodObserved.Builder pod(String uid, PodRole role, double started) {
        ContainerState container = ContainerState.newBuilder()
                .setName("main")
                .setRunning(true)
                .setStartedAt(at(started))
                .setRestartCount(0)
                .setReady(true)
                .build();
        return PodObserved.newBuilder()
                .setUid(uid)
                .setNamespace("app")
                .setName(uid)
                .setPhase("Running")
                .setRole(role)
                .setOwnerKind("ReplicaSet")
                .setOwnerName("web")
                .setCreatedAt(at(started - 3600)) // long pending: graces must not start here
                .setReady(true)
                .setContainers(List.of(container))
                .setSelectionKnown(true)
                .setSelectedBy(role == PodRole.WORKLOAD ? List.of(new Selection(RULE, 1L)) : List.of());
    }

    /** The entry of a pod; its id is the pod's with {@code entry-} before it. */
    public static EntryObserved entry(String podUid, double created) {
        return EntryObserved.newBuilder()
                .setEntryId("entry-" + podUid)
                .setSpiffeId("spiffe://lab.test/ns/app/pod/" + podUid)
                .setParentId(AGENT_ID + Scene.NODE)
                .setSelectors(List.of("k8s:pod-uid:" + podUid))
                .setPodUid(podUid)
                .setCreatedAt(at(created))
                .setRevision(0)
                .build();
    }

    public static EntryObserved entryGone(String podUid) {
        return EntryObserved.newBuilder(entry(podUid, 0)).setDeleted(true).build();
    }

    public static SvidSignal.Builder svid(SvidSignalKind kind) {
        return SvidSignal.newBuilder().setKind(kind);
    }

    public static SvidSignal refused(String podUid) {
        return svid(SvidSignalKind.REFUSED).setPodUid(podUid).build();
    }

    public static SvidSignal attestationFailed(String podUid) {
        return svid(SvidSignalKind.ATTESTATION_FAILED)
                .setPodUid(podUid)
                .setError(KUBELET_REFUSES)
                .build();
    }

    /** A workload pod that a rule selects and whose container does not start. */
    public static PodObserved pending(String uid, double created) {
        ContainerState waiting = ContainerState.newBuilder()
                .setName("main")
                .setRunning(false)
                .setRestartCount(0)
                .setReady(false)
                .setReason("ContainerCreating")
                .build();
        return pod(uid, PodRole.WORKLOAD, created)
                .setPhase("Pending")
                .setReady(false)
                .setContainers(List.of(waiting))
                .build();
    }

    public static PodWarning mountFails(String podUid, double first, boolean spiffeVolume) {
        return PodWarning.newBuilder()
                .setPodUid(podUid)
                .setNamespace("app")
                .setName(podUid)
                .setReason("FailedMount")
                .setMessage("MountVolume.SetUp failed for volume \"workload-api\" : kubernetes.io/csi: mounter.SetUpAt"
                        + " failed to get CSI client: driver name csi.spiffe.io not found in the list of"
                        + " registered CSI drivers")
                .setSpiffeVolume(spiffeVolume)
                .setFirstAt(at(first))
                .build();
    }

    public static SvidSignal containerNotFound(String podUid) {
        return svid(SvidSignalKind.ATTESTATION_FAILED)
                .setPodUid(podUid)
                .setError("Container id not found; giving up")
                .build();
    }

    public static SvidSignal timedOut(long pid, String podUid) {
        return svid(SvidSignalKind.ATTESTATION_FAILED)
                .setPid(pid)
                .setPodUid(podUid)
                .setError("Timed out collecting selectors: context canceled")
                .build();
    }

    /** The pod was attested with its own selectors: a line of debug level. */
    public static SvidSignal attested(String podUid) {
        return svid(SvidSignalKind.ATTESTED).setPodUid(podUid).build();
    }

    public static SvidSignal fetched(String podUid, double expires) {
        return svid(SvidSignalKind.FETCHED)
                .setPodUid(podUid)
                .setExpiresAt(at(expires))
                .build();
    }

    /** The agent sets out to have the pod's entry signed. */
    public static SvidSignal issuing(String podUid) {
        return svid(SvidSignalKind.ISSUING).setEntryId("entry-" + podUid).build();
    }

    public static SvidSignal issued(String podUid, double expires) {
        return svid(SvidSignalKind.ISSUED)
                .setEntryId("entry-" + podUid)
                .setExpiresAt(at(expires))
                .build();
    }

    public static AgentListed agentListed(boolean banned) {
        return AgentListed.newBuilder()
                .setAgentId(AGENT_ID + Scene.NODE)
                .setBanned(banned)
                .setCanReattest(true)
                .build();
    }

    public static AgentListed agentUnlisted() {
        return AgentListed.newBuilder(agentListed(false)).setDeleted(true).build();
    }

    public static AgentSignal agent(AgentSignalKind kind) {
        return AgentSignal.newBuilder()
                .setKind(kind)
                .setReporter(Reporter.AGENT)
                .build();
    }

    public static AgentSignal syncFailed(String error) {
        return AgentSignal.newBuilder()
                .setKind(AgentSignalKind.SYNC_FAILED)
                .setReporter(Reporter.AGENT)
                .setError(error)
                .build();
    }

    public static ServerSignal server(ServerSignalKind kind, String error) {
        return ServerSignal.newBuilder().setKind(kind).setError(error).build();
    }
}
