#!/usr/bin/env python3
"""SERVER_DATASTORE_CONTENTION over s02-healthy-churn: deadlocks keep the registrar from creating the entries of one
roll-out for a hundred seconds, while the datastore answers everything else."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from recording import SECOND, Recording, nanos, rfc3339  # noqa: E402

NODES = ["node-1", "node-2", "node-4"]
DEADLOCK = "datastore-sql: Error 1213 (40001): Deadlock found when trying to get lock; try restarting transaction"
STATUS = "failed to create entry: " + DEADLOCK

rec = Recording.load("s02-healthy-churn")
rec.trim(35, 215)
rec.keep_nodes(*NODES)
rec.without_polling()
rec.drop_objects("agent-debug")
rec.source("agent-debug", None)
server, registrar = rec.server_log(), rec.registrar_log()

pods = {uid: pod for uid, pod in rec.pods("shop").items() if pod["metadata"]["name"].startswith("payment-67c54db7bb")}
entries = {entry for uid in pods for entry in rec.entries_of(uid)}
created = min(int(row["object"]["createdAt"]) * SECOND for row in rec.objects["entries"].rows
              if row.get("object", {}).get("id") in entries)
shift = 105 * SECOND


def late(row):
    """Entries of the roll-out are created 105 s later."""
    if row.get("type") != "DELETED" and row.get("object", {}).get("id") in entries:
        row["observedAt"] = rfc3339(nanos(row["observedAt"]) + shift, 6)
        row["object"]["createdAt"] = str(int(row["object"]["createdAt"]) + shift // SECOND)
    return row


def moved(line):
    about = any(name in line.text for name in entries | set(pods))
    if not about or "No identity issued" in line.text or "Triggering" in line.text or "render" in line.text:
        return line.text
    stamp = line.field("time") or line.text.split("\t")[0]
    digits = 0 if "\t" in line.text else 9
    return line.text.replace(stamp, rfc3339(line.at + shift, digits))


calls = [line for line in server.having("method=BatchCreateEntry") if any(uid in line.text for uid in pods)]
rec.objects["entries"].edit(late)
for log in rec.logs.values():
    log.edit(moved)

# Each pass of the registrar tries all of them and is refused all of them.
for round_ in range(10):
    for number, call in enumerate(calls):
        at = created + round_ * 10 * SECOND + number * 31_000_000 + 400_000_000
        common = dict(authorized_as="local", authorized_via="transport", method="BatchCreateEntry",
                      request_id=call.field("request_id"), service="entry.v1.Entry", subsystem_name="api")
        server.add(at, level="error", msg="Failed to create entry", error=DEADLOCK,
                   spiffe_id=call.field("spiffe_id"), **common)
        server.add(at + 90_000, level="info", msg="API accessed", caller_path=call.field("caller_path"),
                   parent_id=call.field("parent_id"), selectors=call.field("selectors"),
                   spiffe_id=call.field("spiffe_id"), status="error", status_code="Internal",
                   status_message=STATUS, type="audit", **common)
    registrar.add(created + round_ * 10 * SECOND + 700_000_000,
                  text=rfc3339(created + round_ * 10 * SECOND + 700_000_000, 0) + "\tERROR\tentry-reconciler\tFailed to "
                  'update entries\t{"error": "rpc error: code = Internal desc = ' + STATUS + '"}')

# The pods ask on and on.
for node in NODES:
    log = rec.agent_log(node)
    asked = [line for line in log.having("No identity issued") if created - 5 * SECOND < line.at < created + 9 * SECOND]
    for second in (8, 15, 23, 32, 42, 53, 65, 78, 92) if asked else ():
        log.add(created + second * SECOND, text=asked[0].text.replace(asked[0].field("time"),
                                                                      rfc3339(created + second * SECOND)))

rec.describe("synthetic-datastore-contention", "Synthetic - deadlocks in the datastore keep a roll-out from being registered, over "
                                     "a healthy recording")
rec.expected = ""
rec.write(HERE)
