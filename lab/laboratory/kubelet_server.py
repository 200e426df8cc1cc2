"""What a kubelet serves: its pods, for SPIRE's workload attestor, and logs, for the API server."""

import datetime
import http.server
import json
import ssl
import time
import urllib.parse

from . import clock


class _Quiet(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, content, kind="text/plain"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def serve_pods(node):
    """/pods on the read-only port."""

    class Pods(_Quiet):
        def do_GET(self):
            if node.answers == "hang":
                time.sleep(60)
            if node.answers == "refuse":
                self.connection.close()
            elif node.answers == "403":
                self.answer(403, b"Forbidden")
            else:
                items = [pod.object for pod in list(node.pods.values())]
                listing = {"kind": "PodList", "apiVersion": "v1", "metadata": {}, "items": items}
                self.answer(200, json.dumps(listing).encode(), "application/json")

    http.server.ThreadingHTTPServer(("127.0.0.1", node.port), Pods).serve_forever()


def serve_logs(node):
    """/containerLogs/<namespace>/<pod>/<container>, which the API server calls for kubectl logs."""

    class Logs(_Quiet):
        def do_GET(self):
            url = urllib.parse.urlparse(self.path)
            query = {name: values[-1] for name, values in urllib.parse.parse_qs(url.query).items()}
            if not node.awake():
                time.sleep(30)
            pod, container = _find(node, url.path.strip("/").split("/"))
            if container is None:
                self.answer(404, b"not found")
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            try:
                self.send_log(pod, container, query)
            except (ConnectionError, FileNotFoundError):
                pass

        def send_log(self, pod, container, query):
            stamped = query.get("timestamps") == "true"
            before = 1 if query.get("previous") == "true" else 0
            path = container.log_file(max(0, container.restarts - before))
            lines = path.read_bytes().splitlines(True) if path.exists() else []
            since = _since(query)
            lines = [line for line in lines if line.split(b" ", 1)[0].decode() >= since]
            if "tailLines" in query:
                lines = lines[-int(query["tailLines"]) :]
            for line in lines:
                self.wfile.write(_shown(line, stamped))
            if query.get("follow") != "true" or not path.exists():
                return
            with open(path, "rb") as file:
                file.seek(0, 2)
                while not node.stop.is_set() and not pod.gone and container.log_file(container.restarts) == path:
                    line = file.readline()
                    if line:
                        self.wfile.write(_shown(line, stamped))
                    else:
                        self.wfile.flush()
                        time.sleep(0.2)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", node.port + 300), Logs)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(node.run / "kubelet.crt", node.run / "kubelet.key")
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    server.serve_forever()


def _find(node, path):
    if len(path) == 4 and path[0] == "containerLogs":
        for pod in list(node.pods.values()):
            if [pod.namespace, pod.name] == path[1:3]:
                named = [container for container in pod.containers if container.name == path[3]]
                return pod, named[0] if named else None
    return None, None


def _since(query):
    if "sinceSeconds" in query:
        return clock.seconds(clock.now() - datetime.timedelta(seconds=int(query["sinceSeconds"])))
    return query.get("sinceTime", "").rstrip("Z")


def _shown(line, stamped):
    """A line of the runtime's log as a reader gets it."""
    time_, _, _, text = line.split(b" ", 3)
    return time_ + b" " + text if stamped else text
