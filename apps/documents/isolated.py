"""Programs of our own that look into files from outside, each in a process of its own.

A file made to exhaust memory or time takes that process down, not the portal. Each program limits
itself (``resource``) and knows no Django.
"""

import logging
import subprocess
import sys
from pathlib import Path

logger = logging.getLogger(__name__)

TIME_LIMIT = 30  # seconds on the clock; processor time and memory are limited by the program
MOST_TOLD = 500  # bytes of a complaint that go into the log


class ProgramFailed(Exception):
    """The program died, hung or said no: the file was made to do that, or is broken."""


def run(program: Path, *words, time_limit: float = TIME_LIMIT) -> bytes:
    """What the program writes to standard output; raises ProgramFailed."""
    try:
        done = subprocess.run(  # noqa: S603  our own program and words made here
            [sys.executable, "-I", str(program), *map(str, words)],
            capture_output=True,
            timeout=time_limit,
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise ProgramFailed(program.name) from error
    if done.stderr:  # what it could do without, such as a certificate nobody can read
        logger.warning(
            "%s: %s", program.name, ascii(done.stderr[-MOST_TOLD:].decode("utf-8", "replace"))
        )
    return done.stdout
