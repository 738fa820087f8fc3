"""Production in small: application machines by deploy/gunicorn.conf.py, nginx by deploy/nginx/."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, urlencode

import requests
from django.conf import settings

from tests.e2e.served import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
HOST = "127.0.0.1"
START_LIMIT = 90  # seconds; a busy machine is no mistake


def database_url(database: dict) -> str:
    """DATABASE_URL of a PostgreSQL entry of DATABASES; its host may be the folder of a socket."""
    user, password = quote(database["USER"]), quote(database["PASSWORD"] or "")
    host = database["HOST"] or database.get("OPTIONS", {}).get("host")
    place = {"host": host, "port": database["PORT"]}
    words = urlencode({key: value for key, value in place.items() if value})
    return f"postgres://{user}:{password}@/{database['NAME']}?{words}"


class Machine:
    """One application machine: gunicorn with folders of its own."""

    def __init__(self, folder: Path, database: str, **environment):
        folder.mkdir()
        self.folder, self.port = folder, free_port()
        own = {
            "DJANGO_SETTINGS_MODULE": "tests.operations.production_settings",
            "DEBUG": "0",
            "SECRET_KEY": settings.SECRET_KEY,
            "ALLOWED_HOSTS": HOST,
            "DATABASE_URL": database,
            "HTTPS": "1",
            "BEHIND_PROXY": "1",
            "EMAIL_URL": "dummymail://",
            "FILE_STORE": "",
            "MEDIA_ROOT": f"{folder}/berkas",
            "PRACTICE_ROOT": f"{folder}/latihan",
            "PROMETHEUS_MULTIPROC_DIR": f"{folder}/angka",
            "LOG_FORMAT": "json",
            "WEB_BIND": f"{HOST}:{self.port}",
            "WEB_WORKERS": "1",
            "WEB_THREADS": "8",
        }
        self.environment = os.environ | own | environment
        self.log = folder / "log"
        self.process = None

    def start(self):
        program = [sys.executable, "-m", "gunicorn", "-c", str(DEPLOY / "gunicorn.conf.py")]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                program,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_ready(self):
        end = time.monotonic() + START_LIMIT
        while time.monotonic() < end and self.process.poll() is None:
            try:
                if self.ask("/siap/").status_code == 200:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.1)
        raise RuntimeError(f"Mesin tidak siap: {self.log.read_text()[-3000:]}")

    def ask(self, path):
        """As a probe of the machine itself asks: by address, without nginx."""
        return requests.get(f"http://{HOST}:{self.port}{path}", timeout=5)

    def load_new_code(self):
        """`systemctl reload`; back when the worker of before is gone."""
        before = self._workers()
        self.process.send_signal(signal.SIGHUP)
        end = time.monotonic() + START_LIMIT
        while time.monotonic() < end and self._workers() & before:
            time.sleep(0.1)

    def _workers(self) -> set[str]:
        key = self.process.pid
        return set(Path(f"/proc/{key}/task/{key}/children").read_text().split())

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.kill()


class Front:
    """nginx with the project's own files, at a port of its own."""

    def __init__(self, folder: Path, machines, documents=None):
        folder.mkdir()
        self.folder, self.port = folder, free_port()
        self.url = f"https://{HOST}:{self.port}"
        self.certificate = folder / "fullchain.pem"
        make_certificate(self.certificate, folder / "privkey.pem")
        told = (DEPLOY / "nginx" / "pokja.conf").read_text()
        (folder / "pokja.conf").write_text(self._moved(told, machines, documents))
        proxy = (DEPLOY / "nginx" / "pokja-proxy.inc").read_text()
        # A cache that nobody should build, over everything: it must not keep what is private.
        (folder / "pokja-proxy.inc").write_text(f"{proxy}proxy_cache uji;\n")
        (folder / "nginx.conf").write_text(self._main())
        self.process = None

    def _main(self) -> str:
        user = "user root;\n" if os.geteuid() == 0 else ""
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = "".join(f"{kind}_temp_path {self.folder}/tmp-{kind};\n" for kind in kinds)
        return (
            f"{user}daemon off;\npid {self.folder}/pid;\nworker_processes 1;\n"
            f"error_log {self.folder}/error.log;\nevents {{}}\nhttp {{\n{temporary}"
            f"proxy_cache_path {self.folder}/cache keys_zone=uji:1m;\n"
            f"include {self.folder}/pokja.conf;\n}}\n"
        )

    def _moved(self, told: str, machines, documents) -> str:
        """The file of deploy/ with the lines marked GANTI as this place needs them."""
        servers = "\n".join(
            f"server {HOST}:{machine.port} max_fails=1 fail_timeout=1s;" for machine in machines
        )
        told = re.sub(r"server 127\.0\.0\.1:8001 .*", servers, told)
        blocks = told.split("\nserver {")
        assert len(blocks) == 4  # to HTTPS, unknown names, the portal
        told = f"{blocks[0]}\nserver {{{blocks[3]}"
        told = re.sub(r"listen 443 ssl.*", f"listen {HOST}:{self.port} ssl;", told)
        told = re.sub(r"\n *listen \[::\].*", "", told)
        return (
            told.replace("server_name pokja.contoh.go.id;", "server_name _;")
            .replace("/etc/ssl/pokja/", f"{self.folder}/")
            .replace("/var/log/nginx/", f"{self.folder}/")
            .replace("/srv/pokja/deploy/nginx", str(DEPLOY / "nginx"))
            .replace("/srv/pokja/staticfiles/", f"{ROOT}/static/")
            .replace("/srv/pokja/berkas/", f"{documents}/")
        )

    def start(self):
        with (self.folder / "start.log").open("w") as log:
            self.process = subprocess.Popen(
                [NGINX, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")],
                stdout=log,
                stderr=log,
            )

    def wait_until_ready(self):
        end = time.monotonic() + START_LIMIT
        while not (self.folder / "pid").exists():
            if self.process.poll() is not None or time.monotonic() > end:
                told = (self.folder / "start.log").read_text()
                raise RuntimeError(f"nginx tidak menyala: {told}")
            time.sleep(0.05)

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)

    def served_by(self, part: str, number: int) -> list[str]:
        """Which machines (host:port, "-" for none) answered the requests whose line has this;
        ``number`` of them, which are logged a moment after their answers."""
        end, found = time.monotonic() + 5, []
        while len(found) < number and time.monotonic() < end:
            lines = (self.folder / "pokja.log").read_text().splitlines()
            found = [line.split()[-3] for line in lines if part in line]
            time.sleep(0.02)
        return found


class Browser:
    """A person at the front, over HTTPS with the certificate of this trial."""

    def __init__(self, front: Front):
        self.front, self.session = front, requests.Session()
        self.session.trust_env = False  # another list of authorities would win over the next line
        self.session.verify = str(front.certificate)
        self.session.headers["Referer"] = front.url + "/"

    def ask(self, method, path, **words):
        if method not in ("GET", "HEAD"):
            token = self.session.cookies.get("__Host-csrftoken", "")
            words["headers"] = {"X-CSRFToken": token} | words.get("headers", {})
        words = {"timeout": 60, "allow_redirects": False} | words
        return self.session.request(method, self.front.url + path, **words)

    def sign_in(self, username, password):
        self.ask("GET", "/masuk/")
        return self.ask("POST", "/masuk/", data={"username": username, "password": password})


def make_certificate(certificate: Path, key: Path) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(secret, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        secret.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
