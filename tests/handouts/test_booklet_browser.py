"""Hand-outs in a real browser: what axe-core finds, and how many sheets of paper they take."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser

from tabletop.handouts.booklet import SECTIONS, booklet
from tabletop.scenario.schema import Scenario
from tests.browser import faults, opened_browser, unsure
from tests.handouts.hand_outs import scenario

PAPERS = ("A4", "Letter")
SHIPPED = pytest.mark.parametrize("name", ["north-korea-2017", "first-game"])


async def _sheets(browser: Browser, file: Path, html: str) -> dict[str, int]:
    """How many sheets of each paper a page takes."""
    _write(file, html)
    page = await browser.new_page()
    await page.goto(file.as_uri())
    printed = {paper: await page.pdf(format=paper) for paper in PAPERS}
    await page.close()
    return {
        paper: len(re.findall(rb"/Type\s*/Page\b(?!s)", content))
        for paper, content in printed.items()
    }


def _write(file: Path, html: str) -> None:
    file.write_text(html, "utf-8")


def _crowded(full: Scenario) -> Scenario:
    """A scenario whose texts are as long as authors may make them, in words of nine letters."""
    words = " ".join(["decisions"] * 120)
    private = " ".join(["decisions"] * 90)
    first, *others = full.calendar
    stages = {name: replace(each, brief=words) for name, each in full.stages.items()}
    camps = {name: replace(each, case=words) for name, each in full.camps.items()}
    tracks = {name: replace(each, why=private) for name, each in full.tracks.items()}
    roles = {name: replace(each, brief=words, private=private) for name, each in full.roles.items()}
    return replace(
        full,
        summary=words,
        calendar=(replace(first, text=words), *others),
        stages=stages,
        camps=camps,
        tracks=tracks,
        roles=roles,
    )


@SHIPPED
async def test_the_reading_fits_two_pages_and_a_role_sheet_fits_one(
    tmp_path: Path, name: str
) -> None:
    """On A4 and on Letter, also where authors use all the words that they may."""
    plain = scenario(name)
    async with opened_browser() as browser:
        for found in (plain, _crowded(plain)):
            sheets = await _sheets(browser, tmp_path / "x.html", booklet(found, ["reading"]))
            assert max(sheets.values()) <= 2
            sheets = await _sheets(browser, tmp_path / "x.html", booklet(found, ["roles"]))
            assert set(sheets.values()) == {len(found.roles)}
        sheets = await _sheets(browser, tmp_path / "x.html", booklet(plain, ["rubric"]))
        assert set(sheets.values()) == {1}


async def test_every_part_begins_a_page_of_its_own(tmp_path: Path) -> None:
    """All parts together take as many sheets as one by one."""
    found = scenario("first-game")
    async with opened_browser() as browser:
        file = tmp_path / "x.html"
        together = await _sheets(browser, file, booklet(found))
        apart = [await _sheets(browser, file, booklet(found, [part])) for part in SECTIONS]
    for paper in PAPERS:
        assert together[paper] == sum(each[paper] for each in apart)


@pytest.mark.parametrize("paper,wide", [("a4", 595), ("letter", 612)])
async def test_the_paper_that_is_named_is_the_paper(tmp_path: Path, paper: str, wide: int) -> None:
    """In points, as PDF counts."""
    file = tmp_path / "x.html"
    _write(file, booklet(scenario("first-game"), ["rubric"], paper))
    async with opened_browser() as browser:
        page = await browser.new_page()
        await page.goto(file.as_uri())
        printed = await page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)", printed)
    assert {round(float(box)) for box in boxes} <= {wide - 1, wide, wide + 1}
    assert boxes


@SHIPPED
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everybody_can_read_them(
    tmp_path: Path, name: str, scheme: Literal["light", "dark"]
) -> None:
    """WCAG 2.2 at level AA as axe-core checks it, and no request beside the file itself."""
    file = tmp_path / "x.html"
    _write(file, booklet(scenario(name)))
    async with opened_browser() as browser:
        page = await browser.new_page(color_scheme=scheme)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(file.as_uri())
        assert await faults(page) == {}
        assert await unsure(page) == {}
        assert asked == [file.as_uri()]
