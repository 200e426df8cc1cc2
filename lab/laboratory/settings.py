"""Where things are and which ports are used."""

import os
import re
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("SVIDFLOW_LAB_DIR", "/var/tmp/svidflow-lab"))
BIN = HOME / "bin"
RUN = HOME / "run"

# added to every port, so that two laboratories can run side by side
SHIFT = int(os.environ.get("SVIDFLOW_LAB_PORT_SHIFT", "0"))
API_SERVER = 26443 + SHIFT
ETCD_CLIENTS = 22379 + SHIFT
ETCD_PEERS = 22380 + SHIFT
CONTROLLER_MANAGER = 26257 + SHIFT
SCHEDULER = 26259 + SHIFT
DATASTORE = 25432 + SHIFT
SPIRE_SERVER_HEALTH = 28080 + SHIFT
CONTROL = 26299 + SHIFT
# of node N: this + N serves /pods; + 100 the agent's health, + 200 its metrics, + 300 the container logs
KUBELET = 26300 + SHIFT

# the one user of the API server; it listens on the loopback interface only
TOKEN = "lab-admin"
CLUSTER = "lab"
TRUST_DOMAIN = "lab.example"


def versions():
    """The versions that ./build builds, by name."""
    lines = (SOURCES / "versions.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def postgres():
    """Folder of PostgreSQL's own programs, of the newest version there is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    if not found:
        raise SystemExit("svidflow-lab: PostgreSQL's server is missing: apt-get install postgresql (it need not run)")
    return found[-1]


def shifted(text):
    """A manifest with its ports moved by SHIFT."""
    return re.sub(r"\b2[5-8]\d{3}\b", lambda port: str(int(port[0]) + SHIFT), text)
