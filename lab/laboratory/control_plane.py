"""etcd, Kubernetes' own processes, the datastore's files, and the objects of the laboratory."""

import json
import shutil
import subprocess
import time

from . import clock, settings
from .kubernetes_api import KubernetesApi


class ControlPlane:
    def __init__(self, run):
        self._run = run
        self._processes = {}

    def start(self):
        """Returns when the API server answers."""
        self._write_keys()
        self._write_access()
        self._spawn(
            "etcd",
            {
                "data-dir": self._run / "etcd",
                "listen-client-urls": f"http://127.0.0.1:{settings.ETCD_CLIENTS}",
                "advertise-client-urls": f"http://127.0.0.1:{settings.ETCD_CLIENTS}",
                "listen-peer-urls": f"http://127.0.0.1:{settings.ETCD_PEERS}",
                "initial-advertise-peer-urls": f"http://127.0.0.1:{settings.ETCD_PEERS}",
                "initial-cluster": f"default=http://127.0.0.1:{settings.ETCD_PEERS}",
                "unsafe-no-fsync": "true",
            },
        )
        self._spawn(
            "kube-apiserver",
            {
                "etcd-servers": f"http://127.0.0.1:{settings.ETCD_CLIENTS}",
                "secure-port": settings.API_SERVER,
                "bind-address": "127.0.0.1",
                "advertise-address": "127.0.0.1",
                "endpoint-reconciler-type": "none",
                "cert-dir": self._run / "certs",
                "service-account-issuer": f"https://127.0.0.1:{settings.API_SERVER}",
                "service-account-key-file": self._run / "sa.pub",
                "service-account-signing-key-file": self._run / "sa.key",
                "token-auth-file": self._run / "tokens.csv",
                "authorization-mode": "RBAC",
                "disable-admission-plugins": "ServiceAccount",
                "service-cluster-ip-range": "10.96.0.0/16",
                "kubelet-preferred-address-types": "InternalIP",
            },
        )
        self._await_api_server()
        kubeconfig = self._run / "kubeconfig"
        self._spawn(
            "kube-controller-manager",
            {
                "kubeconfig": kubeconfig,
                "service-account-private-key-file": self._run / "sa.key",
                "secure-port": settings.CONTROLLER_MANAGER,
                "node-monitor-grace-period": "40s",
                "leader-elect": "false",
                "use-service-account-credentials": "false",
                "controllers": "*,-node-ipam-controller,-cloud-node-lifecycle-controller,-node-route-controller",
            },
        )
        self._spawn(
            "kube-scheduler",
            {"kubeconfig": kubeconfig, "secure-port": settings.SCHEDULER, "leader-elect": "false"},
        )

    def apply_manifests(self):
        """Everything that the laboratory consists of, once the files of the datastore are there."""
        self._make_datastore()
        (self._run / "server").mkdir(exist_ok=True)
        definitions = sorted((settings.HOME / "crds").glob("*.yaml"))
        if not definitions:
            raise SystemExit(f"svidflow-lab: no definitions in {settings.HOME}/crds: run lab/build")
        self._apply("\n---\n".join(file.read_text() for file in definitions))
        self._kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s")
        for file in sorted((settings.SOURCES / "manifests").glob("*.yaml")):
            self._apply(settings.shifted(file.read_text()))

    def stop(self):
        """The API server first: the others have nothing more to say."""
        processes = list(reversed(self._processes.values()))
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()

    def _write_keys(self):
        run = self._run
        if (run / "sa.pub").exists():
            return
        _openssl("genrsa", "-out", run / "sa.key", "2048")
        _openssl("rsa", "-in", run / "sa.key", "-pubout", "-out", run / "sa.pub")
        files = ["-keyout", run / "kubelet.key", "-out", run / "kubelet.crt"]
        _openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", *files, "-days", "3650", "-subj", "/CN=127.0.0.1")

    def _write_access(self):
        token = settings.TOKEN
        (self._run / "tokens.csv").write_text(f"{token},admin,admin,system:masters\n")
        cluster = {"server": f"https://127.0.0.1:{settings.API_SERVER}", "insecure-skip-tls-verify": True}
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "lab",
            "clusters": [{"name": "lab", "cluster": cluster}],
            "users": [{"name": "admin", "user": {"token": token}}],
            "contexts": [{"name": "lab", "context": {"cluster": "lab", "user": "admin"}}],
        }
        (self._run / "kubeconfig").write_text(json.dumps(config))

    def _await_api_server(self):
        api = KubernetesApi()
        end = time.time() + 90
        while time.time() < end:
            for name, process in self._processes.items():
                if process.poll() is not None:
                    raise SystemExit(f"svidflow-lab: {name} has ended; see {self._run}/{name}.log")
            try:
                if api.get("/readyz")[0] == 200:
                    clock.say("the API server is ready")
                    return
            except OSError:
                pass
            time.sleep(0.5)
        raise SystemExit(f"svidflow-lab: the API server is not ready after 90 s; see {self._run}/kube-apiserver.log")

    def _spawn(self, name, options):
        program = settings.BIN / name
        if not program.exists():
            raise SystemExit(f"svidflow-lab: {program} is missing: run lab/build")
        arguments = [f"--{option}={value}" for option, value in options.items()]
        with open(self._run / f"{name}.log", "ab") as log:
            command = ["setpriv", "--pdeathsig", "KILL", program, *arguments]
            process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        self._processes[name] = process

    def _apply(self, manifests):
        self._kubectl("apply", "--server-side", "--force-conflicts", "-f", "-", text=manifests)

    def _kubectl(self, *arguments, text=None):
        command = [settings.BIN / "kubectl", "--kubeconfig", self._run / "kubeconfig", *arguments]
        for _ in range(20):
            done = subprocess.run(command, input=text, capture_output=True, text=True)
            if done.returncode == 0:
                return
            # namespaces and definitions take a moment before they can be used
            time.sleep(0.5)
        raise SystemExit(f"svidflow-lab: kubectl {' '.join(arguments)} fails: {done.stderr.strip()}")

    def _make_datastore(self):
        files = self._run / "pgdata"
        if files.exists():
            return
        files.mkdir()
        shutil.chown(files, "postgres", "postgres")
        bin_ = settings.postgres()
        port = str(settings.DATASTORE)
        _as_postgres(bin_ / "initdb", "-D", files, "-A", "trust", "-U", "spire")
        options = f"-p {port} -h 127.0.0.1 -c unix_socket_directories="
        _as_postgres(bin_ / "pg_ctl", "-D", files, "-o", options, "-w", "start")
        try:
            _as_postgres(bin_ / "createdb", "-h", "127.0.0.1", "-p", port, "-U", "spire", "spire")
        finally:
            _as_postgres(bin_ / "pg_ctl", "-D", files, "-w", "stop")


def _openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def _as_postgres(*command):
    drop = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    done = subprocess.run(
        [*drop, *map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/"
    )
    if done.returncode:
        raise SystemExit(f"svidflow-lab: {command[0]} fails: {done.stderr.strip()}")
