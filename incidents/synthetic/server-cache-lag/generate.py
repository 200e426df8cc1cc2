#!/usr/bin/env python3
"""SERVER_CACHE_LAG over s02-healthy-churn: the server missed the event of one entry, and its cache serves the entry only
after it has read everything anew. The agent synchronises every 5 s all the while and gets the rest."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from recording import Recording, rfc3339  # noqa: E402

SICK, NODES = "node-4", ["node-1", "node-2", "node-4"]

rec = Recording.load("s02-healthy-churn")
rec.trim(35, 215)
rec.keep_nodes(*NODES)
rec.without_polling()
rec.drop_objects("agent-debug")
rec.source("agent-debug", None)
agent, log, server = rec.agent_id(SICK), rec.agent_log(SICK), rec.server_log()

# The first entry that the agent would get late: its pod of payment.
line = log.having("Creating X509-SVID", "payment")[0]
entry, begun = line.field("entry_id"), line.at
mended = begun + 110 * 10**9
log.edit(lambda line: None if entry in line.text else line.text)
call = server.having("BatchNewX509SVID", entry)[0]
server.edit(lambda line: None if "BatchNewX509SVID" in line.text and entry in line.text else line.text)

# Its pod asks on and on; the same agent serves another pod that started later.
asked = log.having("No identity issued")[0]
for second in (4, 9, 15, 22, 30, 39, 49, 60, 72, 85, 99):
    log.add(begun + second * 10**9, level="error", msg="No identity issued", method="FetchX509SVID",
            pid=asked.field("pid"), registered=False, service="WorkloadAPI", subsystem_name="endpoints")
server.add(begun + 104 * 10**9, level="info", msg="Building event-based in-memory entry cache",
           subsystem_name="endpoints")
server.add(begun + 105 * 10**9, level="info", msg="Completed building event-based in-memory entry cache",
           subsystem_name="endpoints")
log.add(mended, text=line.text.replace(line.field("time"), rfc3339(mended)))
server.add(mended + 2_000_000, text=call.text.replace(call.field("time"), rfc3339(mended + 2_000_000)))

# The confounder: an agent elsewhere loses one synchronisation to the network.
rec.agent_log("node-1").add(begun + 20 * 10**9, level="error", msg="Synchronize failed", subsystem_name="manager",
                            error="failed to fetch authorized entries: rpc error: code = Unavailable desc = connection "
                                  'error: desc = "transport: Error while dialing: dial tcp 10.96.0.20:8081: i/o timeout"')

rec.describe("synthetic-server-cache-lag", "Synthetic - the server's cache misses one entry for two minutes, over a healthy "
                                 "recording")
rec.expected = ""
rec.write(HERE)
