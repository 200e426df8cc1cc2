"""The port by which a running laboratory is told to break something."""

import http.client
import http.server
import json

from . import clock, settings
from .faults import verbs


def serve(faults):
    """Takes orders until the process ends: a JSON list of words."""

    class Orders(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            words = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = _obey(faults, words)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_):
            pass

    http.server.ThreadingHTTPServer(("127.0.0.1", settings.CONTROL), Orders).serve_forever()


def order(words):
    """Tells the running laboratory; what it answers."""
    connection = http.client.HTTPConnection("127.0.0.1", settings.CONTROL, timeout=30)
    try:
        connection.request("POST", "/", json.dumps(words))
        answer = connection.getresponse()
        text = answer.read().decode()
    except OSError as error:
        raise SystemExit(f"svidflow-lab: no laboratory answers on port {settings.CONTROL} ({error}): svidflow-lab up")
    if answer.status != 200:
        raise SystemExit("svidflow-lab: " + text)
    return text


def _obey(faults, words):
    verb, *arguments = words
    if verb not in verbs():
        return 400, f"{verb} is no fault: there are {', '.join(verbs())}"
    try:
        getattr(faults, verb.replace("-", "_"))(*arguments)
    except (TypeError, ValueError) as error:
        return 400, f"{verb}: {error}"
    clock.say("FAULT", *words)
    return 200, "done"
