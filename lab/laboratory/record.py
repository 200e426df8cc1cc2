"""Records an incident bundle: what a collector sees while the laboratory runs, and beside it what really happened."""

import http.client
import json
import subprocess
import threading
from pathlib import Path

from . import clock, settings
from .kubernetes_api import KubernetesApi

_CORE = "/api/v1/"
_APPS = "/apis/apps/v1/"
_SPIRE = "/apis/spire.spiffe.io/v1alpha1/"
_WATCHED = {
    "nodes": _CORE,
    "pods": _CORE,
    "namespaces": _CORE,
    "events": _CORE,
    "clusterspiffeids": _SPIRE,
    "clusterstaticentries": _SPIRE,
    "daemonsets": _APPS,
    "statefulsets": _APPS,
    "deployments": _APPS,
    "poddisruptionbudgets": "/apis/policy/v1/",
}
_LISTED = {
    "entries": ("entry", "show", "entries", lambda entry: entry["id"]),
    "agents": ("agent", "list", "agents", lambda agent: agent["id"]["path"]),
}
# container to the folder of its log
_LOGS = {
    "spire-agent": "agent",
    "spire-server": "server",
    "spire-controller-manager": "controller-manager",
}


class Recorder:
    def __init__(self, out, spire):
        self._out = Path(out)
        self._spire = spire
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._files = {}
        self._listings = {}
        self._node_of = {}

    def record(self, seconds):
        begun = clock.now()
        offsets = {file: file.stat().st_size for file in settings.RUN.glob("logs/*/*.log")}
        work = [(self._watch, (kind, base)) for kind, base in _WATCHED.items()]
        work += [(self._poll, (kind,)) for kind in _LISTED]
        for target, arguments in work:
            threading.Thread(target=target, args=arguments, daemon=True).start()
        try:
            while (clock.now() - begun).total_seconds() < seconds:
                self._note_nodes()
                self._stop.wait(1)
        except KeyboardInterrupt:
            pass
        self._note_nodes()
        self._stop.set()
        self._copy_logs(offsets)
        self._write_manifest(begun)

    def _watch(self, kind, base):
        known = {}

        def listener(change, objects):
            for item in objects if change == "SYNC" else [objects]:
                item.get("metadata", {}).pop("managedFields", None)
                uid, version = item["metadata"]["uid"], item["metadata"]["resourceVersion"]
                if change == "SYNC" and known.get(uid) == version:
                    continue
                seen = "MODIFIED" if uid in known else "ADDED"
                self._write(kind, {"type": seen if change == "SYNC" else change, "object": item})
                known[uid] = version

        KubernetesApi().watch(base + kind, listener, self._stop)

    def _poll(self, kind):
        noun, verb, key, identity = _LISTED[kind]
        program = settings.BIN / f"spire-server-{self._spire}"
        socket = settings.RUN / "server" / "api.sock"
        command = [program, noun, verb, "-socketPath", socket, "-output", "json"]
        while not self._stop.is_set():
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=5)
                error = done.stderr.strip() if done.returncode else None
            except subprocess.TimeoutExpired:
                error = "context deadline exceeded"
            if error is not None:
                self._write(kind, {"type": "ERROR", "error": error})
            else:
                self._differ(kind, {identity(item): item for item in json.loads(done.stdout)[key]})
            self._stop.wait(1)

    def _differ(self, kind, listing):
        before = self._listings.get(kind, {})
        for name, item in listing.items():
            if name not in before:
                self._write(kind, {"type": "ADDED", "object": item})
            elif before[name] != item:
                self._write(kind, {"type": "MODIFIED", "object": item})
        for name in before.keys() - listing.keys():
            self._write(kind, {"type": "DELETED", "object": before[name]})
        self._listings[kind] = listing

    def _write(self, kind, observation):
        line = json.dumps({"observedAt": clock.micros(), **observation}, separators=(",", ":"))
        with self._lock:
            if kind not in self._files:
                path = self._out / "raw" / f"{kind}.jsonl"
                path.parent.mkdir(parents=True, exist_ok=True)
                self._files[kind] = open(path, "w")
            self._files[kind].write(_anonymous(line) + "\n")
            self._files[kind].flush()

    def _note_nodes(self):
        try:
            for pod in KubernetesApi().get("/api/v1/pods")[1]["items"]:
                name = f"{pod['metadata']['namespace']}_{pod['metadata']['name']}"
                self._node_of[name] = pod["spec"].get("nodeName")
        except (OSError, TypeError, http.client.HTTPException):
            pass

    def _copy_logs(self, offsets):
        for file in sorted(settings.RUN.glob("logs/*/*.log"), key=lambda log: log.stat().st_mtime):
            pod = file.parent.name
            text = _anonymous(file.read_bytes()[offsets.get(file, 0) :].decode(errors="replace"))
            if not text:
                continue
            namespace, _, name = pod.partition("_")
            if namespace == "shop":
                path = self._out / "truth" / f"{name}.log"
            elif file.stem in _LOGS:
                writer = self._node_of.get(pod) if file.stem == "spire-agent" else name
                path = self._out / "raw" / "logs" / _LOGS[file.stem] / f"{writer}.log"
            else:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "a") as copy:
                copy.write(text)

    def _write_manifest(self, begun):
        nodes = ", ".join(sorted(folder.name for folder in (settings.RUN / "nodes").iterdir()))
        (self._out / "incident.yaml").write_text(
            "apiVersion: svidflow/v1\n"
            "kind: Incident\n"
            f"id: {self._out.name}\n"
            "title: recorded in the laboratory\n"
            f"cluster: {settings.CLUSTER}\n"
            f"trustDomain: {settings.TRUST_DOMAIN}\n"
            f"start: {clock.seconds(begun)}\n"
            f"end: {clock.seconds()}\n"
            f"spireVersion: {self._spire}\n"
            "sources:\n"
            "  kubernetes: {}\n"
            "  spire-server: {}\n"
            f"  agent-log: {{nodes: [{nodes}]}}\n"
            "  server-log: {pods: [spire-server-0]}\n"
            "  controller-manager-log: {pods: [spire-server-0]}\n"
        )


def _anonymous(text):
    """Without the folders of this machine."""
    return text.replace(str(settings.RUN), "/run/lab").replace(str(settings.BIN), "/opt/spire/bin")
