"""The portal's own commands, cheap to kill: imported once, forked for each of their lives.

    python -m tests.notices.killed_worker

Each line on standard input names a command; it starts in a process group of its own, whose number
is written.
"""

import os
import signal
import sys
from contextlib import suppress
from datetime import timedelta

import django
from django.core.management import call_command

COMMANDS = {
    "kabari": lambda: call_command("kabari", terus=True),
    "db_worker": lambda: call_command(
        "db_worker", queue_name="*", interval=0.05, reload=False, startup_delay=False, verbosity=0
    ),
}


def hurry():
    """A claim of the dead is taken over after a second, the minute of the loop is a tenth."""
    from apps.inbox.management.commands import kabari
    from apps.notices import outbox

    outbox.CLAIM_HOLDS = timedelta(seconds=1)
    kabari.MINUTE = 0.1


def main():
    django.setup()
    hurry()
    groups = []
    for line in sys.stdin:
        group = os.fork()
        if not group:
            os.setpgid(0, 0)
            os.dup2(2, 1)  # what a command says is not for the test to read
            COMMANDS[line.strip()]()
            os._exit(0)
        with suppress(PermissionError):  # the child was faster
            os.setpgid(group, group)
        groups.append(group)
        print(group, flush=True)
    for group in groups:  # the test is over, or was killed itself
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not waited for
    main()
