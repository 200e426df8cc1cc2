"""The control groups that a container runtime would make: SPIRE's k8s attestor finds a process's pod by them."""

import time
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")


def of(pod_uid, container_id):
    """The groups of a container: one a controller with cgroup v1, one with v2."""
    below = f"kubepods/besteffort/pod{pod_uid}/{container_id}"
    controllers = [ROOT / name for name in ("pids", "freezer") if (ROOT / name).is_dir()]
    return [controller / below for controller in controllers] or [ROOT / below]


def make(groups):
    """Makes the groups; the files that a process joins them by."""
    for group in groups:
        try:
            group.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SystemExit(f"svidflow-lab: cannot make {group}: {error}. Run as root, where cgroups can be written")
    return [group / "cgroup.procs" for group in groups]


def processes(groups):
    """Every process in them."""
    found = set()
    for group in groups:
        try:
            found |= {int(pid) for pid in (group / "cgroup.procs").read_text().split()}
        except OSError:
            pass
    return found


def remove(groups):
    """Removes the groups, and the pod's above them if nothing else is in it. Waits for what has just been killed."""
    end = time.time() + 2
    while processes(groups) and time.time() < end:
        time.sleep(0.02)
    for group in groups:
        for folder in (group, group.parent):
            try:
                folder.rmdir()
            except OSError:
                pass
