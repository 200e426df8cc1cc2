"""Two writers of entries: a clean-up script deletes what it does not know, spire-controller-manager writes it again.

Beneath lies an ordinary day. The payment pods get their identity as recorded; from 05:54:50 on a script deletes their
entries every 30 s and the registrar's next pass creates them again. The pods of cart are deleted at the same time, as
recorded: their entries come and go too, each once.
"""

import sys
import uuid
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from recording import Recording, rfc3339  # noqa: E402

AUDIT = dict(subsystem_name="api", type="audit", status="success")
JANITOR = dict(authorized_as="local", authorized_via="transport", caller_gid=0, caller_path="/opt/tools/entry-janitor",
               caller_uid=0)
REGISTRAR = dict(authorized_as="local", authorized_via="transport", caller_gid=0,
                 caller_path="/opt/spire/bin/spire-controller-manager", caller_uid=0)
MILLI = 10**6


def named(*parts):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(str(part) for part in parts)))


rec = Recording.load("s02-healthy-churn")
rec.trim(50, 240)
rec.keep_nodes("node-1", "node-4")
rec.without_polling()
rec.thin("agent-debug", 15)
rec.drop_objects("namespaces", "events", "daemonsets", "deployments", "statefulsets")

trust_domain = rec.setting("trustDomain")
pods = {uid: pod for uid, pod in rec.pods("shop").items()
        if pod["metadata"]["name"].startswith("payment-67c54db7bb-") and "nodeName" in pod["spec"]}
standing = {}
for row in rec.objects["entries"].rows:
    for selector in row.get("object", {}).get("selectors", []):
        uid = selector["value"].removeprefix("pod-uid:")
        if uid in pods:
            standing[uid] = row["object"]

for turn, second in enumerate(range(50, 171, 30)):
    for number, uid in enumerate(sorted(pods)):
        node = pods[uid]["spec"]["nodeName"]
        old = standing[uid]
        spiffe_id = f"spiffe://{trust_domain}{old['spiffeId']['path']}"
        parent_id = f"spiffe://{trust_domain}{old['parentId']['path']}"

        gone = rec.at(second) + number * 3 * MILLI
        rec.server_log().add(gone, "info", "API accessed", **JANITOR, entry_id=old["id"], method="BatchDeleteEntry",
                             request_id=named("delete", turn), service="entry.v1.Entry", **AUDIT)
        rec.objects["entries"].add(rec.at(second + 0.9), "DELETED", old)

        agent = rec.agent_log(node)
        for seconds in (2.1 + number * 0.4, 3.1 + number * 0.4):
            agent.add(rec.at(second + seconds), "error", "No identity issued", method="FetchX509SVID",
                      pid=21000 + number, registered=False, service="WorkloadAPI", subsystem_name="endpoints")

        made = rec.at(second + 6.2) + number * 3 * MILLI
        new = dict(old, id=named(uid, turn), createdAt=str(made // 10**9))
        rec.registrar_log().add(made, text=(
            f"{rfc3339(made, 0)}\tINFO\tentry-reconciler\tCreated entry\t"
            f'{{"id": "", "parentID": "{parent_id}", "spiffeID": "{spiffe_id}", "x509SVIDTTL": "0s", '
            f'"jwtSVIDTTL": "0s", "selectors": "[k8s:pod-uid:{uid}]", "federatesWith": "[]", "dnsNames": "[]", '
            f'"admin": false, "downstream": false, "hint": "", "storeSVID": false}}'))
        rec.server_log().add(made, "info", "API accessed", admin=False, **REGISTRAR, created_at=0, downstream=False,
                             expires_at=0, hint="", jwt_svid_ttl=0, method="BatchCreateEntry", parent_id=parent_id,
                             request_id=named("create", turn), revision_number=0, selectors=f"k8s:pod-uid:{uid}",
                             service="entry.v1.Entry", spiffe_id=spiffe_id, store_svid=False, x509_svid_ttl=0, **AUDIT)
        rec.objects["entries"].add(rec.at(second + 6.9), "ADDED", new)

        signed = rec.at(second + 10.4 + number * 0.5)
        agent.add(signed, "info", "Creating X509-SVID", entry_id=new["id"], spiffe_id=spiffe_id,
                  subsystem_name="manager")
        rec.server_log().add(signed + 9 * MILLI, "info", "API accessed", authorized_as="agent",
                             authorized_via="datastore", caller_addr=f"127.0.0.1:{38300 + number}",
                             caller_id=parent_id, entry_id=new["id"], expires_at=signed // 10**9 + 3600,
                             method="BatchNewX509SVID", request_id=named("sign", uid, turn), service="svid.v1.SVID",
                             spiffe_id=spiffe_id, **AUDIT)
        standing[uid] = new

rec.describe("entry-churn", "Synthetic: a clean-up script deletes entries every 30 s that the registrar creates again")
rec.expected = (HERE / "expected.yaml").read_text()
rec.write(HERE)
