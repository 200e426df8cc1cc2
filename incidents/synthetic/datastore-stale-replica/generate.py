#!/usr/bin/env python3
"""DATASTORE_STALE_REPLICA over s02-healthy-churn: the server reads from two replicas, of which one has stood still. What an
agent is handed depends on which of them is asked: two entries come and go at it, and nobody logs an error."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from recording import SECOND, Recording, rfc3339  # noqa: E402

SICK, NODES = "node-4", ["node-1", "node-2", "node-4"]

rec = Recording.load("s02-healthy-churn")
rec.trim(35, 215)
rec.keep_nodes(*NODES)
rec.without_polling()
rec.drop_objects("agent-debug")
rec.source("agent-debug", None)
log, server = rec.agent_log(SICK), rec.server_log()

line = log.having("Creating X509-SVID", "payment")[0]
entry, begun = line.field("entry_id"), line.at
call = server.having("BatchNewX509SVID", entry)[0]
asked = log.having("No identity issued")[0]
for second, back in ((14, 5), (31, 10), (52, 5), (68, 15), (95, 5)):
    lost = begun + second * SECOND
    log.add(lost, text=asked.text.replace(asked.field("time"), rfc3339(lost)))
    log.add(lost + 1_006_000_000, text=asked.text.replace(asked.field("time"), rfc3339(lost + 1_006_000_000)))
    again = lost + back * SECOND
    log.add(again, text=line.text.replace(line.field("time"), rfc3339(again)))
    server.add(again + 3_000_000, text=call.text.replace(call.field("time"), rfc3339(again + 3_000_000)))

# The confounder: an agent elsewhere loses one synchronisation to the network.
rec.agent_log("node-1").add(begun + 20 * SECOND, level="error", msg="Synchronize failed", subsystem_name="manager",
                            error="failed to fetch authorized entries: rpc error: code = Unavailable desc = connection "
                                  'error: desc = "transport: Error while dialing: dial tcp 10.96.0.20:8081: i/o timeout"')

rec.describe("synthetic-datastore-stale-replica",
             "Synthetic - one of the datastore's read replicas stands still, over a healthy recording")
rec.expected = ""
rec.write(HERE)
