"""Pages that lose their network or their host, in a real browser: nothing is lost with them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tabletop.room.opening import resume_room
from tests.browser import opened_browser
from tests.cli.terminal import process_environment
from tests.room.browser_phone import phone
from tests.room.rooms import made_class, opened


async def test_a_vote_survives_a_drop_of_the_network_and_counts_once(tmp_path: Path) -> None:
    """It is shown at once, waits, and is sent when the network is back, also after a reload."""
    async with opened(made_class(tmp_path, "red")) as found, opened_browser() as browser:
        async with phone(browser, found.room.link) as (page, complaints, _):
            await found.start()
            await found.until("preference")
            button = page.locator("[id^=prefer-]").nth(2)
            await button.wait_for()
            await page.context.set_offline(True)
            await button.tap()
            await expect(button).to_have_attribute("aria-pressed", "true")
            await expect(page.locator("#link")).to_have_text(re.compile("sending|no connection"))
            assert not found.led.table.hour.preferences
            await page.context.set_offline(False)
            await expect(page.locator("#link")).to_have_text("")
            await _within(lambda: len(found.led.table.hour.preferences) == 1, page)
            await page.reload()
            await expect(button).to_have_attribute("aria-pressed", "true")
            assert complaints == []
        await found.room.close()
        await found.led.table.close()
        save = found.led.table.path.read_text("utf-8")
        assert save.count('"note.preference"') == 1


SLEEPY = """
window.streams = [];
const Real = window.EventSource;
window.EventSource = class extends Real {
  constructor(url) { super(url); window.streams.push(this); }
  addEventListener(name, heard) { super.addEventListener(name, (event) => { if (!this.asleep) heard(event); }); }
  set onmessage(heard) { super.onmessage = (event) => { if (!this.asleep) heard(event); }; }
};
"""
"""Streams that can be put to sleep: dead, while they look open, as on a phone that slept."""


@pytest.mark.parametrize(
    "woken,seconds",
    [
        ("document.dispatchEvent(new Event('visibilitychange'))", 13),
        ("dispatchEvent(new PageTransitionEvent('pageshow'))", 13),
        ("dispatchEvent(new Event('online'))", 13),
        ("null", 31),
    ],
    ids=["seen again", "page shown", "network back", "nothing but silence"],
)
async def test_a_phone_that_slept_is_whole_again(tmp_path: Path, woken: str, seconds: int) -> None:
    """Its stream still looks open: waking up is a reason to call anew, and so is long silence."""
    async with (
        opened(made_class(tmp_path, "red")) as found,
        opened_browser() as browser,
        phone(browser, found.room.link) as (page, complaints, _),
    ):
        await page.clock.install()
        await page.add_init_script(SLEEPY)
        await page.reload()
        await page.locator("body[data-phase=join]").wait_for()
        await page.evaluate("streams.at(-1).asleep = true")
        assert await page.evaluate("streams.at(-1).readyState") == 1
        await found.start()
        opened_before = await page.evaluate("streams.length")
        await page.clock.fast_forward(1000 * seconds)
        await page.evaluate(woken)
        await page.locator("body[data-phase=read]").wait_for()
        assert await page.evaluate("streams.length") == opened_before + 1
        assert found.room.company() >= 1
        assert complaints == []


async def _within(true: object, page: Page, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        await page.wait_for_timeout(20)


async def test_a_page_outlives_its_host(tmp_path: Path) -> None:
    """It says that the host is gone, keeps what was read and written, and is whole in 2 s."""
    found = made_class(tmp_path, "red")
    await found.room.open()
    async with opened_browser() as browser:
        async with phone(browser, found.room.link, role="president") as (page, complaints, _):
            await found.start()
            await found.until("talk")
            await page.fill("#rationale", "Half a sentence")
            await found.room.abandon()
            await expect(page.get_by_text("No connection to the host")).to_be_visible()
            await page.click(".tabs a[href='#office']")
            await expect(page.get_by_text("For your eyes")).to_be_visible()
            await page.click(".tabs a[href='#now']")
            await page.locator("[id^=prefer-]").first.tap()
            again = resume_room(found.led.table.path, clock=lambda: found.led.now)
            await again.open()
            begun = time.monotonic()
            await expect(page.get_by_text("No connection to the host")).to_have_count(0)
            await _within(lambda: len(again.table.hour.preferences) == 1, page)
            assert time.monotonic() - begun < 4, "2 s, on a machine that does nothing else"
            await expect(page.locator("#rationale")).to_have_value("Half a sentence")
            assert complaints == []
        await again.close()
        await again.table.close()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX")
async def test_a_host_killed_without_mercy_is_found_again(tmp_path: Path) -> None:
    """The process itself; the same command with --resume, and the page needs no hand."""
    command = [sys.executable, "-m", "tabletop", "host", "--plain"]
    fresh = ["--bind", "127.0.0.1", "--port", "0", "--save", "class.jsonl", "--teams", "2"]

    def host(*arguments: str) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [*command, *arguments],
            stdout=subprocess.PIPE,
            cwd=tmp_path,
            env=process_environment(None),
            text=True,
        )
        assert process.stdout is not None
        for line in process.stdout:
            if link := re.search(r"Or at once: (\S+)", line):
                return process, link[1]
        raise AssertionError("the host has not said how to join")

    first, link = host(*fresh)
    second = None
    try:
        async with opened_browser() as browser, phone(browser, link) as (page, complaints, _):
            await page.get_by_role("heading", name="Welcome, Ann").wait_for()
            first.send_signal(signal.SIGKILL)
            first.wait()
            await expect(page.get_by_text("No connection to the host")).to_be_visible()
            second, again = host("--resume", "class.jsonl")
            assert again == link
            await expect(page.get_by_text("No connection to the host")).to_have_count(0)
            await page.reload()
            await page.get_by_role("heading", name="Welcome, Ann").wait_for()
            assert complaints == []
    finally:
        for process in filter(None, (first, second)):
            process.kill()
            process.communicate()
