#!/usr/bin/env python3
"""One of two server replicas hangs, over s02-healthy-churn: the calls of the agents that it serves time out, those of the
other replica's agents go on. The audit log of the recording is divided between the two by the agents that call."""

import copy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from recording import SECOND, Recording, rfc3339  # noqa: E402

REPLICA, SICK, NODES = "spire-server-1", ["node-2", "node-4"], ["node-1", "node-2", "node-4", "node-5"]
STATUS = "rpc error: code = DeadlineExceeded desc = context deadline exceeded"

rec = Recording.load("s02-healthy-churn")
rec.trim(15, 245)
rec.keep_nodes(*NODES)
rec.without_polling()
rec.drop_objects("agent-debug")
rec.source("agent-debug", None)
rec.source("server-log", "{pods: [spire-server-0, spire-server-1]}")
since, mended = rec.at(42), rec.at(150)

first, second = rec.server_log(), rec.add_log("server/" + REPLICA)
agents = {node: rec.agent_id(node) for node in SICK}
for line in list(first.lines):
    if any(agent in line.text for agent in agents.values()):
        second.add(line.at, text=line.text)
first.edit(lambda line: None if any(agent in line.text for agent in agents.values()) else line.text)

server = next(pod for pod in rec.pods("spire").values() if pod["metadata"]["name"] == "spire-server-0")
other = copy.deepcopy(server)
other["metadata"].update(name=REPLICA, uid="5b0c4d5e-3b1f-4f0e-9a57-0d1f7a2c9e41")
other["spec"]["nodeName"] = "node-5"
rec.objects["pods"].add(rec.at(0.2), "ADDED", other)

for node, agent in agents.items():
    log = rec.agent_log(node)
    calls = second.having(agent, "SyncAuthorizedEntries", since=since - 20 * SECOND, until=since)
    created = log.having("Creating X509-SVID", since=since, until=mended)
    signed = second.having(agent, "BatchNewX509SVID", since=since, until=mended)
    at, wait = calls[-1].at + 5 * SECOND, 5.0
    while at + 30 * SECOND < mended:
        failed = at + 30 * SECOND
        log.add(failed, level="error", msg="Failed to fetch authorized entries", error=STATUS,
                subsystem_name="manager")
        log.add(failed + 100_000, level="error", msg="Synchronize failed", subsystem_name="manager",
                error="failed to fetch authorized entries: " + STATUS)
        wait *= 1.5
        at = failed + round(wait * SECOND)
    at = max(at, mended + SECOND)
    log.edit(lambda line: None if "Creating X509-SVID" in line.text else line.text, since=since, until=at)
    second.edit(lambda line: None if agent in line.text else line.text, since=since, until=at)
    second.add(at, text=calls[-1].text.replace(calls[-1].field("time"), rfc3339(at)))
    for line in created:
        log.add(at + 20_000_000, level="info", msg="Creating X509-SVID", entry_id=line.field("entry_id"),
                spiffe_id=line.field("spiffe_id"), subsystem_name="manager")
    for line in signed:
        second.add(at + 30_000_000, text=line.text.replace(line.field("time"), rfc3339(at + 30_000_000)))

# the confounder: an agent of the healthy replica loses a call of its own
calls = rec.agent_log("node-1")
calls.add(rec.at(60), level="error", msg="Synchronize failed", subsystem_name="manager",
          error="failed to fetch authorized entries: " + STATUS)

rec.describe("synthetic-one-replica-frozen",
             "Synthetic - one of two server replicas hangs, over a healthy recording divided between them")
rec.expected = ""
rec.write(HERE)
