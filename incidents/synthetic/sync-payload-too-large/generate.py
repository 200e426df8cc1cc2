#!/usr/bin/env python3
"""SYNC_PAYLOAD_TOO_LARGE over s02-healthy-churn: the entries of one agent have outgrown a message of 4 MB. It serves what it
has, and its new pods never get an identity. The server and all other agents are well."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from recording import Recording  # noqa: E402

SICK, NODES = "node-4", ["node-1", "node-2", "node-4"]
ERROR = ("rpc error: code = ResourceExhausted desc = grpc: received message larger than max (4194819 vs. 4194304)")

rec = Recording.load("s02-healthy-churn")
rec.trim(35, 215)
rec.keep_nodes(*NODES)
rec.without_polling()
rec.drop_objects("agent-debug")
rec.source("agent-debug", None)
since = rec.at(8)
agent, log, server = rec.agent_id(SICK), rec.agent_log(SICK), rec.server_log()

# The server sends the answer and notes a success; the agent refuses to take it. It signs nothing new.
log.edit(lambda line: None if "Creating X509-SVID" in line.text else line.text, since=since)
server.edit(lambda line: None if agent in line.text and
            ("BatchNewX509SVID" in line.text or "SyncAuthorizedEntries" in line.text) else line.text, since=since)
at, wait = since, 5.0
while at < rec.end:
    log.add(at, level="error", msg="Failed to fetch authorized entries", error=ERROR, subsystem_name="manager")
    log.add(at + 180_000, level="error", msg="Synchronize failed", subsystem_name="manager",
            error="failed to fetch authorized entries: " + ERROR)
    wait *= 1.5
    at += round(wait * 10**9)

# Its new pod asks on and on.
last = log.having("No identity issued")[-1]
for second in range(10, 120, 16):
    log.add(rec.at(80 + second), level="error", msg="No identity issued", method="FetchX509SVID",
            pid=last.field("pid"), registered=False, service="WorkloadAPI", subsystem_name="endpoints")

# The confounder: the server turns one attestation away because of its rate, of an agent elsewhere that comes in at once.
server.add(rec.at(50.3), level="error", msg="Rejecting request due to attest agent rate limiting",
           error="rate: Wait(n=1) would exceed context deadline", authorized_as="nobody", authorized_via="",
           caller_addr="10.44.1.19:50212", method="AttestAgent", request_id="4b0a57a1-5f2d-4a35-a0cd-9b9bd92f3a11",
           service="agent.v1.Agent", subsystem_name="api")

rec.describe("synthetic-sync-payload-too-large",
             "Synthetic - the entries of one agent no longer fit into a message, over a healthy recording")
rec.expected = ""
rec.write(HERE)
