"""The command line."""

import argparse
import os
import shutil
import signal
import sys
import time

from . import clock, control, settings
from .faults import verbs
from .record import Recorder
from .running import Laboratory, without_identity

_PID = "pid"


def main():
    arguments = _parse()
    return arguments.verb(arguments) or 0


def _parse():
    spire = settings.versions()["SPIRE"]
    parser = argparse.ArgumentParser(prog="svidflow-lab", description="A Kubernetes and a SPIRE on one machine.")
    commands = parser.add_subparsers(required=True, metavar="VERB")

    up = commands.add_parser("up", help="starts a new laboratory and stays in the foreground")
    up.add_argument("--nodes", type=int, default=5, metavar="N", help="how many nodes (default: 5)")
    up.add_argument("--spire", default=spire, metavar="VERSION", help=f"which SPIRE (default: {spire})")
    up.add_argument("--keep", action="store_true", help="go on with the state of the last one")
    up.set_defaults(verb=_up)

    wait = commands.add_parser("wait", help="returns when every workload has had its identity")
    wait.add_argument("--seconds", type=float, default=240, help="for how long at most (default: 240)")
    wait.set_defaults(verb=_wait)

    faults = "\n".join(f"  {verb:13} {text}" for verb, text in verbs().items())
    fault = commands.add_parser(
        "fault",
        help="breaks something",
        description="Breaks something:\n" + faults,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    fault.add_argument("words", nargs="+", metavar="WORD")
    fault.set_defaults(verb=lambda given: print(control.order(given.words)))

    record = commands.add_parser("record", help="writes an incident bundle of raw material while it runs")
    record.add_argument("out", metavar="FOLDER")
    record.add_argument("--for", dest="seconds", type=float, default=float("inf"), metavar="SECONDS")
    record.add_argument("--spire", default=spire, metavar="VERSION", help=f"which SPIRE runs (default: {spire})")
    record.set_defaults(verb=_record)

    down = commands.add_parser("down", help="stops it")
    down.set_defaults(verb=_down)
    return parser.parse_args()


def _up(given):
    if os.geteuid() != 0:
        raise SystemExit("svidflow-lab: run it as root: it makes cgroups and runs PostgreSQL as the user postgres")
    if _alive(_pid()):
        raise SystemExit(f"svidflow-lab: one runs already, as process {_pid()}: svidflow-lab down")
    for name in (f"spire-server-{given.spire}", f"spire-agent-{given.spire}"):
        if not (settings.BIN / name).exists():
            raise SystemExit(f"svidflow-lab: {settings.BIN / name} is missing: lab/build spire {given.spire}")
    if not given.keep:
        shutil.rmtree(settings.RUN, ignore_errors=True)
    settings.RUN.mkdir(parents=True, exist_ok=True)
    (settings.RUN / _PID).write_text(str(os.getpid()))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    laboratory = Laboratory(given.nodes, given.spire)
    try:
        laboratory.start()
        clock.say(f"up; export KUBECONFIG={settings.RUN}/kubeconfig; {settings.BIN}/kubectl get pods -A")
        control.serve(laboratory.faults())
    except KeyboardInterrupt:
        pass
    finally:
        # a second signal must not stop the stopping
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        laboratory.close()
        (settings.RUN / _PID).unlink(missing_ok=True)
        clock.say("down")


def _wait(given):
    end = time.time() + given.seconds
    missing = ["(the API server does not answer)"]
    while time.time() < end:
        try:
            missing = without_identity()
        except OSError:
            pass
        if not missing:
            return 0
        time.sleep(1)
    raise SystemExit(f"svidflow-lab: without identity after {given.seconds:.0f} s: {', '.join(missing)}")


def _record(given):
    if not _alive(_pid()):
        raise SystemExit("svidflow-lab: no laboratory runs: svidflow-lab up")
    # however it is stopped, the bundle is completed
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    Recorder(given.out, given.spire).record(given.seconds)


def _down(_):
    pid = _pid()
    if not _alive(pid):
        print("no laboratory runs")
        return
    os.kill(pid, signal.SIGTERM)
    end = time.time() + 60
    while _alive(pid) and time.time() < end:
        time.sleep(0.2)
    if _alive(pid):
        raise SystemExit(f"svidflow-lab: process {pid} does not end; see the terminal that it was started in")


def _pid():
    try:
        return int((settings.RUN / _PID).read_text())
    except (OSError, ValueError):
        return None


def _alive(pid):
    """Whether that process is a laboratory: after a crash the number may be somebody else's."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as words:
            return b"svidflow-lab" in words.read()
    except OSError:
        return False
