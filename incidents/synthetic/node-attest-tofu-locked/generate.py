"""Agents attest with the identity document of their cloud instance. One agent lost its data; its proof was used before."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from agents import replaced, thin  # noqa: E402
from recording import Recording  # noqa: E402

REFUSED = 'nodeattestor(aws_iid): attestation data has already been used to attest an agent'

rec = Recording.load("token-account-1153")
changes = []
for name, uid in sorted(rec.nodes().items()):
    instance = "i-0" + uid.replace("-", "")[:16]
    changes.append((f"/spire/agent/k8s_psat/lab/{uid}", f"/spire/agent/aws_iid/123456789012/eu-central-1/{instance}"))
account = 'is not an allowed service account for cluster'
for quote in ('\\\\\\"', '\\"', '"'):
    changes.append((f'odeattestor(k8s_psat): {quote}spire:spire-agent-v2{quote} {account} {quote}lab{quote}', REFUSED[1:]))
changes += [("node_attestor_type=k8s_psat", "node_attestor_type=aws_iid"), ("plugin_name=k8s_psat", "plugin_name=aws_iid"),
            ("reattestable=true", "reattestable=false"), ('"canReattest": true', '"canReattest": false'),
            ('"attestationType": "k8s_psat"', '"attestationType": "aws_iid"'), ("spire-agent-v2", "spire-agent")]
replaced(rec, *changes)

rec.describe("synthetic-node-attest-tofu-locked",
             "Synthetic: an agent that attested with its cloud instance has lost its data and may not attest again")
thin(rec, "node-2", "node-3", "node-4")
rec.write(HERE)
