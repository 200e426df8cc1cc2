"""A laboratory while it runs."""

import signal
import threading
import time

from . import clock, settings
from .control_plane import ControlPlane
from .faults import Faults
from .kubernetes_api import KubernetesApi
from .node import Node


class Laboratory:
    def __init__(self, nodes, spire):
        self._stop = threading.Event()
        self._control_plane = ControlPlane(settings.RUN)
        api = KubernetesApi()
        made = [Node(index, settings.RUN, spire, api, self._stop) for index in range(1, nodes + 1)]
        self.nodes = {node.name: node for node in made}

    def start(self):
        """Returns when every object is there; the pods then start by themselves."""
        self._control_plane.start()
        for node in self.nodes.values():
            node.start()
        self._control_plane.apply_manifests()
        clock.say("the objects are there; the pods start")

    def faults(self):
        return Faults(self.nodes)

    def close(self):
        """Ends every process that was started, pods before what they run on."""
        self._stop.set()
        pods = [pod for node in self.nodes.values() for pod in list(node.pods.values())]
        for pod in pods:
            pod.signal(signal.SIGTERM)
        time.sleep(1)
        for pod in pods:
            pod.signal()
        for pod in pods:
            pod.forget()
        self._control_plane.stop()


def without_identity():
    """Workload pods that are bound to a node and have not obtained an identity yet, by what they wrote themselves."""
    status, pods = KubernetesApi().get("/api/v1/namespaces/shop/pods?labelSelector=spiffe%3Dtrue")
    if status != 200 or not pods["items"]:
        return ["(the pods are not there yet)"]
    names = [pod["metadata"]["name"] for pod in pods["items"]]
    return [name for name in names if not _has_identity(name)]


def _has_identity(pod):
    logs = (settings.RUN / "logs" / f"shop_{pod}").glob("*.log")
    return any(b"Received 1 svid" in log.read_bytes() for log in logs)
