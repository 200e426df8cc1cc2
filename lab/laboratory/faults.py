"""What can be broken on purpose."""

import signal
import threading
import time


class Faults:
    """Each public method is a verb; its docstring is the help, its words are the arguments."""

    def __init__(self, nodes):
        self._nodes = nodes

    def node_down(self, node, seconds=None):
        """NODE [SECONDS]: power off; with SECONDS it boots after them, with a new boot id"""
        chosen = self._node(node)
        chosen.off()
        if seconds is not None:
            _later(float(seconds), chosen.boot)

    def node_boot(self, node):
        """NODE: power on again"""
        _later(0, self._node(node).boot)

    def node_suspend(self, node, seconds):
        """NODE SECONDS: everything on the node stands still, then goes on"""
        chosen = self._node(node)
        _later(0, lambda: chosen.suspend(float(seconds)))

    def kubelet(self, node, answer):
        """NODE ok|refuse|403|hang: what the kubelet answers to the workload attestor"""
        if answer not in ("ok", "refuse", "403", "hang"):
            raise ValueError(f"a kubelet does not answer {answer}: say ok, refuse, 403 or hang")
        self._node(node).answers = answer

    def kill(self, pod, name="KILL"):
        """POD [SIGNAL]: a signal to its processes; a container that ends restarts, with back-off"""
        number = getattr(signal, "SIG" + name.upper(), None)
        if number is None:
            raise ValueError(f"there is no signal {name}: say KILL, TERM or another without SIG")
        for container in self._containers(pod):
            container.signal(number)

    def stop(self, pod):
        """POD: its containers end and do not start again until `cont`"""
        for container in self._containers(pod):
            container.hold()

    def cont(self, pod):
        """POD: its containers may run again"""
        for container in self._containers(pod):
            container.release()

    def freeze(self, pod):
        """POD: its processes stand still until `thaw`"""
        self.kill(pod, "STOP")

    def thaw(self, pod):
        """POD: its processes go on"""
        self.kill(pod, "CONT")

    def rotate(self, pod):
        """POD: the runtime's log files are rotated at the next line"""
        for container in self._containers(pod):
            container.rotate_log()

    def _node(self, name):
        if name not in self._nodes:
            raise ValueError(f"there is no node {name}: there are {', '.join(sorted(self._nodes))}")
        return self._nodes[name]

    def _containers(self, pod):
        """POD is the beginning of a pod's name, or of namespace/name; POD:CONTAINER means one container of it."""
        prefix, _, container = pod.partition(":")
        found = [
            one
            for node in self._nodes.values()
            for candidate in list(node.pods.values())
            if candidate.name.startswith(prefix) or f"{candidate.namespace}/{candidate.name}".startswith(prefix)
            for one in candidate.containers
            if container in ("", one.name)
        ]
        if not found:
            raise ValueError(f"no container of a pod whose name begins with {pod}")
        return found


def verbs():
    """Verb to help."""
    return {
        name.replace("_", "-"): method.__doc__
        for name, method in vars(Faults).items()
        if not name.startswith("_") and callable(method)
    }


def _later(seconds, work):
    def run():
        time.sleep(seconds)
        work()

    threading.Thread(target=run, daemon=True).start()
