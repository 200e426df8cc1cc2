"""What several synthetic incidents of one agent share: its calls and lines, from a moment on, are not there."""

import json

from recording import nanos


def calls(rec, node):
    """A test for server log lines that the agent of the node caused."""
    caller = rec.agent_id(node)
    return lambda line: line.field("caller_id") == caller or line.field("agent_id") == caller


def hang_up(rec, node, since, until=None):
    """The server no longer serves the agent: none of its calls is answered, nothing is signed for it."""
    of_agent = calls(rec, node)
    rec.server_log().edit(lambda line: None if of_agent(line) else line.text, since, until)
    rec.agent_log(node).edit(
        lambda line: None if "X509-SVID" in line.text or "X.509 SVID" in line.text else line.text, since, until)


def stale_debug(rec, node, since, until=None):
    """The debug API goes on to answer, with the synchronisation and the SVIDs of that moment."""
    last = {}

    def change(row):
        if row["node"] != node or "object" not in row:
            return row
        if since <= nanos(row["observedAt"]) and (until is None or nanos(row["observedAt"]) < until):
            uptime = row["object"]["uptime"]
            row["object"] = dict(last, uptime=uptime)
        else:
            last.clear()
            last.update(row["object"])
        return row

    rec.objects["agent-debug"].edit(change)


def refusals(rec, node, method, pids, since, until, every=15):
    """Workloads of the node that ask again and again in vain."""
    step = int(every * 10**9)
    for number, pid in enumerate(pids):
        for at in range(int(since) + number * 10**8, int(until), step):
            rec.agent_log(node).add(
                at, level="error", msg="No identity issued", method=method, pid=pid, registered=False,
                service="WorkloadAPI", subsystem_name="endpoints")


def replaced(rec, *changes):
    """Replaces texts everywhere: in logs and in objects."""
    def new(text):
        for old, by in changes:
            text = text.replace(old, by)
        return text

    for log in rec.logs.values():
        log.edit(lambda line: new(line.text))
    for objects in rec.objects.values():
        objects.edit(lambda row: json.loads(new(json.dumps(row))))


def thin(rec, *nodes):
    """Keeps some nodes, and of polls and pod objects what the incident is about."""
    rec.expected = ""  # what the recording beneath must find is not what this one must
    rec.keep_nodes(*nodes)
    rec.without_polling()
    rec.drop_objects("events", "deployments", "daemonsets", "statefulsets")
    if "agent-debug" in rec.objects:
        rec.thin("agent-debug", 9)
    for row in rec.objects["pods"].rows:
        pod = row.get("object")
        if pod:
            for name in ("volumes", "tolerations", "affinity", "priority", "preemptionPolicy", "enableServiceLinks",
                         "schedulerName", "securityContext", "dnsPolicy"):
                pod["spec"].pop(name, None)
            for container in pod["spec"]["containers"]:
                for name in set(container) - {"name", "image"}:
                    container.pop(name)
