"""A container: a process in the control groups of its pod."""

import hashlib
import http.client
import os
import signal
import string
import subprocess
import threading
import time

from . import cgroups, clock, settings

_FIRST_BACKOFF = 10
_LONGEST_BACKOFF = 300
_GOOD_RUN = 600


class Container:
    def __init__(self, pod, spec):
        self.pod = pod
        self.spec = spec
        self.name = spec["name"]
        self.process = None
        self.started = None
        self.id = None
        self.restarts = 0
        # somebody wants it not to run
        self.held = False
        self._ended = None
        self._backoff = _FIRST_BACKOFF
        self._next_start = 0
        self._rotate = False

    def running(self):
        return self.process is not None and self.process.poll() is None

    def tick(self):
        """Notices that the process has ended, and starts it when it is time."""
        if self.process is not None and self.process.poll() is not None:
            self._note_end()
        if self.process is None and not self.held and time.time() >= self._next_start:
            self._start()

    def hold(self):
        self.held = True
        self.signal(signal.SIGTERM)

    def release(self):
        self.held = False
        self._next_start = 0

    def rotate_log(self):
        """At the next line."""
        self._rotate = True

    def signal(self, number):
        """To every process of the container, also when the first of them has ended."""
        if not self.id:
            return
        for pid in cgroups.processes(self._groups()):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def lost_with_node(self):
        """The node has been switched off and is on again: a new start, without back-off."""
        if self.started:
            self._ended = self._end(255, "Unknown")
            self.restarts += 1
        self.process = None
        self._next_start = 0
        self._backoff = _FIRST_BACKOFF

    def remove(self):
        """Ends what is left of it."""
        self.signal(signal.SIGKILL)
        if self.id:
            cgroups.remove(self._groups())

    def log_file(self, restart):
        """Where a container runtime would write: <namespace>_<pod>_<uid>/<container>/<restart>.log"""
        pod = self.pod
        folder = pod.node.folder / "var-log-pods" / f"{pod.namespace}_{pod.name}_{pod.uid}" / self.name
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{restart}.log"

    def status(self):
        """An element of status.containerStatuses."""
        running = self.running()
        status = {
            "name": self.name,
            "image": self.spec["image"],
            "imageID": "sha256:" + hashlib.sha256(self.spec["image"].encode()).hexdigest(),
            "restartCount": self.restarts,
            "ready": self._ready(),
            "started": running,
        }
        if self.id:
            status["containerID"] = "containerd://" + self.id
        if running:
            status["state"] = {"running": {"startedAt": clock.seconds(self.started)}}
        else:
            status["state"] = {"waiting": {"reason": "CrashLoopBackOff" if self._ended else "ContainerCreating"}}
        if self._ended:
            status["lastState"] = {"terminated": self._ended}
        return status

    def _start(self):
        pod = self.pod
        self.id = hashlib.sha256(f"{pod.uid}{self.name}{self.restarts}{time.time()}".encode()).hexdigest()
        join = "".join(f"echo $$ > {file}; " for file in cgroups.make(self._groups()))
        environment = pod.environment(self.spec)
        words = self.spec.get("command", []) + self.spec.get("args", [])
        command = [string.Template(word).safe_substitute(environment) for word in words]
        user = pod.object["metadata"].get("annotations", {}).get("lab/user")
        if user:
            drop = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--pdeathsig", "KILL"]
            command = drop + command
        # nothing outlives the laboratory, however that ends
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "sh", "-c", join + 'exec "$@"', "sh", *command],
            env=environment,
            cwd=pod.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.started = clock.now()
        log = self.log_file(self.restarts)
        threading.Thread(target=self._write_log, args=(self.process.stdout, log), daemon=True).start()

    def _note_end(self):
        # a runtime ends with the first process all others
        self.remove()
        code = self.process.returncode
        self._ended = self._end(code if code >= 0 else 128 - code, "Error" if code else "Completed")
        if (clock.now() - self.started).total_seconds() > _GOOD_RUN:
            self._backoff = _FIRST_BACKOFF
        self.process = None
        self.restarts += 1
        # the first restart is immediate, each later one waits twice as long as the one before
        if self.restarts == 1:
            self._next_start = 0
        else:
            self._next_start = time.time() + self._backoff
            self._backoff = min(self._backoff * 2, _LONGEST_BACKOFF)

    def _end(self, code, reason):
        return {
            "exitCode": code,
            "reason": reason,
            "startedAt": clock.seconds(self.started),
            "finishedAt": clock.seconds(),
            "containerID": "containerd://" + (self.id or ""),
        }

    def _write_log(self, pipe, path):
        """Every line twice: as it is, and in the runtime's format, which log shippers and kubectl logs read."""
        with self.pod.raw_log(self.name) as raw:
            runtime = open(path, "ab", buffering=0)
            for line in pipe:
                raw.write(line)
                if self._rotate:
                    self._rotate = False
                    runtime.close()
                    path.rename(path.with_name(path.name + clock.now().strftime(".%Y%m%d-%H%M%S")))
                    runtime = open(path, "ab", buffering=0)
                stamp = clock.now().strftime("%Y-%m-%dT%H:%M:%S.%f000Z")
                runtime.write(f"{stamp} stdout F ".encode() + line.rstrip(b"\n") + b"\n")
            runtime.close()

    def _ready(self):
        if not self.running():
            return False
        probe = self.spec.get("readinessProbe", {}).get("httpGet")
        if not probe:
            return True
        port = self.pod.node.port + 100 if probe["port"] == "health" else int(probe["port"])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
        try:
            connection.request("GET", probe["path"])
            return connection.getresponse().status < 400
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _groups(self):
        return cgroups.of(self.pod.uid, self.id)


def path_of_programs():
    """PATH of every container."""
    return f"{settings.BIN}:{settings.postgres()}:{os.environ['PATH']}"
