"""The agent of one node cannot renew its SVID, which is good for another half hour: nobody waits yet."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from agents import thin  # noqa: E402
from recording import SECOND, Recording  # noqa: E402

NODE = "node-2"
ERROR = ("failed to receive attestation response: rpc error: code = Internal desc = nodeattestor(k8s_psat): unable to"
         " validate token with TokenReview API for cluster \"lab\": token review API response contains an error: [invalid"
         " bearer token, service account token has expired]")

rec = Recording.load("s02-healthy-churn")
rec.trim(0, 240)
log = rec.agent_log(NODE)
tries, wait, attempt = rec.at(30), 5.0, 0
while tries < rec.at(190):
    log.add(tries, level="error", msg="Could not reattest agent", error=ERROR, subsystem_name="manager")
    common = dict(authorized_as="nobody", authorized_via="", caller_addr=f"127.0.0.1:{51200 + attempt}",
                  method="AttestAgent", node_attestor_type="k8s_psat",
                  request_id=f"32cc1688-8a26-41b0-94fd-{attempt:012d}", service="agent.v1.Agent", subsystem_name="api")
    text = ERROR.split("desc = ", 1)[1]
    rec.server_log().add(tries - 4_000_000, level="error", msg=text[0].upper() + text[1:], **common)
    rec.server_log().add(tries - 3_900_000, level="info", msg="API accessed", **common, status="error",
                         status_code="Internal", status_message=text, type="audit")
    tries, wait, attempt = tries + round(wait * SECOND), min(wait * 1.5, 120), attempt + 1

# the kubelet has written a new token: the next try succeeds
agent = rec.agent_id(NODE)
rec.server_log().add(rec.at(205), level="info", msg="Agent attestation request completed", address="127.0.0.1:51300",
                     agent_id=agent, authorized_as="nobody", authorized_via="", caller_addr="127.0.0.1:51300",
                     method="AttestAgent", node_attestor_type="k8s_psat",
                     request_id="0a0f3c0e-7f63-4f6f-9b1e-3a1f0f6b6f11", service="agent.v1.Agent", subsystem_name="api")
log.add(rec.at(205.02), level="info", msg="Successfully reattested node", spiffe_id=agent, subsystem_name="manager")

# on another node one renewal fails because the server is busy for a moment, and the next succeeds
other = rec.agent_log("node-3")
other.add(rec.at(100), level="error", msg="Could not reattest agent", subsystem_name="manager",
          error="failed to receive attestation response: rpc error: code = DeadlineExceeded desc = context deadline exceeded")
other.add(rec.at(106), level="info", msg="Successfully reattested node", spiffe_id=rec.agent_id("node-3"),
          subsystem_name="manager")

rec.describe("synthetic-agent-renewal-failing",
             "Synthetic: the agent of one node cannot renew its SVID for three minutes; it is still valid and no pod waits")
thin(rec, "node-2", "node-3", "node-5")
rec.write(HERE)
