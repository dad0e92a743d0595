#!/bin/sh
# Makes the virtual environment $1, unless a working one with pip was made here before.
# PYTHON chooses the Python; without it, the first one found that is new enough is taken.
set -eu
venv=$1
here=$(pwd -P)

if [ "$(cat "$venv/made-in" 2>/dev/null)" = "$here" ] &&
    "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

python=${PYTHON:-}
if [ -n "$python" ]; then
    if ! new_enough "$python"; then
        echo "make: PYTHON=$python is not a Python 3.11 or newer" >&2
        exit 1
    fi
else
    for candidate in python3 python python3.14 python3.13 python3.12 python3.11; do
        if new_enough "$candidate"; then
            python=$candidate
            break
        fi
    done
    if [ -z "$python" ]; then
        echo "make: no Python 3.11 or newer found; install one, or name it: make PYTHON=/path/to/python3" >&2
        exit 1
    fi
fi

if ! "$python" -m venv --clear "$venv"; then
    echo "make: $python could not make a virtual environment in $venv;" \
        "on Debian and Ubuntu: apt install python3-venv" >&2
    exit 1
fi
printf '%s' "$here" >"$venv/made-in"
