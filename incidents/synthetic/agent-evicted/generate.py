"""Somebody deletes two agents. One attests again at once; the other, whose log is not collected, ends and crash-loops."""

import copy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from agents import hang_up, thin  # noqa: E402
from recording import SECOND, Recording, rfc3339  # noqa: E402

LOST, BACK = "node-4", "node-5"
DELETED = 50


def call(agent, port, method, service, number):
    return dict(authorized_as="nobody", authorized_via="", caller_addr=f"127.0.0.1:{port}", caller_id=agent, method=method,
                request_id=f"9a6a2b1c-2f7e-4a55-8d0e-{number:012d}", service=service, subsystem_name="api")


rec = Recording.load("s02-healthy-churn")
rec.trim(0, 240)
server = rec.server_log()
lost, back = rec.agent_id(LOST), rec.agent_id(BACK)
hang_up(rec, LOST, rec.at(DELETED))
rec.drop_source("agent-debug")
del rec.logs[f"agent/{LOST}"]

for number, (agent, at) in enumerate(((back, DELETED), (lost, DELETED + 3.2))):
    local = dict(authorized_as="local", authorized_via="transport", caller_uid=0, caller_gid=0,
                 caller_path="/opt/spire/bin/spire-server", method="DeleteAgent", service="agent.v1.Agent",
                 request_id=f"6c0d8f0a-3d67-4b0c-a7a2-{number:012d}", spiffe_id=agent, subsystem_name="api")
    server.add(rec.at(at), level="info", msg="Agent deleted", **local)
    server.add(rec.at(at) + 60_000, level="info", msg="API accessed", **local, status="success", type="audit")
    seen = rec.at(at + 3.9)
    denied = call(agent, 43470 + number, "SyncAuthorizedEntries", "entry.v1.Entry", number)
    server.add(seen, level="error", msg="Agent is not attested", **denied)
    server.add(seen + 80_000, level="error", msg="Failed to authenticate caller", **denied,
               error="rpc error: code = PermissionDenied desc = authorization denied for method"
                     " /spire.api.server.entry.v1.Entry/SyncAuthorizedEntries")

rec.agent_log(BACK).add(
    rec.at(DELETED + 3.91), level="warning", msg="Agent needs to re-attest; will attempt to re-attest",
    error="failed to fetch authorized entries: rpc error: code = PermissionDenied desc = authorization denied for method"
          " /spire.api.server.entry.v1.Entry/SyncAuthorizedEntries", subsystem_name="manager")
rec.agent_log(BACK).add(rec.at(DELETED + 3.94), level="info", msg="Successfully reattested node", spiffe_id=back,
                        subsystem_name="manager")
server.add(rec.at(DELETED + 3.93), level="info", msg="Agent attestation request completed", address="127.0.0.1:50230",
           agent_id=back, authorized_as="nobody", authorized_via="", caller_addr="127.0.0.1:50230", method="AttestAgent",
           node_attestor_type="k8s_psat", request_id="0a0f3c0e-7f63-4f6f-9b1e-3a1f0f6b6f12", service="agent.v1.Agent",
           subsystem_name="api")

# the listing of agents every few seconds: the lost one is gone, the other was back before anybody looked
row = next(row["object"] for row in rec.objects["agents"].rows if row["object"]["id"]["path"] in lost)
rec.objects["agents"].add(rec.at(DELETED + 6), "DELETED", row)

# Kubernetes sees the container end, start and end again
pod = next(p for p in rec.pods("spire").values()
           if p["metadata"]["name"].startswith("spire-agent") and p["spec"]["nodeName"] == LOST)
for second, restarts in ((58, 1), (72, 2), (96, 3), (140, 4)):
    down = copy.deepcopy(pod)
    for condition in down["status"]["conditions"]:
        if condition["type"] in ("Ready", "ContainersReady"):
            condition.update(status="False", reason="ContainersNotReady",
                             lastTransitionTime=rfc3339(rec.at(58) // SECOND * SECOND, 0))
    container = down["status"]["containerStatuses"][0]
    container.update(ready=False, started=False, restartCount=restarts, state={"waiting": {
        "reason": "CrashLoopBackOff", "message": "back-off restarting failed container=spire-agent"}})
    rec.objects["pods"].add(rec.at(second), "MODIFIED", down)

thin(rec, "node-2", LOST, BACK)
rec.source("agent-log", "{nodes: [node-2, node-5]}")
rec.describe("synthetic-agent-evicted",
             "Synthetic: somebody deletes two agents; one attests again at once, the other does not come back")
rec.write(HERE)
