#!/bin/sh
# Sees to it that the tests of pages find a browser: one of this machine, else Debian's Chromium
# where root may install it, else the one that playwright downloads into the virtual environment $1.
# Never fails: without a browser those tests are passed over, and a line here says how to have one.
set -u
venv=$1
export PLAYWRIGHT_BROWSERS_PATH=0 DEBIAN_FRONTEND=noninteractive

usable() {
    "$venv/bin/python" - <<'PYTHON' >/dev/null 2>&1
import asyncio

from tests.browser import opened_browser


async def main() -> None:
    async with opened_browser():
        pass


asyncio.run(main())
PYTHON
}

by_apt() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    echo "make: installing chromium, which the tests of pages need"
    packages="chromium fonts-dejavu-core"
    for attempt in "" update; do
        [ -z "$attempt" ] || apt-get -qq update >/dev/null 2>&1
        # shellcheck disable=SC2086
        apt-get -qq install -y --no-install-recommends $packages >/dev/null 2>&1 && return 0
    done
    return 1
}

by_download() {
    echo "make: downloading chromium into $venv, which the tests of pages need"
    "$venv/bin/python" -m playwright install chromium >/dev/null 2>&1
}

usable && exit 0
by_apt && usable && exit 0
by_download && usable && exit 0
echo "make: no browser could be installed here (no network, or not root): the tests of pages" \
    "are passed over; to run them, install chromium by hand"
exit 0
