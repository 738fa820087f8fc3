#!/bin/sh
# Writes requirements.lock: every package of a production installation with the hash of each of
# its files, for every platform. To be run when requirements.txt or requirements-s3.txt changed.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
.venv/bin/uv pip compile requirements.txt requirements-s3.txt --universal --python-version 3.11 \
    --generate-hashes --no-annotate --quiet --default-index https://pypi.org/simple \
    --custom-compile-command "make lock" --output-file requirements.lock
echo "requirements.lock: $(grep -c == requirements.lock) paket"
