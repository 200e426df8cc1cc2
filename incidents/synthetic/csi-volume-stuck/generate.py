"""On one node the SPIFFE CSI driver does not register with the kubelet: a new pod cannot mount the socket and does not
start for 130 s. Confounders: the agents are rolled out meanwhile, and another pod waits a moment for another volume."""

import copy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from recording import Recording, nanos, rfc3339  # noqa: E402

NODE, OTHER = "node-1", "node-3"
VICTIM = "payment-58949495cb-86zlx"
VOLUME = "spiffe-workload-api"
REFUSED = (f'MountVolume.SetUp failed for volume "{VOLUME}" : kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: '
           "driver name csi.spiffe.io not found in the list of registered CSI drivers")

rec = Recording.load("healthy-churn-1122-debug")
rec.describe("synthetic-csi-volume-stuck",
             "Synthetic: the SPIFFE CSI driver of one node is not registered, a new pod there cannot mount its socket")
rec.trim(100, 320)
rec.keep_nodes(NODE, OTHER)
rec.drop_source("agent-debug")
rec.drop_objects("deployments", "daemonsets", "statefulsets")
rec.without_polling()

victim = next(pod for pod in rec.pods("shop").values() if pod["metadata"]["name"] == VICTIM)
uid = victim["metadata"]["uid"]
created = nanos(victim["metadata"]["creationTimestamp"])
started = created + 130 * 10**9


def volumes(row):
    """Every workload mounts the socket through the driver."""
    pod = row.get("object", {})
    if pod.get("metadata", {}).get("namespace") == "shop":
        pod["spec"].setdefault("volumes", []).append({"name": VOLUME, "csi": {"driver": "csi.spiffe.io", "readOnly": True}})
    return row


def late(row):
    """The victim's container starts when its volume is there."""
    if row.get("object", {}).get("metadata", {}).get("uid") != uid or row["object"]["status"]["phase"] != "Running":
        return row
    return None


running = copy.deepcopy(next(row["object"] for row in rec.objects["pods"].rows
                             if row["object"]["metadata"]["uid"] == uid and row["object"]["status"]["phase"] == "Running"))
rec.objects["pods"].edit(late)
for status in running["status"]["containerStatuses"]:
    status["state"] = {"running": {"startedAt": rfc3339(started, 0)}}
for condition in running["status"].get("conditions", []):
    condition["lastTransitionTime"] = rfc3339(started, 0)
rec.objects["pods"].add(started + 400_000_000, "MODIFIED", running)
rec.objects["pods"].edit(volumes)


def driver(node, ready, restarts=0):
    """The driver's pod on a node; its registrar crashes while it is not ready."""
    up = {"running": {"startedAt": rfc3339(rec.start - 10**12, 0)}}
    registrar = up if ready else {"waiting": {"reason": "CrashLoopBackOff"}}
    return {
        "kind": "Pod", "apiVersion": "v1",
        "metadata": {"name": f"spiffe-csi-driver-{node[-1] * 5}", "namespace": "spire",
                     "uid": f"5c1d0000-0000-4000-8000-00000000000{node[-1]}",
                     "creationTimestamp": rfc3339(rec.start - 10**12, 0), "labels": {"app": "spiffe-csi-driver"},
                     "ownerReferences": [{"apiVersion": "apps/v1", "kind": "DaemonSet", "name": "spiffe-csi-driver",
                                          "controller": True, "uid": "5c1d0000-0000-4000-8000-0000000000ff"}]},
        "spec": {"nodeName": node, "containers": [
            {"name": "spiffe-csi-driver", "image": "ghcr.io/spiffe/spiffe-csi-driver:0.2.7"},
            {"name": "node-driver-registrar", "image": "registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.13.0"}]},
        "status": {"phase": "Running",
                   "conditions": [{"type": "Ready", "status": "True" if ready else "False"}],
                   "containerStatuses": [
                       {"name": "spiffe-csi-driver", "ready": True, "restartCount": 0, "state": up},
                       {"name": "node-driver-registrar", "ready": ready, "restartCount": restarts, "state": registrar}]}}


rec.objects["pods"].add(rec.at(0.2), "ADDED", driver(OTHER, True))
rec.objects["pods"].add(rec.at(0.2), "ADDED", driver(NODE, False, 7))
rec.objects["pods"].add(started - 2 * 10**9, "MODIFIED", driver(NODE, True, 8))


def event(pod, name, message, first, last, count):
    """An event as kubelet writes it."""
    meta = pod["metadata"]
    return {"kind": "Event", "apiVersion": "v1",
            "metadata": {"name": f"{meta['name']}.{name}", "namespace": "shop", "uid": f"0e{name[2:10]}-0000-4000-8000-000000000000",
                         "creationTimestamp": rfc3339(first, 0)},
            "involvedObject": {"kind": "Pod", "namespace": "shop", "name": meta["name"], "uid": meta["uid"], "apiVersion": "v1"},
            "reason": "FailedMount", "message": message, "source": {"component": "kubelet", "host": pod["spec"]["nodeName"]},
            "firstTimestamp": rfc3339(first, 0), "lastTimestamp": rfc3339(last, 0), "count": count, "type": "Warning",
            "eventTime": None, "reportingComponent": "kubelet", "reportingInstance": pod["spec"]["nodeName"]}


# kubelet tries again after twice the time, from half a second on
first = created + 10**9
for count in range(1, 10):
    at = first + (2 ** (count - 1) - 1) * 500_000_000
    if at < started:
        rec.objects["events"].add(at + 50_000_000, "ADDED" if count == 1 else "MODIFIED",
                                  event(victim, "18eab2ad9aac0001", REFUSED, first, at, count))
neighbour = next(pod for pod in rec.pods("shop").values()
                 if pod["spec"].get("nodeName") == OTHER and nanos(pod["metadata"]["creationTimestamp"]) > rec.at(60))
begun = nanos(neighbour["metadata"]["creationTimestamp"])
rec.objects["events"].add(begun + 600_000_000, "ADDED", event(
    neighbour, "18eab2ad9aac0002",
    'MountVolume.SetUp failed for volume "settings" : failed to sync configmap cache: timed out waiting for the condition',
    begun, begun, 1))

# the victim asks only when it runs
log = rec.agent_log(NODE)
asked = log.having("PID attested to have selectors", uid)
fetched = log.having("Fetched X.509 SVID", asked[0].field("pid"))
pid = asked[0].field("pid")
log.edit(lambda line: None if line.field("pid") == pid else line.text)
for shift, line in ((600_000_000, asked[-1]), (601_000_000, fetched[0])):
    text = line.text.replace(line.field("time"), rfc3339(started + shift))
    log.add(started + shift, text=text.replace(f"pid={pid}", "pid=7719").replace(f'"pid":{pid}', '"pid":7719'))

rec.expected = (HERE / "expected.yaml").read_text() if (HERE / "expected.yaml").exists() else ""
rec.write(HERE)
