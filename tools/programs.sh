#!/bin/sh
# Sees to it that tests find the programs of other people that they run: a browser for pages (one
# of this machine, else Debian's Chromium where root may install it, else the one that playwright
# downloads into the virtual environment $1), and nginx and openssl for rooms behind a proxy.
# Never fails: without a program its tests are passed over, and a line here says how to have it.
set -u
venv=$1
export PLAYWRIGHT_BROWSERS_PATH=0 DEBIAN_FRONTEND=noninteractive

by_apt() { # what it is for, then the packages
    purpose=$1
    shift
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    echo "make: installing $*, which the tests of $purpose need"
    for attempt in "" update; do
        [ -z "$attempt" ] || apt-get -qq update >/dev/null 2>&1
        # For the tests to run: RUNLEVEL keeps a service that comes along from being started.
        RUNLEVEL=1 apt-get -qq install -y --no-install-recommends "$@" >/dev/null 2>&1 && return 0
    done
    return 1
}

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

by_download() {
    echo "make: downloading chromium into $venv, which the tests of pages need"
    "$venv/bin/python" -m playwright install chromium >/dev/null 2>&1
}

browser() {
    usable && return
    by_apt pages chromium fonts-dejavu-core && usable && return
    by_download && usable && return
    echo "make: no browser could be installed here (no network, or not root): the tests of pages" \
        "are passed over; to run them, install chromium by hand"
}

proxied() (
    PATH=$PATH:/usr/sbin # where Debian keeps nginx
    command -v nginx >/dev/null 2>&1 && command -v openssl >/dev/null 2>&1
)

proxy() {
    proxied && return
    by_apt "rooms behind a proxy" nginx-light openssl && proxied && return
    echo "make: no nginx and openssl could be installed here (no network, or not root): the test of" \
        "rooms behind a proxy is passed over; to run it, install nginx and openssl by hand"
}

browser
proxy
exit 0
