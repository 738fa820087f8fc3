"""Programs of our own that look into files from outside, each in a process of its own.

A file made to exhaust memory or time takes that process down, not the portal. Each program limits
itself (``resource``) and knows no Django.
"""

import subprocess
import sys
from pathlib import Path

TIME_LIMIT = 30  # seconds on the clock; processor time and memory are limited by the program


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
    return done.stdout
