"""As much of a Kubernetes client as a kubelet needs."""

import http.client
import json
import ssl
import time

from . import settings


class KubernetesApi:
    def __init__(self):
        self._tls = ssl._create_unverified_context()

    def call(self, method, path, body=None, content_type="application/json"):
        """Status and answer; the answer is text where it is not JSON."""
        connection = http.client.HTTPSConnection("127.0.0.1", settings.API_SERVER, context=self._tls, timeout=20)
        try:
            text = json.dumps(body) if body is not None else None
            connection.request(method, path, text, self._headers(content_type))
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        try:
            return answer.status, json.loads(content)
        except ValueError:
            return answer.status, content.decode(errors="replace")

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body):
        return self.call("POST", path, body)

    def patch(self, path, body):
        return self.call("PATCH", path, body, "application/merge-patch+json")

    def delete(self, path, body=None):
        return self.call("DELETE", path, body)

    def watch(self, path, listener, stop):
        """Lists, then watches until stop is set: listener("SYNC", objects), listener("ADDED", object) and so on."""
        while not stop.is_set():
            try:
                status, listing = self.get(path)
                if status != 200:
                    time.sleep(1)
                    continue
                typed = {"kind": listing["kind"].removesuffix("List"), "apiVersion": listing["apiVersion"]}
                listener("SYNC", [{**item, **typed} for item in listing["items"]])
                self._follow(path, listing["metadata"]["resourceVersion"], listener, stop)
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(1)

    def _follow(self, path, version, listener, stop):
        connection = http.client.HTTPSConnection("127.0.0.1", settings.API_SERVER, context=self._tls, timeout=300)
        separator = "&" if "?" in path else "?"
        query = f"{path}{separator}watch=1&resourceVersion={version}&timeoutSeconds=280"
        try:
            connection.request("GET", query, headers=self._headers("application/json"))
            for line in connection.getresponse():
                event = json.loads(line)
                if event["type"] == "ERROR" or stop.is_set():
                    return
                if event["type"] != "BOOKMARK":
                    listener(event["type"], event["object"])
        finally:
            connection.close()

    @staticmethod
    def _headers(content_type):
        return {
            "Authorization": "Bearer " + settings.TOKEN,
            "Content-Type": content_type,
            "Accept": "application/json",
        }
