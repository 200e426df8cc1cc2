#!/usr/bin/env python3
"""Writes the two incident bundles beside this script: registrar-lag/ and agent-sync-backoff/.

The same input gives the same bytes: every random number comes from a fixed seed, every UID from a name, and nothing is
read from the network or the clock. README.md says which facts are from the public report and which are made up here.
"""

import json
import random
import shutil
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
DAY = datetime(2025, 2, 6, tzinfo=timezone.utc)
TRUST_DOMAIN = "k8s.nsm"
CLUSTER = "nsm-cluster"
NODES = [f"pool1-n185-vpod4-pool1-n{i}" for i in range(1, 6)]
SURVIVORS, RESTARTED = NODES[:4], NODES[4]
SYNTHETIC = {"svidflow.io/synthetic": "true"}
DATASTORE = "10.96.20.11:5432"

START, OFF, BOOT = "00:19:30", "00:20:55", "00:25:50"
NOT_READY = "00:21:35.412"
DATASTORE_BACK = "00:25:58.600"
AGENT_BACK = "00:26:03.100"

RSRMZ = "endpoint3-nsm-ep-nse-ipv4-6f86ff5c6-rsrmz"
SECOND = "endpoint4-nsm-ep-nse-ipv4-7c9d5f4b8-x2kqp"
QUICK = "endpoint5-nsm-ep-nse-ipv4-5d8b9c6f7-m4tzv"


def at(clock, plus=0.0):
    """Time of day of the incident, with fractions of a second."""
    hours, minutes, seconds = clock.split(":")
    return DAY + timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds) + plus)


def seconds(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def micros(time):
    return time.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def uid(*names):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "https://github.com/spiffe/spire/issues/5859#" + "/".join(names)))


def agent_path(node):
    return f"/spire/agent/k8s_psat/{CLUSTER}/{uid('node', node)}"


def agent_id(node):
    return f"spiffe://{TRUST_DOMAIN}{agent_path(node)}"


class Pod:
    """A pod that asks the Workload API, or one of SPIRE's own."""

    def __init__(self, namespace, name, node, owner, containers, account, started, registered=True):
        self.namespace, self.name, self.node, self.owner = namespace, name, node, owner
        self.containers, self.account, self.started = containers, account, started
        self.registered = registered
        self.uid = uid("pod", namespace, name)
        self.entry = uid("entry", namespace, name)
        self.spiffe_path = f"/ns/{namespace}/pod/{name}"
        self.spiffe_id = f"spiffe://{TRUST_DOMAIN}{self.spiffe_path}"
        self.restarts = 0
        self.ready = True

    def object(self, version):
        labels = {"app": self.owner[1]}
        if self.registered:
            labels["spiffe.io/spiffe-id"] = "true"
        condition = {"type": "Ready", "status": "True" if self.ready else "False"}
        return {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {
                "name": self.name,
                "namespace": self.namespace,
                "uid": self.uid,
                "resourceVersion": str(version),
                "creationTimestamp": seconds(self.started - timedelta(seconds=2)),
                "labels": labels,
                "annotations": SYNTHETIC,
                "ownerReferences": [
                    {"apiVersion": "apps/v1", "kind": self.owner[0], "name": self.owner[1],
                     "uid": uid("owner", *self.owner), "controller": True}
                ],
            },
            "spec": {
                "nodeName": self.node,
                "serviceAccountName": self.account,
                "containers": [{"name": name, "image": image} for name, image in self.containers],
            },
            "status": {
                "phase": "Running",
                "conditions": [condition],
                "containerStatuses": [
                    {"name": name, "image": image, "ready": self.ready, "restartCount": self.restarts,
                     "state": {"running": {"startedAt": seconds(self.started)}}}
                    for name, image in self.containers
                ],
            },
        }

    def entry_object(self, created):
        return {
            "id": self.entry,
            "spiffeId": {"trustDomain": TRUST_DOMAIN, "path": self.spiffe_path},
            "parentId": {"trustDomain": TRUST_DOMAIN, "path": agent_path(self.node)},
            "selectors": [{"type": "k8s", "value": f"pod-uid:{self.uid}"}],
            "createdAt": str(round(created.timestamp())),
        }

    def attested_selectors(self):
        values = [f"sa:{self.account}", f"ns:{self.namespace}", f"node-name:{self.node}", f"pod-uid:{self.uid}",
                  f"pod-name:{self.name}", f"container-name:{self.containers[0][0]}"]
        return "[" + " ".join(f'type:"k8s" value:"{value}"' for value in values) + "]"


class Log:
    """A log of SPIRE as logrus writes it: time, level, message, then the fields by name."""

    def __init__(self):
        self.lines = []

    def add(self, time, level, message, **fields):
        nanos = time.strftime("%Y-%m-%dT%H:%M:%S.%f") + "000Z"
        text = "".join(f" {key}={quoted(str(value))}" for key, value in sorted(fields.items()))
        self.lines.append((time, len(self.lines), f'time="{nanos}" level={level} msg="{message}"{text}'))

    def text(self):
        return "".join(line + "\n" for _, _, line in sorted(self.lines))


class ControllerLog(Log):
    """The log of spire-controller-manager, as zap's console encoder writes it."""

    def add(self, time, level, message, logger="", **fields):
        columns = [seconds(time), level, logger, message, json.dumps(fields) if fields else ""]
        self.lines.append((time, len(self.lines), "\t".join(column for column in columns if column)))


def quoted(value):
    plain = value and all(c.isalnum() or c in "-._/@^+" for c in value)
    return value if plain else json.dumps(value)


class Watch:
    """Observed objects of one kind, one a line."""

    def __init__(self):
        self.rows = []

    def add(self, time, change, obj):
        self.rows.append((time, len(self.rows), {"observedAt": micros(time), "type": change, "object": obj}))

    def failed(self, time, error):
        self.rows.append((time, len(self.rows), {"observedAt": micros(time), "type": "ERROR", "error": error}))

    def text(self):
        return "".join(json.dumps(row, separators=(",", ":")) + "\n" for _, _, row in sorted(self.rows, key=lambda r: r[:2]))


class Bundle:
    """One variant of the incident."""

    def __init__(self, variant, end, stuck, quick, created, slow):
        self.variant, self.end = variant, at(end)
        self.random = random.Random(f"spire-5859 {variant}")
        self.nodes, self.pods, self.namespaces, self.rules = Watch(), Watch(), Watch(), Watch()
        self.entries, self.agents = Watch(), Watch()
        self.agent_logs = {node: Log() for node in NODES}
        self.server_log, self.controller_log = Log(), ControllerLog()
        self.version = 1000
        self.old = old_pods()
        self.stuck, self.quick, self.created, self.slow = stuck, quick, created, slow
        self.synced = {}

    def write(self):
        self.kubernetes()
        self.datastore_outage()
        self.node_returns()
        for node in SURVIVORS:
            self.survivor(node)
        self.new_pods()
        self.registrar()
        folder = HERE / self.variant
        shutil.rmtree(folder / "raw", ignore_errors=True)
        files = {
            "raw/nodes.jsonl": self.nodes, "raw/pods.jsonl": self.pods, "raw/namespaces.jsonl": self.namespaces,
            "raw/clusterspiffeids.jsonl": self.rules, "raw/entries.jsonl": self.entries,
            "raw/agents.jsonl": self.agents, "raw/logs/server/spire-server-0.log": self.server_log,
            "raw/logs/controller-manager/spire-server-0.log": self.controller_log,
        }
        files.update({f"raw/logs/agent/{node}.log": log for node, log in self.agent_logs.items()})
        for path, content in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content.text(), encoding="utf-8")

    # -- Kubernetes ---------------------------------------------------------------------------------------------------

    def next_version(self):
        self.version += 7
        return self.version

    def node_object(self, node, boot, ready, since):
        return {
            "apiVersion": "v1",
            "kind": "Node",
            "metadata": {"name": node, "uid": uid("node", node), "resourceVersion": str(self.next_version()),
                         "annotations": SYNTHETIC},
            "status": {
                "conditions": [{"type": "Ready", "status": ready, "lastTransitionTime": seconds(since)}],
                "nodeInfo": {"bootID": uid("boot", node, boot), "kubeletVersion": "v1.30.4"},
            },
        }

    def see(self, time, pod, change="MODIFIED"):
        self.pods.add(time, change, pod.object(self.next_version()))

    def kubernetes(self):
        first, ages = at(START, 0.4), at("00:02:11")
        for index, namespace in enumerate(["kube-system", "nsm-ep", "nsm-system", "spire"]):
            self.namespaces.add(first + timedelta(microseconds=index), "ADDED", {
                "apiVersion": "v1", "kind": "Namespace",
                "metadata": {"name": namespace, "uid": uid("namespace", namespace), "annotations": SYNTHETIC,
                             "labels": {"kubernetes.io/metadata.name": namespace}}})
        self.rules.add(first, "ADDED", {
            "apiVersion": "spire.spiffe.io/v1alpha1", "kind": "ClusterSPIFFEID",
            "metadata": {"name": "nsm", "generation": 1, "resourceVersion": "731", "uid": uid("rule", "nsm"),
                         "annotations": SYNTHETIC},
            "spec": {
                "spiffeIDTemplate": "spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/pod/{{ .PodMeta.Name }}",
                "podSelector": {"matchLabels": {"spiffe.io/spiffe-id": "true"}}}})
        for node in NODES:
            self.nodes.add(first, "ADDED", self.node_object(node, "first", "True", ages))
        for pod in self.old:
            self.see(first + timedelta(milliseconds=5), pod, "ADDED")
            if pod.registered:
                self.entries.add(at(START, 0.6), "ADDED", pod.entry_object(pod.started + timedelta(seconds=3)))
        for node in NODES:
            self.agents.add(at(START, 0.6), "ADDED", self.agent_row(node, "first", at("01:02:40")))
        off = at(NOT_READY)
        self.nodes.add(off, "MODIFIED", self.node_object(RESTARTED, "first", "Unknown", off))
        for pod in self.on(RESTARTED):
            pod.ready = False
            self.see(off + timedelta(milliseconds=20), pod)
        boot = at(BOOT)
        self.nodes.add(boot, "MODIFIED", self.node_object(RESTARTED, "second", "False", boot))
        self.nodes.add(at("00:25:52.300"), "MODIFIED", self.node_object(RESTARTED, "second", "True", at("00:25:52")))

    def on(self, node):
        return [pod for pod in self.old if pod.node == node]

    def agent_row(self, node, attestation, expires):
        pod = next(pod for pod in self.on(node) if pod.name.startswith("spire-agent"))
        values = [f"agent_node_name:{node}", f"agent_node_uid:{uid('node', node)}", "agent_ns:spire",
                  f"agent_pod_name:{pod.name}", f"agent_pod_uid:{pod.uid}", "agent_sa:spire-agent",
                  f"cluster:{CLUSTER}"]
        return {
            "id": {"trustDomain": TRUST_DOMAIN, "path": agent_path(node)},
            "attestationType": "k8s_psat",
            "x509svidSerialNumber": str(uuid.UUID(uid("serial", node, attestation)).int),
            "x509svidExpiresAt": str(int(expires.timestamp())),
            "selectors": [{"type": "k8s_psat", "value": value} for value in values],
            "canReattest": True,
        }

    # -- the fault ----------------------------------------------------------------------------------------------------

    def datastore_error(self, time):
        """Without its node the datastore first does not answer; once the node is NotReady its Service has no endpoint."""
        how = "i/o timeout" if time < at(NOT_READY) else "connect: connection refused"
        return f"datastore-sql: dial tcp {DATASTORE}: {how}"

    def datastore_outage(self):
        time = at(OFF, 3.2)
        while time < at(DATASTORE_BACK):
            self.server_log.add(time, "error", "Failed to reload entry cache", error=self.datastore_error(time),
                                subsystem_name="endpoints")
            time += timedelta(seconds=5, milliseconds=self.random.randrange(12))
        for plus in range(10, 300, 10):
            self.entries.failed(at(OFF, plus + 0.61), "failed to list entries: " + self.datastore_error(at(OFF, plus)))
            self.agents.failed(at(OFF, plus + 0.62), "failed to list agents: " + self.datastore_error(at(OFF, plus)))
            time = at(OFF, plus + 2.4)
            self.server_log.add(time, "error", "Failed to list entries", authorized_as="local",
                                authorized_via="transport", error=self.datastore_error(time), method="ListEntries",
                                request_id=self.request(), service="entry.v1.Entry", subsystem_name="api")
            error = "rpc error: code = Internal desc = failed to list entries: " + self.datastore_error(time)
            self.controller_log.add(time, "ERROR", "Failed to list SPIRE entries", "entry-reconciler", error=error)
        self.server_log.add(at(OFF, 30.03), "error", "Health check has failed", check="catalog.datastore",
                            error="subsystem is not live or ready", subsystem_name="health")
        self.server_log.add(
            at("00:26:00.741"), "error", "Unable to set bundle for object",
            error='Operation cannot be fulfilled on validatingwebhookconfigurations.admissionregistration.k8s.io '
                  '"workload-register-webhook": the object has been modified; please apply your changes to the '
                  'latest version and try again',
            external="false", plugin_name="k8sbundle", plugin_type="Notifier", subsystem_name="catalog")

    def request(self):
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def node_returns(self):
        restarts = {"postgres": 6.9, "spire-agent": 12.9, "nsmgr": 7.4}
        for pod in self.on(RESTARTED):
            kind = next(kind for kind in restarts if pod.name.startswith(kind))
            pod.restarts, pod.ready = 1, kind != "spire-agent"
            pod.started = at(BOOT, restarts[kind])
            self.see(pod.started + timedelta(milliseconds=300), pod)
        log, attested = self.agent_logs[RESTARTED], at(AGENT_BACK, 0.52)
        log.add(at(AGENT_BACK), "info", "Starting agent", data_dir="/run/spire/data", version="1.11.1")
        trust_domain = f"spiffe://{TRUST_DOMAIN}"
        log.add(at(AGENT_BACK, 0.11), "info", "Bundle loaded", subsystem_name="attestor", trust_domain_id=trust_domain)
        log.add(at(AGENT_BACK, 0.12), "warning", "SVID recovered, but no keys found. Generating new keypair",
                subsystem_name="attestor")
        log.add(at(AGENT_BACK, 0.13), "info", "SVID is not found. Starting node attestation",
                subsystem_name="attestor", trust_domain_id=trust_domain)
        log.add(attested, "info", "Node attestation was successful", reattestable="true",
                spiffe_id=agent_id(RESTARTED), subsystem_name="attestor", trust_domain_id=trust_domain)
        self.agents.add(at(AGENT_BACK, 1.5), "MODIFIED", self.agent_row(RESTARTED, "second", at("01:26:03")))
        self.synchronise(RESTARTED, at(AGENT_BACK, 0.6))
        log.add(at(AGENT_BACK, 0.7), "info", "Starting Workload and SDS APIs", address="/run/spire/sockets/agent.sock",
                network="unix", subsystem_name="endpoints")
        agent = next(pod for pod in self.on(RESTARTED) if pod.name.startswith("spire-agent"))
        agent.ready = True
        self.see(at(AGENT_BACK, 2.1), agent)
        manager = next(pod for pod in self.on(RESTARTED) if pod.name.startswith("nsmgr"))
        self.sign(manager, at(AGENT_BACK, 0.61))
        self.fetch(manager, at(AGENT_BACK, 1.3), 2117)

    # -- synchronisation ----------------------------------------------------------------------------------------------

    def survivor(self, node):
        """An agent that ran all the time: synchronises, fails, backs off by SPIRE's schedule, synchronises again."""
        log = self.agent_logs[node]
        failed = self.synchronise(node, at(START, 0.3 + 1.1 * SURVIVORS.index(node)), at(OFF, 1.5))
        stretch = 1.095 if node in self.slow else 0.905
        wait, first = 5.0, True
        while failed < at(DATASTORE_BACK, 0.5):
            cause = "unable to look up agent information: " + self.datastore_error(failed)
            error = (f"rpc error: code = Internal desc = {cause}" if first else
                     'rpc error: code = Unavailable desc = connection error: desc = "error reading server preface: '
                     'remote error: tls: bad certificate"')
            if first:
                self.server_log.add(failed - timedelta(milliseconds=2), "error", "Unable to look up agent information",
                                    authorized_as="nobody", authorized_via="", caller_addr=self.address(node),
                                    caller_id=agent_id(node), error=self.datastore_error(failed))
            log.add(failed, "error", "Failed to fetch authorized entries", error=error, subsystem_name="manager")
            log.add(failed + timedelta(microseconds=180), "error", "Synchronize failed",
                    error="failed to fetch authorized entries: " + error, subsystem_name="manager")
            wait, first = min(wait * 1.5, 240.0), False
            failed += timedelta(seconds=wait * (stretch + self.random.uniform(-0.004, 0.004)))
        self.synchronise(node, failed)

    def address(self, node):
        return f"10.244.{NODES.index(node) + 1}.1:{40000 + NODES.index(node) * 113}"

    def synchronise(self, node, first, until=None):
        """Successful synchronisations about every 5 s; returns the time of the next one after the last."""
        time = first
        times = self.synced.setdefault(node, [])
        while time < (until or self.end):
            times.append(time)
            self.server_log.add(time, "info", "API accessed", authorized_as="agent", authorized_via="datastore",
                                caller_addr=self.address(node), caller_id=agent_id(node),
                                method="GetAuthorizedEntries", request_id=self.request(), service="entry.v1.Entry",
                                status="success", subsystem_name="api", type="audit")
            time += timedelta(seconds=5 * self.random.uniform(0.9, 1.1))
        return time

    def first_sync(self, node, created):
        """The first synchronisation that can know an entry: the server reloads its cache of entries every 5 s."""
        return next(time for time in self.synced[node] if time > created + timedelta(seconds=2.5))

    # -- pods ---------------------------------------------------------------------------------------------------------

    def sign(self, pod, time):
        log = self.agent_logs[pod.node]
        log.add(time, "debug", "Entry created", entry=pod.entry, selectors_added=1, spiffe_id=pod.spiffe_id,
                subsystem_name="cache_manager")
        log.add(time + timedelta(microseconds=60), "info", "Creating X509-SVID", entry_id=pod.entry,
                spiffe_id=pod.spiffe_id, subsystem_name="manager")
        self.server_log.add(time + timedelta(milliseconds=4), "info", "API accessed", authorized_as="agent",
                            authorized_via="datastore", caller_addr=self.address(pod.node),
                            caller_id=agent_id(pod.node), entry_id=pod.entry,
                            expires_at=int((time + timedelta(hours=1)).timestamp()), method="BatchNewX509SVID",
                            request_id=self.request(), service="svid.v1.SVID", spiffe_id=pod.spiffe_id,
                            status="success", subsystem_name="api", type="audit")
        log.add(time + timedelta(milliseconds=6), "debug", "SVID updated", entry=pod.entry, spiffe_id=pod.spiffe_id,
                subsystem_name="cache_manager")

    def ask(self, pod, time, pid):
        self.agent_logs[pod.node].add(time, "debug", "PID attested to have selectors", pid=pid,
                                      selectors=pod.attested_selectors(), subsystem_name="workload_attestor")

    def refuse(self, pod, time, pid):
        self.ask(pod, time, pid)
        self.agent_logs[pod.node].add(time + timedelta(microseconds=400), "error", "No identity issued",
                                      method="FetchX509SVID", pid=pid, registered="false", service="WorkloadAPI",
                                      subsystem_name="endpoints")

    def fetch(self, pod, time, pid):
        self.ask(pod, time, pid)
        self.agent_logs[pod.node].add(time + timedelta(microseconds=500), "debug", "Fetched X.509 SVID", count=1,
                                      method="FetchX509SVID", pid=pid, registered="true", service="WorkloadAPI",
                                      spiffe_id=pod.spiffe_id, subsystem_name="endpoints", ttl="3599.4")

    def new_pods(self):
        pids = {RSRMZ: 80041, SECOND: 61322, QUICK: 80207}
        for pod in self.stuck + self.quick:
            self.see(pod.started + timedelta(milliseconds=640), pod, "ADDED")
            created = self.created[pod.name]
            self.entries.add(created + timedelta(milliseconds=420), "ADDED", pod.entry_object(created))
            self.controller_log.add(pod.started + timedelta(milliseconds=700), "DEBUG", "Triggering reconciliation",
                                    controller="pod", controllerKind="Pod",
                                    Pod={"name": pod.name, "namespace": pod.namespace}, namespace=pod.namespace,
                                    name=pod.name, reconcileID=self.request())
            self.entry_written("Created entry", "BatchCreateEntry", pod, created)
            signed = self.first_sync(pod.node, created) + timedelta(milliseconds=30)
            self.sign(pod, signed)
            # go-spiffe asks again after 1 s, 2 s, ... up to 30 s
            asked, wait = pod.started + timedelta(seconds=1.2), 1
            while asked < signed + timedelta(milliseconds=20):
                self.refuse(pod, asked, pids[pod.name])
                asked += timedelta(seconds=min(wait, 30), milliseconds=11)
                wait += 1
            self.fetch(pod, asked, pids[pod.name])

    def entry_written(self, message, method, pod, time):
        self.controller_log.add(time + timedelta(milliseconds=2), "INFO", message, "entry-reconciler",
                                id="", parentID=agent_id(pod.node), spiffeID=pod.spiffe_id,
                                selectors=f"[k8s:pod-uid:{pod.uid}]", x509SVIDTTL="0s", jwtSVIDTTL="0s")
        self.server_log.add(time, "info", "API accessed", authorized_as="local", authorized_via="transport",
                            caller_gid=0, caller_path="/spire-controller-manager", caller_uid=0, method=method,
                            parent_id=agent_id(pod.node), request_id=self.request(),
                            selectors=f"k8s:pod-uid:{pod.uid}", service="entry.v1.Entry", spiffe_id=pod.spiffe_id,
                            status="success", subsystem_name="api", type="audit")

    def registrar(self):
        """Lists the entries at the start of each pass, and is triggered by whatever happens to pods."""
        for first, until in ((at(START, 2.7), at(OFF)), (at(DATASTORE_BACK, 1.4), self.end)):
            time = first
            while time < until:
                self.server_log.add(time, "info", "API accessed", authorized_as="local", authorized_via="transport",
                                    caller_gid=0, caller_path="/spire-controller-manager", caller_uid=0,
                                    method="ListEntries", request_id=self.request(), service="entry.v1.Entry",
                                    status="success", subsystem_name="api", type="audit")
                pod = self.random.choice([pod for pod in self.old if pod.registered])
                self.controller_log.add(time, "DEBUG", "Triggering reconciliation", controller="endpoints",
                                        controllerKind="Endpoints", Endpoints={"name": pod.owner[1],
                                                                               "namespace": pod.namespace},
                                        namespace=pod.namespace, name=pod.owner[1], reconcileID=self.request())
                time += timedelta(seconds=10, milliseconds=self.random.randrange(400))
        gone = Pod("nsm-ep", "endpoint3-nsm-ep-nse-ipv4-6f86ff5c6-k8w2d", RESTARTED,
                   ("ReplicaSet", "endpoint3-nsm-ep-nse-ipv4-6f86ff5c6"), [("nse", "nse-icmp-responder:v1.14.1")],
                   "endpoint3-nsm-ep-nse", at("00:12:00"))
        self.entries.add(at(START, 0.6), "ADDED", gone.entry_object(gone.started))
        self.entries.add(at("00:26:12.900"), "DELETED", gone.entry_object(gone.started))
        self.entry_written("Deleted entry", "BatchDeleteEntry", gone, at("00:26:12.480"))


def old_pods():
    """What ran before the node went off, and never lost its identity."""
    pods = [
        Pod("spire", "spire-server-0", NODES[0], ("StatefulSet", "spire-server"),
            [("spire-server", "ghcr.io/spiffe/spire-server:1.11.1"),
             ("spire-controller-manager", "ghcr.io/spiffe/spire-controller-manager:0.6.0")],
            "spire-server", at("00:03:10"), registered=False),
        Pod("spire", "postgres-0", RESTARTED, ("StatefulSet", "postgres"), [("postgres", "postgres:16")],
            "postgres", at("00:03:05"), registered=False),
    ]
    for index, node in enumerate(NODES):
        pods.append(Pod("spire", f"spire-agent-{'kqzbw 7v2fh m9dxt p4lcn z6rsj'.split()[index]}", node,
                        ("DaemonSet", "spire-agent"), [("spire-agent", "ghcr.io/spiffe/spire-agent:1.11.1")],
                        "spire-agent", at("00:03:20"), registered=False))
        pods.append(Pod("nsm-system", f"nsmgr-{'bq6wd h2xvz 5lkct r8mpn w3jfg'.split()[index]}", node,
                        ("DaemonSet", "nsmgr"), [("nsmgr", "cmd-nsmgr:v1.14.1")], "nsmgr", at("00:04:30")))
    for number, node in ((1, NODES[1]), (2, NODES[3])):
        owner = f"endpoint{number}-nsm-ep-nse-ipv4-{'8479d6bb7c 66f7d9c58b'.split()[number - 1]}"
        pods.append(Pod("nsm-ep", f"{owner}-{'t5hq9 c7wzl'.split()[number - 1]}", node, ("ReplicaSet", owner),
                        [("nse", "nse-icmp-responder:v1.14.1")], f"endpoint{number}-nsm-ep-nse", at("00:08:00")))
    return pods


def new_pod(name, node, started):
    owner = name.rsplit("-", 1)[0]
    return Pod("nsm-ep", name, node, ("ReplicaSet", owner), [("nse", "nse-icmp-responder:v1.14.1")],
               owner.split("-")[0] + "-nsm-ep-nse", at(started))


def main():
    # the entries come 10 min late, on two agents within 7 ms; both agents have synchronised for long
    Bundle("registrar-lag", "00:38:00",
           stuck=[new_pod(RSRMZ, RESTARTED, "00:26:10"), new_pod(SECOND, NODES[2], "00:26:11")], quick=[],
           created={RSRMZ: at("00:36:41.480"), SECOND: at("00:36:41.487")}, slow=NODES[1:3]).write()
    # the entries come at once, but two agents are still in their back-off
    Bundle("agent-sync-backoff", "00:31:00",
           stuck=[new_pod(RSRMZ, NODES[2], "00:26:10"), new_pod(SECOND, NODES[1], "00:26:11")],
           quick=[new_pod(QUICK, RESTARTED, "00:26:12")],
           created={RSRMZ: at("00:26:13.210"), SECOND: at("00:26:14.102"), QUICK: at("00:26:14.109")},
           slow=NODES[1:3]).write()


if __name__ == "__main__":
    main()
