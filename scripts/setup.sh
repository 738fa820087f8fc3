#!/bin/sh
# Makes a virtual environment: finds a Python of 3.11 or newer, creates .venv (or the folder
# named), installs a requirements file. Called by make, which decides when that is needed.
#   scripts/setup.sh requirements.txt [.venv]
set -eu
requirements=$1
venv=${2:-.venv}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# An environment that was moved or whose Python was removed is made anew.
if [ -e "$venv" ] && ! new_enough "$venv/bin/python"; then
    rm -rf "$venv"
fi

if [ ! -e "$venv" ]; then
    python=
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
        if new_enough "$candidate"; then python=$candidate; break; fi
    done
    if [ -z "$python" ]; then
        echo "Python 3.11 atau lebih baru tidak ditemukan. Pasang dahulu, atau tunjuk dengan:" >&2
        echo "    make PYTHON=/jalur/ke/python3 ...      (Python 3.11 or newer is needed)" >&2
        exit 1
    fi
    echo "Membuat lingkungan Python di $venv dengan $("$python" --version)"
    if ! "$python" -m venv "$venv"; then
        rm -rf "$venv"
        echo "" >&2
        echo "Modul venv belum lengkap. Pasang dahulu, lalu ulangi perintah tadi:" >&2
        echo "    sudo apt install python3-venv      (the venv module is missing)" >&2
        exit 1
    fi
fi

echo "Memasang paket dari $requirements (sekali saja, sekitar setengah menit)"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --no-warn-script-location -r "$requirements"
