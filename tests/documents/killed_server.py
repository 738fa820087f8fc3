"""The portal behind gunicorn, cheap to kill: imported once, forked for each of its lives.

    python -m tests.documents.killed_server PORT

Each line on standard input starts a server (two workers, four threads each) in a process group of
its own and writes the number of the group.
"""

import os
import signal
import sys
from contextlib import suppress

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication


class Server(BaseApplication):
    def __init__(self, application, port):
        self.application = application
        self.options = {
            "bind": f"127.0.0.1:{port}",
            "workers": 2,
            "threads": 4,
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self):
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self):
        return self.application


def main(port):
    application = get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018  imports every view
    from apps.documents import checks

    # Two hundred processes that look into sound files would take most of the test's time.
    checks._inspected = lambda path: {"pages": 1}
    group = 0
    for _ in sys.stdin:
        while _is_waiting():
            os.waitpid(-1, 0)
        group = os.fork()
        if not group:
            os.setpgid(0, 0)
            Server(application, port).run()
        os.setpgid(group, group)  # whoever of the two comes first
        print(group, flush=True)
    if group:  # the test is over, or was killed itself
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


def _is_waiting() -> bool:
    """Has a life ended that nobody has taken note of?"""
    try:
        return os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return False


if __name__ == "__main__":
    main(*sys.argv[1:])
