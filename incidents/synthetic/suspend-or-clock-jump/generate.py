"""The clock of one node is 25 minutes behind. When the server renews its own certificate, the agent does not believe it."""

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from agents import hang_up, refusals, stale_debug, thin  # noqa: E402
from recording import SECOND, Recording, nanos, rfc3339  # noqa: E402

NODE = "node-4"
BEHIND = 25 * 60 * SECOND
RENEWED = 45

rec = Recording.load("s02-healthy-churn")
rec.trim(0, 285)
since = rec.at(RENEWED)
hang_up(rec, NODE, since)
stale_debug(rec, NODE, since)
refusals(rec, NODE, "FetchX509SVID", [19085, 19352], rec.at(80), rec.end)

# failed attempts to synchronise, as the agent's back-off has them; each is logged twice
log = rec.agent_log(NODE)
tries, wait = since + 3 * SECOND, 5.0
while tries < rec.end:
    error = ("rpc error: code = Unavailable desc = connection error: desc = \"transport: authentication handshake failed:"
             " x509svid: could not verify leaf certificate: x509: certificate has expired or is not yet valid: current time"
             f" {rfc3339(tries - BEHIND, 0)} is before {rfc3339(since - 10 * SECOND, 0)}\"")
    log.add(tries, level="error", msg="Failed to fetch authorized entries", error=error, subsystem_name="manager")
    log.add(tries + 50_000, level="error", msg="Synchronize failed", subsystem_name="manager",
            error="failed to fetch authorized entries: " + error)
    wait = min(wait * 1.5, 240)
    tries += round(wait * SECOND)

# an agent elsewhere fails once and goes on
other = "failed to fetch authorized entries: rpc error: code = Unavailable desc = connection error: desc = \"error reading" \
        " server preface: read tcp 127.0.0.1:51930->127.0.0.1:8081: read: connection reset by peer\""
rec.agent_log("node-2").add(rec.at(101), level="error", msg="Synchronize failed", error=other, subsystem_name="manager")

# whatever the node's clock stamped: its agent's log, the starts of its containers, the agent's last synchronisation
TIME = re.compile(r'(time=")([^"]+)(")')
log.edit(lambda line: TIME.sub(lambda m: m.group(1) + rfc3339(nanos(m.group(2)) - BEHIND) + m.group(3), line.text))
for row in rec.objects["pods"].rows:
    if row.get("object", {}).get("spec", {}).get("nodeName") == NODE:
        status = row["object"]["status"]
        for condition in status.get("conditions", []):
            if condition["type"] != "PodScheduled":
                condition["lastTransitionTime"] = rfc3339(nanos(condition["lastTransitionTime"]) - BEHIND, 0)
        for container in status.get("containerStatuses", []):
            running = container.get("state", {}).get("running")
            if running:
                running["startedAt"] = rfc3339(nanos(running["startedAt"]) - BEHIND, 0)
for row in rec.objects["agent-debug"].rows:
    if row["node"] == NODE and "lastSyncSuccess" in row.get("object", {}):
        row["object"]["lastSyncSuccess"] = str(int(row["object"]["lastSyncSuccess"]) - BEHIND // SECOND)

rec.describe("synthetic-suspend-or-clock-jump", "Synthetic: the clock of one node is 25 minutes behind, and the server renews its certificate")
thin(rec, "node-2", "node-4", "node-5")
rec.write(HERE)
