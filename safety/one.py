"""One measure in a process of its own: python -m safety.one <module> <report.json> [short].

run.py prepares the environment: a database, folders and TMPDIR that are thrown away afterwards.
"""

import importlib
import json
import sys
from pathlib import Path


def main(module: str, report: str, *options: str) -> None:
    figure, reached = importlib.import_module(f"safety.{module}").measure("short" in options)
    Path(report).write_text(json.dumps({"figure": figure, "reached": bool(reached)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
