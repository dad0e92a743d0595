"""The pages in a real browser: a round on a phone, drops, a killed host, the wall, for everybody."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, expect

from tabletop.exercise.hour.actions import Message, Share, Show, Shown
from tabletop.room.opening import resume_room
from tests.browser import faults, opened_browser
from tests.cli.terminal import process_environment
from tests.room.rooms import Class, made_class, opened

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@asynccontextmanager
async def phone(
    browser: Browser, link: str, **fields: str
) -> AsyncIterator[tuple[Page, list[str], list[str]]]:
    """A phone that has taken a seat; what it complained of, and what it asked for."""
    context = await browser.new_context(
        viewport={"width": 320, "height": 640}, has_touch=True, reduced_motion="reduce"
    )
    page = await context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type == "error" and "Failed to load resource" not in message.text
            else None
        ),
    )
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(link)
    await page.fill("#name", fields.get("name", "Ann"))
    if "team" in fields:
        await page.check(f"[name=team][value={fields['team']}]")
    await page.select_option("#role", fields.get("role", ""))
    await page.click("button.main")
    await page.click("#note button")
    yield page, complaints, asked
    await context.close()


async def _fits(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


async def _readable(page: Page) -> None:
    """Nothing that axe-core finds, light and dark, and nothing beyond the edge."""
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        assert await faults(page) == {}, scheme
    assert await _fits(page)


async def test_a_round_on_a_phone_of_320_pixels(tmp_path: Path) -> None:
    """Join, read, prefer, lock, reveal, what changed, the end; every page for everybody."""
    hostile = "<img src=x onerror=alert(1)>"
    async with opened(made_class(tmp_path, "red", "blue")) as found, opened_browser() as browser:
        door = await browser.new_page(viewport={"width": 320, "height": 640})
        await door.goto(found.room.link)
        await _readable(door)
        fields = {"name": hostile, "team": "red", "role": "president"}
        async with phone(browser, found.room.link, **fields) as (page, complaints, asked):
            await page.get_by_role("heading", name="Welcome").wait_for()
            await page.check("[name=objective] >> nth=1")
            await page.click("#declare")
            await expect(page.get_by_text("Your team wants:")).to_be_visible()
            await _readable(page)
            await found.led.seat("blue", 1)
            await found.start()
            await expect(page.get_by_text("Nobody speaks yet")).to_be_visible()
            assert await page.locator("[id^=prefer-]").count() == 0

            await found.until("preference")
            buttons = page.locator("[id^=prefer-]")
            await buttons.nth(1).tap()
            await expect(buttons.nth(1)).to_have_attribute("aria-pressed", "true")
            await _readable(page)
            assert len(found.led.table.hour.preferences) == 1

            await found.until("talk")
            await page.fill("#rationale", "Because we said so.")
            await page.check("#forecast-70")
            await page.reload()
            await expect(page.locator("#rationale")).to_have_value("Because we said so.")
            await expect(page.locator("#forecast-70")).to_be_checked()
            await _readable(page)
            await page.click("#lock")
            await page.click("#lock-sure")
            await expect(page.get_by_text("What you preferred, in silence")).to_be_visible()
            assert found.led.table.hour.locks["red"].forecast == 70

            await found.until("reveal")
            await expect(page.get_by_role("heading", name="What came of it")).to_be_visible()
            await expect(page.locator("#now").get_by_text("Because we said so.")).to_be_visible()
            await found.until("changed")
            await expect(page.get_by_role("heading", name="What changed, and why")).to_be_visible()
            for view in ("situation", "office", "team"):
                await page.click(f".tabs a[href='#{view}']")
                await expect(page.locator(f"#{view}")).to_be_visible()
                await _readable(page)

            await _the_end(found, page)
            assert complaints == []
            assert all(url.startswith(found.room.address) for url in asked)


async def _the_end(found: Class, page: Page) -> None:
    """Seals are opened when control does, and the exit ticket is handed in."""
    await found.until("hot_wash")
    await expect(page.locator("#ticket")).to_be_visible()
    assert await page.get_by_text("What they wanted").count() == 0
    await found.send(Share())
    await expect(page.get_by_role("heading", name="What they wanted")).to_be_visible()
    await page.fill("#ticket", "To ask first.")
    await page.click("#hand-in")
    await expect(page.get_by_text("Your exit ticket is in")).to_be_visible()
    await _readable(page)


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


async def test_two_tabs_of_one_seat_do_not_fight(tmp_path: Path) -> None:
    """The newer one is used, until the older one is asked for again."""
    async with (
        opened(made_class(tmp_path, "red")) as found,
        opened_browser() as browser,
        phone(browser, found.room.link) as (page, _, _),
    ):
        other = await page.context.new_page()
        await other.goto(f"{found.room.link}/seat")
        await other.get_by_role("heading", name="Welcome").wait_for()
        await page.get_by_role("button", name="Use this one").click()
        await expect(page.get_by_text("open in a newer tab")).to_have_count(0)
        await expect(other.get_by_text("open in a newer tab")).to_be_visible()


async def test_keys_alone_are_enough(tmp_path: Path) -> None:
    """On a wide screen, too: what happens now stays beside what one looks at."""
    async with (
        opened(made_class(tmp_path, "red")) as found,
        opened_browser() as browser,
        phone(browser, found.room.link) as (page, _, _),
    ):
        await page.set_viewport_size({"width": 1280, "height": 800})
        await expect(page.locator("#now")).to_be_visible()
        await expect(page.locator("#situation")).to_be_visible()
        await found.start()
        await found.until("preference")
        button = page.locator("[id^=prefer-]").first
        await button.wait_for()
        for _ in range(30):
            await page.keyboard.press("Tab")
            if await button.evaluate("each => each === document.activeElement"):
                break
        await page.keyboard.press("Enter")
        await expect(button).to_have_attribute("aria-pressed", "true")
        assert await button.evaluate("each => each === document.activeElement")
        assert await _fits(page)


async def test_a_message_is_told_and_stays_until_it_is_closed(tmp_path: Path) -> None:
    """In a live region; closed once, closed for good."""
    async with (
        opened(made_class(tmp_path, "red")) as found,
        opened_browser() as browser,
        phone(browser, found.room.link) as (page, _, _),
    ):
        await page.get_by_role("heading", name="Welcome").wait_for()
        await found.send(Message("Two minutes <b>left</b>."))
        notices = page.locator("#notices")
        await expect(notices.get_by_text("Two minutes <b>left</b>.")).to_be_visible()
        await notices.get_by_role("button", name="Close this message").click()
        await page.reload()
        await page.get_by_role("heading", name="Welcome").wait_for()
        await expect(notices.get_by_text("Two minutes")).to_have_count(0)


@pytest.mark.parametrize("width,height", [(1280, 720), (1920, 1080)])
async def test_the_wall_can_be_read_and_holds_all_that_it_shows(
    tmp_path: Path, width: int, height: int
) -> None:
    """Nothing is cut off and no letter is smaller than a fiftieth of the screen's height."""
    shown: tuple[Shown, ...] = ("situation", "ladder", "reasons", "debrief", "nothing")
    teams = ("red", "blue", "green", "amber", "violet", "teal")
    async with opened(made_class(tmp_path, *teams)) as found, opened_browser() as browser:
        page = await browser.new_page(viewport={"width": width, "height": height})
        await page.goto(found.room.projector_link)
        await _whole(page, "join", height)
        assert await page.locator("img.qr").evaluate("each => each.naturalWidth > 0")
        await _people(found, teams)
        await found.start()
        await found.until("changed")
        for what in shown[:3]:
            await found.send(Show(what))
            await _whole(page, what, height)
        await found.until("hot_wash")
        for what in shown[3:]:
            await found.send(Show(what))
            await _whole(page, what, height)


async def _people(found: Class, teams: tuple[str, ...]) -> None:
    for team in teams:
        await found.joined(found.client(), team=team)


async def _whole(page: Page, what: str, height: int) -> None:
    await page.locator(f"body[data-what={what}]").wait_for()
    wall = page.locator("#wall")
    over = await wall.evaluate("each => each.scrollHeight - each.clientHeight")
    assert over <= 2, what
    smallest = await wall.evaluate(
        "each => Math.min(...[...each.querySelectorAll('*')].filter(one => one.textContent.trim())"
        ".map(one => parseFloat(getComputedStyle(one).fontSize)))"
    )
    assert smallest >= height / 50, what
    assert await faults(page) == {}, what
