#!/usr/bin/env python3
"""RATE_LIMITED over s02-healthy-churn: an agent with many pods asks for more signatures in one call than the server takes
from one address, and its synchronisations fail at that."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from recording import Recording, rfc3339  # noqa: E402

SICK, NODES = "node-4", ["node-1", "node-2", "node-4"]
LIMIT = "rate: Wait(n=500) would exceed context deadline"
STATUS = "rejecting request due to certificate signing rate limiting: " + LIMIT
ERROR = "rpc error: code = ResourceExhausted desc = " + STATUS

rec = Recording.load("s02-healthy-churn")
rec.trim(35, 215)
rec.keep_nodes(*NODES)
rec.without_polling()
rec.drop_objects("agent-debug")
rec.source("agent-debug", None)
since, mended = rec.at(20), rec.at(140)
agent, log, server = rec.agent_id(SICK), rec.agent_log(SICK), rec.server_log()
created = [line for line in log.having("Creating X509-SVID", since=since, until=mended)]
signed = [line for line in server.having(agent, "BatchNewX509SVID", since=since, until=mended)]
synced = [line for line in server.having(agent, "SyncAuthorizedEntries", since=since, until=mended)]
log.edit(lambda line: None if "Creating X509-SVID" in line.text else line.text, since=since, until=mended)
server.edit(lambda line: None if agent in line.text and
            ("BatchNewX509SVID" in line.text or "SyncAuthorizedEntries" in line.text) else line.text,
            since=since, until=mended)
common = dict(authorized_as="agent", authorized_via="datastore", caller_addr=signed[0].field("caller_addr"),
              caller_id=agent, method="BatchNewX509SVID", service="svid.v1.SVID", subsystem_name="api")
at, wait = created[0].at, 5.0
while at < mended:
    before = at - 9_000_000
    server.add(before, text=synced[0].text.replace(synced[0].field("time"), rfc3339(before)))
    log.add(at, level="info", msg="Creating X509-SVID", entry_id=created[0].field("entry_id"),
            spiffe_id=created[0].field("spiffe_id"), subsystem_name="manager")
    server.add(at + 2_000_000, level="error", msg="Rejecting request due to certificate signing rate limiting",
               error=LIMIT, request_id=signed[0].field("request_id"), **common)
    log.add(at + 3_000_000, level="error", msg="Failed to batch new X509 SVID(s)", error=ERROR,
            status_code="ResourceExhausted", status_message=STATUS, subsystem_name="manager")
    log.add(at + 3_100_000, level="error", msg="Synchronize failed", subsystem_name="manager",
            error="failed to batch new X509 SVID(s): " + ERROR)
    wait *= 1.5
    at += round(wait * 10**9)
for line in created:
    log.add(mended + 10**9, level="info", msg="Creating X509-SVID", entry_id=line.field("entry_id"),
            spiffe_id=line.field("spiffe_id"), subsystem_name="manager")
for line in signed:
    server.add(mended + 1_004_000_000, level="info", msg="API accessed", csr=line.field("csr"),
               entry_id=line.field("entry_id"), expires_at=mended // 10**9 + 3600, spiffe_id=line.field("spiffe_id"),
               request_id=line.field("request_id"), status="success", type="audit", **common)

rec.describe("synthetic-rate-limited", "Synthetic - the server limits the signatures of one agent, over a healthy recording")
rec.expected = ""
rec.write(HERE)
