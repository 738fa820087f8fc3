"""A line to the database that can be cut, or go silent."""

import socket
from contextlib import suppress
from threading import Thread


class Forwarder:
    """Hands on what comes to ``port`` on this machine to ``target``: (host, port) or the path of
    a Unix socket. ``cut()`` ends all lines and refuses new ones, ``hush()`` takes everything and
    answers nothing, ``mend()`` goes on."""

    def __init__(self, target):
        self.target, self.pairs, self.is_silent = target, [], False
        self.listener, self.port = None, 0
        self.mend()

    def mend(self):
        self.is_silent = False
        if self.listener is None:
            self.listener = socket.create_server(("127.0.0.1", self.port))
            self.port = self.listener.getsockname()[1]
            Thread(target=self._accept, args=[self.listener], daemon=True).start()

    def hush(self):
        self.is_silent = True

    def cut(self):
        listener, self.listener = self.listener, None
        if listener:
            _end(listener)
        self.drop()

    def drop(self):
        """End every line that stands; new ones are taken."""
        while self.pairs:
            for line in self.pairs.pop():
                _end(line)

    def _accept(self, listener):
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = self._reach()
                self.pairs.append((near, far))
                for source, to in ((near, far), (far, near)):
                    Thread(target=self._pump, args=(source, to), daemon=True).start()

    def _reach(self):
        if isinstance(self.target, str):
            line = socket.socket(socket.AF_UNIX)
            line.connect(self.target)
            return line
        return socket.create_connection(self.target)

    def _pump(self, source, to):
        with suppress(OSError):
            while data := source.recv(65536):
                if not self.is_silent:
                    to.sendall(data)
            _end(to)


def _end(line):
    """Waiting calls of other threads end too, which a mere close leaves waiting."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()


def target_of(params):
    """Where the database of these connection parameters listens, as ``Forwarder`` takes it."""
    host, port = params.get("host") or "127.0.0.1", int(params.get("port") or 5432)
    return f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, port)
