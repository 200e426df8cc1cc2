"""A node: runs the pods that are bound to it, keeps its lease, can be switched off and on."""

import hashlib
import http.client
import signal
import threading
import time
import uuid

from . import clock, settings
from .kubelet_server import serve_logs, serve_pods
from .pod import Pod

_LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases"


class Node:
    def __init__(self, index, run, spire, api, stop):
        self.index = index
        self.run = run
        self.spire = spire
        self.api = api
        self.name = f"node-{index}"
        self.folder = run / "nodes" / self.name
        self.logs = run / "logs"
        self.port = settings.KUBELET + index
        # what the kubelet answers to the workload attestor: ok, refuse, 403 or hang
        self.answers = "ok"
        self.pods = {}
        self.stop = stop
        self._boot = str(uuid.uuid4())
        self._on = True
        self._suspended = False
        for name in ("admin", "socket"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def start(self):
        bound = f"/api/v1/pods?fieldSelector=spec.nodeName%3D{self.name}"
        self._register()
        for work in (
            self._keep_lease,
            lambda: self.api.watch(bound, self._on_pods, self.stop),
            lambda: serve_pods(self),
            lambda: serve_logs(self),
            self._run_pods,
        ):
            threading.Thread(target=work, daemon=True).start()

    def awake(self):
        return self._on and not self._suspended

    def off(self):
        """As when the power fails."""
        self._on = False
        for pod in list(self.pods.values()):
            pod.signal()

    def boot(self):
        """A new boot id; the pods that are still bound here start again."""
        clock.say("FAULT", self.name, "boots")
        self._boot = str(uuid.uuid4())
        for pod in list(self.pods.values()):
            pod.restart_with_node()
        self._report(ready=False)
        self._event("Starting", "Starting kubelet.")
        self._event("Rebooted", f"Node {self.name} has been rebooted, boot id: {self._boot}", "Warning")
        time.sleep(3)
        self._report()
        self._event("NodeReady", f"Node {self.name} status is now: NodeReady")
        self._on = True

    def suspend(self, seconds):
        """Nothing on the node runs, nothing is told about it; then all goes on as if no time had passed."""
        self._suspended = True
        for pod in list(self.pods.values()):
            pod.signal(signal.SIGSTOP)
        time.sleep(seconds)
        for pod in list(self.pods.values()):
            pod.signal(signal.SIGCONT)
        self._suspended = False

    def _register(self):
        labels = {"kubernetes.io/hostname": self.name, "kubernetes.io/os": "linux", "lab/index": str(self.index)}
        node = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": self.name, "labels": labels}, "spec": {}}
        self.api.post("/api/v1/nodes", node)
        lease = {
            "apiVersion": "coordination.k8s.io/v1",
            "kind": "Lease",
            "metadata": {"name": self.name},
            "spec": {"holderIdentity": self.name, "leaseDurationSeconds": 40, "renewTime": clock.micros()},
        }
        self.api.post(_LEASES, lease)
        self._report()

    def _keep_lease(self):
        rounds = 0
        while not self.stop.is_set():
            if self.awake():
                try:
                    self._renew(rounds)
                except (OSError, http.client.HTTPException):
                    pass
            rounds += 1
            self.stop.wait(10)

    def _renew(self, rounds):
        self.api.patch(f"{_LEASES}/{self.name}", {"spec": {"renewTime": clock.micros()}})
        status, node = self.api.get(f"/api/v1/nodes/{self.name}")
        if status == 404:
            self._register()
        elif status == 200:
            conditions = node["status"].get("conditions", [])
            unready = any(it["type"] == "Ready" and it["status"] != "True" for it in conditions)
            if unready or rounds % 30 == 0:
                self._report()

    def _report(self, ready=True):
        """Writes the status of the Node object."""
        at = clock.seconds()
        status, current = self.api.get(f"/api/v1/nodes/{self.name}")
        known = current.get("status", {}).get("conditions", []) if status == 200 else []
        before = {condition["type"]: condition for condition in known}

        def condition(kind, value, reason):
            same = before.get(kind, {}).get("status") == value
            since = before[kind]["lastTransitionTime"] if same else at
            return {
                "type": kind,
                "status": value,
                "reason": reason,
                "lastHeartbeatTime": at,
                "lastTransitionTime": since,
            }

        resources = {"cpu": "16", "memory": "64Gi", "pods": "250"}
        machine = hashlib.md5(self.name.encode()).hexdigest()
        version = "v" + settings.versions()["KUBERNETES"]
        body = {
            "capacity": resources,
            "allocatable": resources,
            "addresses": [
                {"type": "InternalIP", "address": "127.0.0.1"},
                {"type": "Hostname", "address": self.name},
            ],
            "conditions": [
                condition("MemoryPressure", "False", "KubeletHasSufficientMemory"),
                condition("DiskPressure", "False", "KubeletHasNoDiskPressure"),
                condition("PIDPressure", "False", "KubeletHasSufficientPID"),
                condition("Ready", str(ready), "KubeletReady" if ready else "KubeletNotReady"),
            ],
            "daemonEndpoints": {"kubeletEndpoint": {"Port": self.port + 300}},
            "nodeInfo": {
                "bootID": self._boot,
                "machineID": machine,
                "systemUUID": machine,
                "kernelVersion": "6.1.0",
                "osImage": "lab",
                "containerRuntimeVersion": "containerd://1.7.0",
                "kubeletVersion": version,
                "kubeProxyVersion": version,
                "operatingSystem": "linux",
                "architecture": "amd64",
            },
        }
        self.api.patch(f"/api/v1/nodes/{self.name}/status", {"status": body})

    def _event(self, reason, message, severity="Normal"):
        at = clock.seconds()
        event = {
            "apiVersion": "v1",
            "kind": "Event",
            "metadata": {"generateName": self.name + "."},
            "involvedObject": {"kind": "Node", "name": self.name, "uid": self.name},
            "reason": reason,
            "message": message,
            "type": severity,
            "firstTimestamp": at,
            "lastTimestamp": at,
            "count": 1,
            "source": {"component": "kubelet", "host": self.name},
        }
        self.api.post("/api/v1/namespaces/default/events", event)

    def _on_pods(self, change, objects):
        if change == "SYNC":
            alive = {item["metadata"]["uid"] for item in objects}
            for uid in [uid for uid in self.pods if uid not in alive]:
                self.pods.pop(uid).forget()
        for item in objects if change == "SYNC" else [objects]:
            uid = item["metadata"]["uid"]
            typed = {**item, "kind": "Pod", "apiVersion": "v1"}
            if change == "DELETED":
                pod = self.pods.pop(uid, None)
                if pod:
                    pod.forget()
            elif uid in self.pods:
                self.pods[uid].object = typed
            else:
                self.pods[uid] = Pod(self, typed)

    def _run_pods(self):
        while not self.stop.is_set():
            if self.awake():
                for pod in list(self.pods.values()):
                    try:
                        pod.tick()
                    except (OSError, http.client.HTTPException) as error:
                        clock.say(self.name, pod.name, error)
            self.stop.wait(0.5)
