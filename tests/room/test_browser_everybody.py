"""What axe-core asks of every page: in every phase, light and dark, on a phone and on the wall."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page

from tabletop.exercise.hour.actions import Pause, Resume, Share, Show, Shown
from tabletop.exercise.hour.state import Hour
from tests.browser import faults, opened_browser
from tests.room.browser_phone import SCHEMES, phone, readable
from tests.room.rooms import Class, made_class, opened

SHOWN: tuple[Shown, ...] = ("situation", "ladder", "reasons", "nothing")
BEFORE, ROUND = ("join", "brief"), ("read", "preference", "talk", "lock", "reveal", "changed")
AFTER = ("pause", "endings", "hot_wash", "ticket", "over")


async def test_a_phone_in_every_phase(tmp_path: Path) -> None:
    """Of a head with something to decide, from the door to the end; paused, too."""
    async with (
        opened(made_class(tmp_path, "red", "blue", plan="double_lesson")) as found,
        opened_browser() as browser,
        phone(browser, found.room.link, role="president", team="red") as (page, complaints, _),
    ):
        await found.led.seat("blue", 1)
        seen = []
        for phase in (*BEFORE, *ROUND, *AFTER):
            await _come_to(found, phase)
            if phase == "talk":
                await found.send(Pause())
            await _shows(page, found.led.table.hour)
            await readable(page)
            if phase == "talk":
                await found.send(Resume())
            if phase == "hot_wash":
                await found.send(Share())
            seen.append(found.led.table.hour.phase)
        assert {span.phase for span in found.led.table.hour.spans} == set(seen)
        assert complaints == []


async def test_the_wall_in_every_phase(tmp_path: Path) -> None:
    """With what it shows by itself, and in the reveal with all that control can show."""
    async with (
        opened(made_class(tmp_path, "red", "blue", plan="double_lesson")) as found,
        opened_browser() as browser,
    ):
        page = await browser.new_page(viewport={"width": 1280, "height": 720})
        await page.goto(found.room.projector_link)
        await found.led.seat("red")
        await found.led.seat("blue", 1)
        for phase in (*BEFORE, *ROUND, *AFTER):
            await _come_to(found, phase)
            shown = SHOWN if phase == "reveal" else ("debrief",) if phase == "hot_wash" else ()
            await _either_way(page, found.led.table.hour)
            for what in shown:
                await found.send(Show(what))
                await page.locator(f"body[data-what={what}]").wait_for()
                await _either_way(page, found.led.table.hour)


@pytest.mark.parametrize("path", ["", "again", "test"])
async def test_the_doors(tmp_path: Path, path: str) -> None:
    """To join, to come back, and to see whether a phone gets here; also with a wrong code."""
    async with opened(made_class(tmp_path)) as found, opened_browser() as browser:
        page = await browser.new_page(viewport={"width": 320, "height": 640})
        answer = await page.goto(f"{found.room.link}/{path}")
        assert answer is not None
        assert answer.ok
        if path == "test":
            await page.get_by_text("The line works in both directions").wait_for()
            assert found.room.facts().reached().own
        await readable(page)
        await page.goto(f"{found.room.address}/234567")
        await page.get_by_text("no room with this code").wait_for()
        await readable(page)


async def _come_to(found: Class, phase: str) -> None:
    """The phase itself; StartEx comes where the first round begins."""
    if phase == "join":
        return
    if phase == "read":
        await found.start()
    else:
        await found.until(phase)
    if phase == "preference":
        await found.led.prefer("blue-0", reason="Because.")


async def _shows(page: Page, hour: Hour) -> None:
    await page.locator(f"body[data-phase={hour.phase}]").wait_for()


async def _either_way(page: Page, hour: Hour) -> None:
    await _shows(page, hour)
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        assert await faults(page) == {}, (hour.phase, scheme)
