"""All agents are rolled out, and one pod does not come back: it holds the directory in which the old agent's socket was,
and knocks where nobody listens. Its entry is there, synchronised and signed, and nobody refuses it anything. Confounder: a
sibling on another node comes back 45 s later than it did, as a client does that backs off."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from recording import SECOND, Recording, nanos, rfc3339  # noqa: E402

VICTIM, LATE = "payment-58949495cb-k59tz", "payment-58949495cb-m7sls"

rec = Recording.load("healthy-churn-1122-debug")
rec.describe("synthetic-workload-socket-stale",
             "Synthetic: a pod does not come back after its agent was replaced, while its siblings do")
rec.trim(100, 325)
rec.drop_source("agent-debug")
rec.drop_objects("deployments", "daemonsets", "statefulsets", "events")
rec.without_polling()


def requests_after_rollout(name):
    """The log of the pod's agent, and what the pod asked of it since its last start."""
    node = next(pod["spec"]["nodeName"] for pod in rec.pods("shop").values() if pod["metadata"]["name"] == name)
    log = rec.agent_log(node)
    started = log.having('msg="Starting agent"')[-1].at
    pids = {line.field("pid") for line in log.having("PID attested to have selectors", name, since=started)}
    return log, [line for line in log.having(since=started) if line.field("pid") in pids]


log, lines = requests_after_rollout(VICTIM)
log.lines = [line for line in log.lines if line not in lines]

log, lines = requests_after_rollout(LATE)
log.lines = [line for line in log.lines if line not in lines]
for line in lines:
    at = line.at + 45 * SECOND
    text = line.text.replace(rfc3339(line.at), rfc3339(at))
    assert nanos(text) == at, text
    log.add(at, text=text)

rec.expected = (HERE / "expected.yaml").read_text()
rec.write(HERE)
