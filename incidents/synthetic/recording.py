"""Loads a recorded incident, changes it, and writes it as another bundle.

Used by the generate.py scripts beside the synthetic bundles. The same input gives the same bytes: nothing here reads a
clock, a network or a random source, and archives carry fixed times.

    rec = Recording.load("s02-healthy-churn")             # of scenarios/, or a path to a folder or .tar.gz
    rec.trim(20, 200)                                     # seconds after the recording's start
    rec.keep_nodes("node-1", "node-2")
    rec.server_log().edit(lambda line: None if "..." in line.text else line.text)
    rec.server_log().add(rec.at(65), level="error", msg="Failed to ...", error="...")
    rec.drop_source("agent-debug")
    rec.describe("my-incident", "Synthetic: ...")
    rec.write(folder)                                     # or rec.pack("my-incident.tar.gz")
"""

import calendar
import gzip
import io
import json
import re
import shutil
import tarfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECOND = 10**9

_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?")
_KLOG = re.compile(r"^[IWEF](\d\d)(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{1,6}) ")
_PLAIN = re.compile(r"^[A-Za-z0-9\-._/@^+]+$")


def nanos(text):
    """The first time in a text, in nanoseconds since 1970; None if there is none."""
    found = _TIME.search(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(found.group(i)) for i in range(1, 7))
    whole = calendar.timegm((year, month, day, hour, minute, second))
    zone = found.group(8) or "Z"
    if zone != "Z":
        sign = -1 if zone[0] == "-" else 1
        whole -= sign * (int(zone[1:3]) * 3600 + int(zone[-2:]) * 60)
    return whole * SECOND + int((found.group(7) or "0").ljust(9, "0"))


def rfc3339(at, digits=9):
    """A time as SPIRE writes it: nanoseconds without trailing zeros, or with fewer digits."""
    whole, fraction = divmod(int(at), SECOND)
    text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(whole))
    part = str(fraction).rjust(9, "0")[:digits].rstrip("0")
    return text + ("." + part if part else "") + "Z"


def logrus(at, level, msg, style="text", digits=9, **fields):
    """A log line as logrus writes it; style is text or json. None values are left out."""
    fields = {key: value for key, value in fields.items() if value is not None}
    if style == "json":
        line = dict(fields, time=rfc3339(at, digits), level=level, msg=msg)
        return json.dumps(dict(sorted(line.items())), separators=(",", ":"), ensure_ascii=False)
    head = [("time", json.dumps(rfc3339(at, digits))), ("level", level), ("msg", _value(msg))]
    return " ".join(f"{key}={value}" for key, value in head + [(k, _value(v)) for k, v in sorted(fields.items())])


def _value(value):
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if _PLAIN.match(text) or not text else json.dumps(text, ensure_ascii=False)


class Line:
    """A line of a log with the time at which it was written."""

    def __init__(self, at, text):
        self.at, self.text = at, text

    def field(self, name):
        """Value of a field of a logrus line, in either format; None if it has none."""
        if self.text.startswith("{"):
            value = json.loads(self.text).get(name)
            return None if value is None else str(value)
        found = re.search(r'(?:^| )' + re.escape(name) + r'=("(?:[^"\\]|\\.)*"|\S+)', self.text)
        if not found:
            return None
        value = found.group(1)
        return json.loads(value) if value.startswith('"') else value


class Log:
    """A log file, in time order. A line without a time belongs to the one before."""

    def __init__(self, text, year, start):
        self.lines = []
        at = start
        for line in text.splitlines():
            at = _line_time(line, year) or at
            self.lines.append(Line(at, line))
        logrus_lines = [line.text for line in self.lines if line.text.startswith(("{", "time="))]
        self.style = "json" if logrus_lines and logrus_lines[0].startswith("{") else "text"

    def add(self, at, level=None, msg=None, text=None, **fields):
        """Adds a line in its place in time: given as it is, or as a logrus line in the dialect of the file."""
        line = Line(int(at), text if text is not None else logrus(at, level, msg, self.style, **fields))
        place = next((i for i, other in enumerate(self.lines) if other.at > line.at), len(self.lines))
        self.lines.insert(place, line)

    def edit(self, change, since=None, until=None):
        """Replaces each line by what change says: a text, a list of texts, or None to leave the line out."""
        edited = []
        for line in self.lines:
            inside = (since is None or line.at >= since) and (until is None or line.at < until)
            new = change(line) if inside else line.text
            texts = [] if new is None else new if isinstance(new, list) else [new]
            edited += [Line(nanos(text) or line.at, text) for text in texts]
        self.lines = sorted(edited, key=lambda line: line.at) if edited else []

    def having(self, *parts, since=None, until=None):
        """The lines that contain all these parts."""
        return [line for line in self.lines
                if all(part in line.text for part in parts)
                and (since is None or line.at >= since) and (until is None or line.at < until)]

    def trim(self, start, end):
        self.lines = [line for line in self.lines if start <= line.at <= end]

    def __str__(self):
        return "".join(line.text + "\n" for line in self.lines)


def _line_time(line, year):
    klog = _KLOG.match(line)
    if klog:
        month, day, hour, minute, second, micros = (int(part) for part in klog.groups())
        return calendar.timegm((year, month, day, hour, minute, second)) * SECOND + micros * 1000
    if line[:1] in (" ", "\t"):
        return None
    if line.startswith("{"):
        return nanos(str(json.loads(line).get("time", line)))
    return nanos(line)


class Objects:
    """A file of observed objects (raw/*.jsonl), in time order."""

    def __init__(self, text):
        self.rows = [json.loads(line) for line in text.splitlines()]

    def add(self, at, kind, obj, **more):
        """Adds an observation; kind is ADDED, MODIFIED, DELETED or, for a failed poll (obj is its text), ERROR."""
        body = {"error": obj} if kind == "ERROR" else {"object": obj}
        row = {"observedAt": rfc3339(at, 6), **({"type": kind} if kind else {}), **body, **more}
        place = next((i for i, other in enumerate(self.rows) if nanos(other["observedAt"]) > at), len(self.rows))
        self.rows.insert(place, row)

    def edit(self, change, since=None, until=None):
        """Replaces each row by what change says of it (it may change it in place): a row, or None to leave it out."""
        edited = []
        for row in self.rows:
            at = nanos(row["observedAt"])
            inside = (since is None or at >= since) and (until is None or at < until)
            new = change(row) if inside else row
            if new is not None:
                edited.append(new)
        self.rows = sorted(edited, key=lambda row: nanos(row["observedAt"]))

    def trim(self, start, end, standing):
        """What stood at the start is seen again at the start; standing is false for polls that only tell of a moment."""
        stood = {}
        for row in self.rows:
            if nanos(row["observedAt"]) < start and "object" in row:
                stood[_identity(row["object"])] = None if row.get("type") == "DELETED" else row
        kept = [row for row in self.rows if start <= nanos(row["observedAt"]) <= end]
        first = [dict(row, observedAt=rfc3339(start + 100_000_000, 6), type="ADDED") for row in stood.values() if row]
        self.rows = (first if standing else []) + kept
        self.rows.sort(key=lambda row: nanos(row["observedAt"]))

    def __str__(self):
        return "".join(json.dumps(row, separators=(",", ":"), ensure_ascii=False) + "\n" for row in self.rows)


def _identity(obj):
    if "metadata" in obj:
        return obj["metadata"].get("uid") or (obj["metadata"].get("namespace"), obj["metadata"]["name"])
    return json.dumps(obj.get("id"), sort_keys=True)


class Recording:
    """A bundle in memory: manifest lines, object files, logs."""

    def __init__(self, files):
        self.manifest = files.pop("incident.yaml").decode().splitlines()
        self.expected = files.pop("expected.yaml", b"").decode()
        self.start, self.end = nanos(self.setting("start")), nanos(self.setting("end"))
        year = time.gmtime(self.start // SECOND).tm_year
        self.objects, self.logs = {}, {}
        for name, content in sorted(files.items()):
            if name.startswith("raw/logs/"):
                self.logs[name[len("raw/logs/"):-len(".log")]] = Log(content.decode(), year, self.start)
            elif name.startswith("raw/") and name.endswith(".jsonl"):
                self.objects[name[len("raw/"):-len(".jsonl")]] = Objects(content.decode())

    @staticmethod
    def load(source):
        """A recording of scenarios/ by its id, or a folder or .tar.gz by its path."""
        path = Path(source)
        if not path.exists():
            path = ROOT / "scenarios" / f"{source}.tar.gz"
        if path.is_dir():
            return Recording({str(f.relative_to(path)): f.read_bytes() for f in sorted(path.rglob("*")) if f.is_file()})
        files = {}
        with tarfile.open(path) as archive:
            for member in archive.getmembers():
                if member.isfile():
                    name = member.name.removeprefix("./")
                    inside = re.search(r"(?:^|/)(incident\.yaml|expected\.yaml|raw/.*)$", name)
                    if inside:
                        files[inside.group(1)] = archive.extractfile(member).read()
        return Recording(files)

    # -- the manifest

    def setting(self, key):
        """A top-level value of incident.yaml."""
        return next(line.split(":", 1)[1].strip() for line in self.manifest if line.startswith(key + ":"))

    def set(self, key, value):
        """Sets a top-level value of incident.yaml; a new one goes before the sources."""
        line = f"{key}: {value}"
        place = next((i for i, old in enumerate(self.manifest) if old.startswith(key + ":")), None)
        if place is None:
            before = next((i for i, old in enumerate(self.manifest) if old.startswith("sources:")), len(self.manifest))
            self.manifest.insert(before, line)
        else:
            self.manifest[place] = line

    def describe(self, name, title):
        """Names the bundle. The title must say that it is synthetic."""
        if "synthetic" not in title.lower():
            raise ValueError(f"the title must say that the incident is synthetic, but is: {title}")
        self.set("id", name)
        self.set("title", json.dumps(title, ensure_ascii=False) if ": " in title else title)

    def source(self, name, value):
        """Declares a source, e.g. source("server-log", "{pods: [a, b]}"); value None takes it out."""
        place = next((i for i, old in enumerate(self.manifest) if old.startswith(f"  {name}:")), None)
        if place is not None:
            del self.manifest[place]
            while place < len(self.manifest) and self.manifest[place].startswith("    "):
                del self.manifest[place]
        if value is not None:
            self.manifest.insert(len(self.manifest) if place is None else place, f"  {name}: {value}")

    def drop_source(self, name):
        """As if the source had never been collected."""
        self.source(name, None)
        folder = {"agent-log": "agent/", "server-log": "server/", "controller-manager-log": "controller-manager/"}
        if name in folder:
            self.logs = {log: lines for log, lines in self.logs.items() if not log.startswith(folder[name])}
        elif name == "spire-server":
            self.drop_objects("entries", "agents")
        else:
            self.drop_objects(name)

    def drop_objects(self, *kinds):
        for kind in kinds:
            self.objects.pop(kind, None)

    # -- times and places

    def at(self, seconds):
        """So many seconds after the start that the recording has now."""
        return self.start + round(seconds * SECOND)

    def agent_log(self, node):
        return self.logs[f"agent/{node}"]

    def server_log(self, pod="spire-server-0"):
        return self.logs[f"server/{pod}"]

    def registrar_log(self, pod="spire-server-0"):
        return self.logs[f"controller-manager/{pod}"]

    def add_log(self, name, text=""):
        """A new log file, e.g. server/spire-server-1; its source must be declared too."""
        self.logs[name] = Log(text, time.gmtime(self.start // SECOND).tm_year, self.start)
        return self.logs[name]

    def nodes(self):
        """UID of each node by name."""
        return {row["object"]["metadata"]["name"]: row["object"]["metadata"]["uid"]
                for row in self.objects["nodes"].rows if "object" in row}

    def pods(self, namespace=None):
        """The last object of each pod by UID."""
        found = {}
        for row in self.objects["pods"].rows:
            meta = row.get("object", {}).get("metadata", {})
            if meta and (namespace is None or meta["namespace"] == namespace):
                found[meta["uid"]] = row["object"]
        return found

    def gone(self):
        """When each pod that went was deleted, by UID."""
        return {row["object"]["metadata"]["uid"]: nanos(row["observedAt"])
                for row in self.objects["pods"].rows if row.get("type") == "DELETED"}

    def entries_of(self, pod_uid):
        """Ids of the entries that select the pod, by its UID."""
        wanted = "pod-uid:" + pod_uid
        return sorted({row["object"]["id"] for row in self.objects["entries"].rows
                       if any(s["value"] == wanted for s in row.get("object", {}).get("selectors", []))})

    def agent_id(self, node):
        uid = self.nodes()[node]
        path = next(row["object"]["id"]["path"] for row in self.objects["agents"].rows
                    if "object" in row and row["object"]["id"]["path"].endswith("/" + uid))
        return f"spiffe://{self.setting('trustDomain')}{path}"

    # -- cutting

    def trim(self, start, end):
        """Keeps the time from start to end, in seconds after the recording's start."""
        begin, stop = self.at(start), self.at(end)
        begin, stop = begin // SECOND * SECOND, stop // SECOND * SECOND
        for name, objects in self.objects.items():
            objects.trim(begin, stop, standing=name not in ("agent-debug", "events"))
        for log in self.logs.values():
            log.trim(begin, stop)
        self.start, self.end = begin, stop
        self.set("start", rfc3339(begin, 0))
        self.set("end", rfc3339(stop, 0))

    def keep_nodes(self, *names):
        """Leaves out all other nodes with their pods, agents, entries and logs."""
        uids = self.nodes()
        others = {uid for name, uid in uids.items() if name not in names}
        others |= {uid for uid, pod in self.pods().items() if pod["spec"].get("nodeName", names[0]) not in names}
        for kind, rows in self.objects.items():
            rows.edit(lambda row, kind=kind: row if _on(kind, row, names, others) else None)
        self.logs = {log: lines for log, lines in self.logs.items()
                     if not log.startswith("agent/") or log[len("agent/"):] in names}
        for log in self.logs.values():
            log.edit(lambda line: None if any(uid in line.text for uid in others) else line.text)
        for source in ("agent-debug", "agent-log"):
            if any(line.startswith(f"  {source}:") for line in self.manifest):
                self.source(source, "{nodes: [" + ", ".join(names) + "]}")

    def thin(self, kind, seconds):
        """Keeps, of rows that only tell of a moment, one in so many seconds for each node."""
        last = {}

        def change(row):
            at = nanos(row["observedAt"])
            if row.get("node") in last and at - last[row["node"]] < seconds * SECOND:
                return None
            last[row.get("node")] = at
            return row

        self.objects[kind].edit(change)

    def without_polling(self):
        """Leaves out audit lines that tell of no agent and no entry: the collector's polls, bundle fetches."""
        noise = ("method=GetBundle", "caller_path=/opt/svidflow/collector", '"method":"GetBundle"')
        for name, log in self.logs.items():
            if name.startswith("server/"):
                log.edit(lambda line: None if any(part in line.text for part in noise) else line.text)

    # -- writing

    def files(self):
        found = {"incident.yaml": "\n".join(self.manifest) + "\n"}
        if self.expected:
            found["expected.yaml"] = self.expected
        for kind, rows in self.objects.items():
            found[f"raw/{kind}.jsonl"] = str(rows)
        for name, log in self.logs.items():
            found[f"raw/logs/{name}.log"] = str(log)
        return {name: text.encode() for name, text in sorted(found.items())}

    def write(self, folder):
        """Writes the bundle as a folder; raw/ is written anew."""
        folder = Path(folder)
        shutil.rmtree(folder / "raw", ignore_errors=True)
        for name, content in self.files().items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def pack(self, path):
        """Writes the bundle as a .tar.gz with fixed times and owners."""
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for name, content in self.files().items():
                member = tarfile.TarInfo(name)
                member.size, member.mode, member.mtime = len(content), 0o644, self.start // SECOND
                archive.addfile(member, io.BytesIO(content))
        with open(path, "wb") as out, gzip.GzipFile(filename="", fileobj=out, mode="wb", mtime=0) as zipped:
            zipped.write(packed.getvalue())


def _on(kind, row, names, others):
    """Whether a row belongs to one of the nodes, or to none."""
    obj = row.get("object")
    if kind == "agent-debug":
        return row["node"] in names
    if obj is None:
        return True
    if kind == "pods":
        return obj["metadata"]["uid"] not in others
    if kind == "nodes":
        return obj["metadata"]["name"] in names
    if kind in ("entries", "agents"):
        return not any(uid in json.dumps(obj) for uid in others)
    return not (kind == "events" and any(uid in json.dumps(obj) for uid in others))
