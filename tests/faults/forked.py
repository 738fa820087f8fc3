"""Something that is killed in the middle, as by kill -9."""

import os
import signal
import time

from django.db import connections


def killed_after(task, seconds: float) -> bool:
    """Do it in a process of its own and kill that; whether it was still at it."""
    connections.close_all()  # two processes on one line would end each other's
    child = os.fork()
    if not child:
        try:
            task()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
