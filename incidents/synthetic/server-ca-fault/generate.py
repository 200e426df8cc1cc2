#!/usr/bin/env python3
"""SERVER_CA_FAULT over s02-healthy-churn: the upstream authority has failed for hours, the CA of the server expires, and
nothing can be signed until a new one comes. Agents synchronise all the while, so that entries are not the fault."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from recording import Recording, rfc3339  # noqa: E402

NODES = ["node-1", "node-2", "node-4"]
UPSTREAM = ("failed to mint X509CA: rpc error: code = Unavailable desc = upstreamauthority(vault): "
            'unable to sign intermediate: Put "https://vault.vault.svc:8200/v1/pki/root/sign-intermediate": '
            "dial tcp 10.96.33.7:8200: connect: connection refused")

rec = Recording.load("s02-healthy-churn")
rec.trim(35, 215)
rec.keep_nodes(*NODES)
rec.without_polling()
rec.drop_objects("agent-debug")
rec.source("agent-debug", None)
expired, mended = rec.at(20), rec.at(125)
server = rec.server_log()

# Two minutes of trouble before the CA expires, and every 10 s after.
for second in range(3, 125, 10):
    server.add(rec.at(second + 0.41), level="error", msg="Unable to rotate X509 CA", error=UPSTREAM,
               subsystem_name="ca_manager")
reason = f"invalid X509-SVID: already expired as of {rfc3339(expired, 0)}"
status = f"failed to sign X509-SVID: {reason}"

# What was signed in that time is refused instead, again and again, as the agents ask.
for node in NODES:
    agent, log = rec.agent_id(node), rec.agent_log(node)
    wanted = {}
    for line in log.having("Creating X509-SVID", since=expired, until=mended):
        wanted[line.field("entry_id")] = (line.at, line.field("spiffe_id"))
    served = {line.field("entry_id"): line for line in server.having("method=BatchNewX509SVID", agent)}
    server.edit(lambda line: None if "method=BatchNewX509SVID" in line.text and line.field("entry_id") in wanted
                else line.text)
    for entry, (first, spiffe_id) in wanted.items():
        call = served[entry]
        common = dict(authorized_as="agent", authorized_via="datastore", caller_addr=call.field("caller_addr"),
                      caller_id=agent, entry_id=entry, method="BatchNewX509SVID", service="svid.v1.SVID",
                      request_id=call.field("request_id"), subsystem_name="api")
        at, step = first, 0
        while at < mended:
            if step:
                log.add(at, level="info", msg="Creating X509-SVID", entry_id=entry, spiffe_id=spiffe_id,
                        subsystem_name="manager")
            server.add(at + 2_100_000, level="error", msg="Failed to sign X509-SVID", error=reason,
                       spiffe_id=spiffe_id, **common)
            server.add(at + 2_200_000, level="info", msg="API accessed", csr=call.field("csr"), status="error",
                       status_code="Internal", status_message=status, type="audit", **common)
            log.add(at + 4_000_000, level="warning", msg="Failed to mint X509 SVID", entry_id=entry, error=status,
                    status=13, subsystem_name="manager")
            step += 1
            at = first + round(step * 4.7e9) + (step % 3) * 190_000_000
        # The new CA: the next attempt succeeds.
        log.add(mended + 1_300_000_000, level="info", msg="Creating X509-SVID", entry_id=entry, spiffe_id=spiffe_id,
                subsystem_name="manager")
        server.add(mended + 1_303_000_000, level="info", msg="API accessed", csr=call.field("csr"),
                   expires_at=(mended // 10**9) + 3600, spiffe_id=spiffe_id, status="success", type="audit", **common)
    # A workload whose entry is known but not signed is not refused: it waits. Its refusals from before stay.
    for first, _ in wanted.values():
        for second in range(1, int((mended - first) / 10**9), 12):
            log.add(first + second * 10**9, level="info", msg="Waiting for SVID to get cached",
                    subsystem_name="cache_manager",
                    selectors='[type:"k8s" value:"ns:shop" type:"k8s" value:"sa:payment"]')

server.add(mended, level="info", msg="X509 CA prepared", expiration=rfc3339(mended + 86400 * 10**9, 0),
           issued_at=rfc3339(mended, 0), slot="B", self_signed=False, subsystem_name="ca_manager")
server.add(mended + 400_000_000, level="info", msg="X509 CA activated", expiration=rfc3339(mended + 86400 * 10**9, 0),
           issued_at=rfc3339(mended, 0), slot="B", subsystem_name="ca_manager")

# The confounder: an agent far away loses one synchronisation to the network and tries again.
rec.agent_log("node-1").add(rec.at(58.2), level="error", msg="Synchronize failed", subsystem_name="manager",
                            error="failed to fetch authorized entries: rpc error: code = Unavailable desc = connection "
                                  'error: desc = "transport: Error while dialing: dial tcp 10.96.0.20:8081: i/o timeout"')

rec.describe("synthetic-server-ca-fault", "Synthetic - the CA of the server expires while its upstream authority is down, over a "
                                "healthy recording")
rec.expected = ""
rec.write(HERE)
