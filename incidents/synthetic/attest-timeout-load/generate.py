"""The agent of one node ran out of memory before and is too slow for a client that waits 5 s for an answer: its requests
are cut off again and again, while patient clients are attested. Confounders: all agents are rolled out meanwhile, and
another pod's container is looked for a moment before the kubelet shows it."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from recording import SECOND, Recording, nanos, rfc3339  # noqa: E402

NODE, OTHER = "node-4", "node-3"
VICTIM = "payment-58949495cb-m7sls"

rec = Recording.load("healthy-churn-1122-debug")
rec.describe("synthetic-attest-timeout-load",
             "Synthetic: the agent of one node attests too slowly for an impatient client, after it ran out of memory")
rec.trim(100, 320)
rec.keep_nodes(NODE, OTHER)
rec.drop_source("agent-debug")
rec.drop_objects("deployments", "daemonsets", "statefulsets", "events")
rec.without_polling()

created = nanos(next(pod for pod in rec.pods("shop").values() if pod["metadata"]["name"] == VICTIM)
                ["metadata"]["creationTimestamp"])
log = rec.agent_log(NODE)
pid = log.having("PID attested to have selectors", VICTIM)[0].field("pid")
served = [line for line in log.having() if line.field("pid") == pid][-2:]
log.edit(lambda line: None if line.field("pid") == pid else line.text)


def cut_off(at):
    """One request whose caller hangs up before the attestors have finished: the lines of SPIRE 1.12."""
    log.add(at, level="error", msg="Timed out collecting selectors for PID", pid=pid, partial_selectors="[]",
            subsystem_name="workload_attestor")
    log.add(at + 210_000, level="error", msg="Workload attestation failed", error="context canceled",
            method="FetchX509SVID", pid=pid, service="WorkloadAPI", subsystem_name="endpoints")


# the client waits 5 s for an answer, then 1 s, 2 s, ... before it asks again
at, pause = created + 6 * SECOND, 1
while at < created + 125 * SECOND:
    cut_off(at)
    at += (5 + pause) * SECOND + 3_141_592
    pause = min(pause + 1, 10)
for shift, line in ((0, served[0]), (1_400_000, served[1])):
    log.add(at + shift, text=line.text.replace(line.field("time"), rfc3339(at + shift)))


def out_of_memory(row):
    """The agent that runs at the start had been killed for its memory; its successor has not."""
    meta = row.get("object", {}).get("metadata", {})
    if meta.get("name", "").startswith("spire-agent-") and row["object"]["spec"].get("nodeName") == NODE \
            and nanos(meta["creationTimestamp"]) < rec.start:
        for status in row["object"]["status"].get("containerStatuses", []):
            status["restartCount"] = 3
            status["lastState"] = {"terminated": {"reason": "OOMKilled", "exitCode": 137,
                                                  "finishedAt": status.get("state", {}).get("running", {}).get("startedAt")}}
    return row


rec.objects["pods"].edit(out_of_memory)

# the kubelet shows a new container of another pod a second late
late = next(line for line in rec.agent_log(OTHER).having("PID attested to have selectors", since=rec.at(130)))
uid = late.text.split("pod-uid:")[1][:36]
rec.agent_log(OTHER).add(late.at - 600_000_000, level="warning", msg="Container id not found", attempt=1,
                         container_id="6d1f4a5e" * 8, external="false", plugin_name="k8s", plugin_type="WorkloadAttestor",
                         pod_uid=uid, retry_interval="500ms", subsystem_name="catalog")

rec.expected = (HERE / "expected.yaml").read_text()
rec.write(HERE)
