"""A pod on a node: its volumes, its containers, and the status that Kubernetes is told."""

import json
import random
import signal
import string
import threading
import time

from . import clock, settings
from .container import Container, path_of_programs

_GRACE = 8
_REFRESH_VOLUMES = 30


class Pod:
    def __init__(self, node, object_):
        self.node = node
        self.object = object_
        self.uid = object_["metadata"]["uid"]
        self.namespace = object_["metadata"]["namespace"]
        self.name = object_["metadata"]["name"]
        self.folder = node.folder / "pods" / self.uid
        self.folder.mkdir(parents=True, exist_ok=True)
        self.containers = [Container(self, spec) for spec in object_["spec"]["containers"]]
        self.gone = False
        self._ip = f"10.244.{node.index}.{random.randint(2, 250)}"
        self._reported = None
        self._volumes_written = 0
        self._lock = threading.Lock()

    def tick(self):
        with self._lock:
            if self.gone:
                return
            if self.object["metadata"].get("deletionTimestamp"):
                self._terminate()
                return
            if time.time() - self._volumes_written >= _REFRESH_VOLUMES:
                self._write_volumes()
            for container in self.containers:
                container.tick()
            self._report()

    def signal(self, number=signal.SIGKILL):
        for container in self.containers:
            container.signal(number)

    def forget(self):
        """The object is gone, or the laboratory ends."""
        self.gone = True
        for container in self.containers:
            container.remove()

    def restart_with_node(self):
        self.gone = False
        for container in self.containers:
            container.lost_with_node()
        self._volumes_written = 0

    def raw_log(self, container):
        """The container's output as it was written, open for appending."""
        folder = self.node.logs / f"{self.namespace}_{self.name}"
        folder.mkdir(parents=True, exist_ok=True)
        return open(folder / f"{container}.log", "ab", buffering=0)

    def environment(self, spec):
        """What the manifests can refer to, and what they set."""
        node = self.node
        environment = {
            "PATH": path_of_programs(),
            "HOME": str(self.folder),
            "LAB_DIR": str(node.run),
            "KUBECONFIG": str(node.run / "kubeconfig"),
            "POD_DIR": str(self.folder),
            "POD_NAME": self.name,
            "POD_UID": self.uid,
            "POD_NAMESPACE": self.namespace,
            "NODE_NAME": node.name,
            "NODE_DIR": str(node.folder),
            "KUBELET_PORT": str(node.port),
            "HEALTH_PORT": str(node.port + 100),
            "METRICS_PORT": str(node.port + 200),
            "SPIRE_VERSION": node.spire,
        }
        for variable in spec.get("env", []):
            if "value" in variable:
                value = string.Template(variable["value"]).safe_substitute(environment)
                environment[variable["name"]] = value
        return environment

    def _path(self):
        return f"/api/v1/namespaces/{self.namespace}/pods/{self.name}"

    def _write_volumes(self):
        """Service-account tokens and config maps, refreshed as a kubelet does."""
        for volume in self.object["spec"].get("volumes", []):
            folder = self.folder / volume["name"]
            folder.mkdir(exist_ok=True)
            for source in volume.get("projected", {}).get("sources", []):
                if "serviceAccountToken" in source:
                    self._write_token(folder, source["serviceAccountToken"])
            if "configMap" in volume:
                path = f"/api/v1/namespaces/{self.namespace}/configmaps/{volume['configMap']['name']}"
                status, config = self.node.api.get(path)
                if status == 200:
                    for name, content in config.get("data", {}).items():
                        (folder / name).write_text(content)
        self._volumes_written = time.time()

    def _write_token(self, folder, wanted):
        file = folder / wanted["path"]
        lifetime = wanted.get("expirationSeconds", 7200)
        if file.exists() and time.time() - file.stat().st_mtime < lifetime * 0.8:
            return
        account = self.object["spec"]["serviceAccountName"]
        request = {
            "kind": "TokenRequest",
            "apiVersion": "authentication.k8s.io/v1",
            "spec": {
                "audiences": [wanted["audience"]],
                "expirationSeconds": lifetime,
                "boundObjectRef": {"kind": "Pod", "apiVersion": "v1", "name": self.name, "uid": self.uid},
            },
        }
        path = f"/api/v1/namespaces/{self.namespace}/serviceaccounts/{account}/token"
        status, answer = self.node.api.post(path, request)
        if status == 201:
            file.write_text(answer["status"]["token"])

    def _report(self):
        containers = [container.status() for container in self.containers]
        news = json.dumps(containers, sort_keys=True)
        if news == self._reported:
            return
        self._reported = news
        at = clock.seconds()
        known = {it["type"]: it for it in self.object["status"].get("conditions", [])}
        ready = str(all(status["ready"] for status in containers))
        conditions = {"Initialized": "True", "PodScheduled": "True", "ContainersReady": ready, "Ready": ready}
        body = {
            "phase": "Running" if all(container.id for container in self.containers) else "Pending",
            "startTime": self.object["status"].get("startTime", at),
            "hostIP": "127.0.0.1",
            "podIP": self._ip,
            "podIPs": [{"ip": self._ip}],
            "conditions": [
                {"type": kind, "status": value, "lastTransitionTime": _since(known.get(kind), value, at)}
                for kind, value in conditions.items()
            ],
            "containerStatuses": containers,
        }
        status, answer = self.node.api.patch(self._path() + "/status", {"status": body})
        if status == 200:
            self.object = {**answer, "kind": "Pod", "apiVersion": "v1"}

    def _terminate(self):
        self.signal(signal.SIGTERM)
        end = time.time() + _GRACE
        while time.time() < end and any(container.running() for container in self.containers):
            time.sleep(0.2)
        self.forget()
        options = {"kind": "DeleteOptions", "apiVersion": "v1", "gracePeriodSeconds": 0}
        self.node.api.delete(self._path(), options)


def _since(known, value, at):
    """A condition that stays as it is keeps its time."""
    return known.get("lastTransitionTime") or at if known and known["status"] == value else at
