"""The parts of the laboratory that need no process: python3 -m unittest discover -s lab/tests"""

import sys
import threading
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.dont_write_bytecode = True

from laboratory import control, settings  # noqa: E402
from laboratory.faults import Faults, verbs  # noqa: E402
from laboratory.kubelet_server import _shown, _since  # noqa: E402


class FakeContainer:
    def __init__(self, name):
        self.name = name
        self.received = []

    def signal(self, number):
        self.received.append(int(number))


class FakePod:
    def __init__(self, namespace, name, containers):
        self.namespace = namespace
        self.name = name
        self.containers = [FakeContainer(container) for container in containers]


class FakeNode:
    def __init__(self, pods=()):
        self.answers = "ok"
        self.booted = threading.Event()
        self.pods = {str(number): pod for number, pod in enumerate(pods)}

    def off(self):
        self.booted.clear()

    def boot(self):
        self.booted.set()


class FaultsTest(unittest.TestCase):
    def setUp(self):
        self.server = FakePod("spire", "spire-server-0", ["spire-server", "spire-controller-manager"])
        self.cart = FakePod("shop", "cart-1", ["cart"])
        self.node = FakeNode([self.server, self.cart])
        self.faults = Faults({"node-1": self.node})

    def test_should_reach_the_one_container_that_is_named(self):
        self.faults.kill("spire/spire-server:spire-controller-manager", "term")

        self.assertEqual([[], [15]], [container.received for container in self.server.containers])
        self.assertEqual([], self.cart.containers[0].received)

    def test_should_reach_every_container_of_a_pod(self):
        self.faults.freeze("spire-server")
        self.faults.thaw("spire-server")

        self.assertEqual([[19, 18], [19, 18]], [container.received for container in self.server.containers])

    def test_should_boot_a_node_after_a_while(self):
        self.faults.node_down("node-1", "0.01")

        self.assertTrue(self.node.booted.wait(5))

    def test_should_say_what_there_is_where_a_name_is_wrong(self):
        for words in (["kubelet", "node-9", "ok"], ["kubelet", "node-1", "maybe"], ["kill", "nobody"], ["kubelet"]):
            with self.subTest(words=words):
                status, answer = control._obey(self.faults, words)
                self.assertEqual(400, status)
                self.assertTrue(answer)

    def test_should_know_no_other_verb(self):
        status, answer = control._obey(self.faults, ["_node", "node-1"])

        self.assertEqual(400, status)
        self.assertIn("node-down", answer)

    def test_should_describe_every_verb(self):
        self.assertTrue(all(verbs().values()))


class LogsTest(unittest.TestCase):
    LINE = b"2026-03-01T10:00:00.000001000Z stdout F level=info msg=hello\n"

    def test_should_show_a_line_with_and_without_its_time(self):
        self.assertEqual(b"level=info msg=hello\n", _shown(self.LINE, False))
        self.assertEqual(b"2026-03-01T10:00:00.000001000Z level=info msg=hello\n", _shown(self.LINE, True))

    def test_should_begin_where_it_is_asked_to(self):
        self.assertEqual("2026-03-01T10:00:00", _since({"sinceTime": "2026-03-01T10:00:00Z"}))
        before = _since({"sinceSeconds": "3600"})
        self.assertLess(before, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
        self.assertEqual("", _since({}))


class SettingsTest(unittest.TestCase):
    def test_should_name_every_version(self):
        self.assertEqual({"KUBERNETES", "ETCD", "SPIRE", "CONTROLLER_MANAGER", "GO"}, set(settings.versions()))

    def test_should_move_the_ports_of_a_manifest_and_nothing_else(self):
        before = settings.SHIFT
        settings.SHIFT = 100
        try:
            self.assertEqual("port: 28181 size: 128081", settings.shifted("port: 28081 size: 128081"))
        finally:
            settings.SHIFT = before


if __name__ == "__main__":
    unittest.main()
