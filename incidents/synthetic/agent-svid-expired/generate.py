"""The agent of one node did not renew its SVID in time; its own log is not collected, and the server says what it sees."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from agents import hang_up, thin  # noqa: E402
from recording import SECOND, Recording  # noqa: E402

NODE = "node-4"
EXPIRED = 50

rec = Recording.load("s02-healthy-churn")
rec.trim(0, 240)
agent = rec.agent_id(NODE)
at = rec.at(EXPIRED)
hang_up(rec, NODE, at)
rec.drop_source("agent-debug")
del rec.logs[f"agent/{NODE}"]

for row in rec.objects["agents"].rows:
    if row["object"]["id"]["path"] == agent[len("spiffe://lab.example"):]:
        row["object"]["x509svidExpiresAt"] = str(at // SECOND)

# the agent tries again as its back-off says, and the server turns it away each time
tries, wait = at + 2 * SECOND, 5.0
while tries < rec.end:
    common = dict(authorized_as="nobody", authorized_via="", caller_addr="127.0.0.1:43116", caller_id=agent,
                  method="SyncAuthorizedEntries", request_id=f"5b1d0c8e-0f5c-4c0e-9d1e-{tries % 10**12:012d}",
                  service="entry.v1.Entry", subsystem_name="api")
    rec.server_log().add(tries, level="error", msg="Agent SVID is expired", **common)
    rec.server_log().add(
        tries + 90_000, level="error", msg="Failed to authenticate caller", **common,
        error="rpc error: code = PermissionDenied desc = authorization denied for method"
              " /spire.api.server.entry.v1.Entry/SyncAuthorizedEntries")
    rec.server_log().add(
        tries + 140_000, level="info", msg="API accessed", **common, status="error", status_code="PermissionDenied",
        status_message="authorization denied for method /spire.api.server.entry.v1.Entry/SyncAuthorizedEntries",
        type="audit")
    tries += round(wait * SECOND)
    wait = min(wait * 1.5, 240)

# another agent is evicted and attests again at once, as agents do
other = rec.agent_id("node-5")
rec.server_log().add(rec.at(90.2), level="error", msg="Agent is not attested", authorized_as="nobody", authorized_via="",
                     caller_addr="127.0.0.1:43470", caller_id=other, method="SyncAuthorizedEntries",
                     request_id="42347d70-e181-4cea-9d76-beb1616aa836", service="entry.v1.Entry", subsystem_name="api")
rec.agent_log("node-5").add(
    rec.at(90.21), level="warning", msg="Agent needs to re-attest; will attempt to re-attest",
    error="failed to fetch authorized entries: rpc error: code = PermissionDenied desc = authorization denied for method"
          " /spire.api.server.entry.v1.Entry/SyncAuthorizedEntries", subsystem_name="manager")
rec.agent_log("node-5").add(rec.at(90.24), level="info", msg="Successfully reattested node", spiffe_id=other,
                            subsystem_name="manager")
rec.server_log().add(rec.at(90.23), level="info", msg="Agent attestation request completed", address="127.0.0.1:50230",
                     agent_id=other, authorized_as="nobody", authorized_via="", caller_addr="127.0.0.1:50230",
                     method="AttestAgent", node_attestor_type="k8s_psat",
                     request_id="0a0f3c0e-7f63-4f6f-9b1e-3a1f0f6b6f10", service="agent.v1.Agent", subsystem_name="api")

rec.describe("synthetic-agent-svid-expired",
             "Synthetic: the SVID of one agent expires; its log is not collected, another agent attests again meanwhile")
thin(rec, "node-2", "node-4", "node-5")
rec.source("agent-log", "{nodes: [node-2, node-5]}")
rec.write(HERE)
