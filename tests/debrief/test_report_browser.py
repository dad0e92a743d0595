"""A report in a real browser: what axe-core finds, what it asks of the network, how it prints."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, Page

from tabletop.debrief.report.gather import report_of
from tabletop.debrief.report.layout import blocks
from tabletop.debrief.report.page import page as html_of
from tests.browser import faults, opened_browser, unsure
from tests.debrief.report_cases import HOSTILE, group, places

Media = Literal["screen", "print"]
Scheme = Literal["light", "dark"]

MODES: list[tuple[Media, Scheme]] = [
    ("screen", "light"),
    ("screen", "dark"),
    ("print", "light"),
    ("print", "dark"),
]
# Sheets at 96 dots an inch, less the margins that the style asks for.
SHEETS = {"A4": 794 - 2 * 60, "Letter": 816 - 2 * 60}


def _reports(folder: Path) -> dict[str, Path]:
    """A class, one line of it alone, and a class that means harm, as files."""
    text = "\n".join(HOSTILE)
    kinds = {
        "class": places(group(folder / "class.jsonl", "red", "blue")),
        "one": places(group(folder / "one.jsonl", "red"))[:1],
        "hostile": places(group(folder / "hostile.jsonl", "red", "blue", name=text, reason=text)),
    }
    written = {}
    for kind, at in kinds.items():
        report = report_of(at)
        written[kind] = folder / f"{kind}.html"
        written[kind].write_text(html_of(report.title, blocks(report)), "utf-8")
    return written


async def _opened(browser: Browser, file: Path) -> tuple[Page, list[str], list[str]]:
    """The page, what it asks for, and what the browser complains of."""
    page = await browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    await page.goto(file.as_uri())
    return page, asked, complaints


@pytest.mark.parametrize("kind", ["class", "one", "hostile"])
async def test_everybody_can_read_it(tmp_path: Path, kind: str) -> None:
    """WCAG 2.2 at level AA, as axe-core checks it: on a screen, light and dark, and on paper.

    What axe-core leaves to a person's eyes is the short texts of charts alone, whose colours are
    worked out elsewhere.
    """
    file = _reports(tmp_path)[kind]
    async with opened_browser() as browser:
        page, _, _ = await _opened(browser, file)
        for media, scheme in MODES:
            await page.emulate_media(media=media, color_scheme=scheme)
            assert await faults(page) == {}, (media, scheme)
            elements = [html for found in (await unsure(page)).values() for html in found]
            assert [html for html in elements if not html.startswith("<text ")] == []


async def test_what_keeps_people_from_reading_would_be_found(tmp_path: Path) -> None:
    """Pale text, a table without headers, a heading left out: each is named."""
    file = _reports(tmp_path)["class"]
    async with opened_browser() as browser:
        page, _, _ = await _opened(browser, file)
        await page.evaluate(
            """() => {
                document.querySelector("main p").style.color = "#aaaaaa";
                document.querySelector("html").removeAttribute("lang");
                document.querySelectorAll("h2").forEach(h => h.outerHTML = "<h5>moved</h5>");
            }"""
        )
        await page.emulate_media(color_scheme="light")
        found = {rule.partition(":")[0] for rule in await faults(page)}
        assert {"color-contrast", "html-has-lang", "heading-order"} <= found


@pytest.mark.parametrize("kind", ["class", "hostile"])
async def test_nothing_is_asked_of_the_network_and_nothing_runs(tmp_path: Path, kind: str) -> None:
    """The browser asks for the file and no more, has nothing to complain of, and styles it."""
    file = _reports(tmp_path)[kind]
    async with opened_browser() as browser:
        page, asked, complaints = await _opened(browser, file)
        assert asked == [file.as_uri()]
        assert complaints == []
        border = "getComputedStyle(document.querySelector('table')).borderCollapse"
        assert await page.evaluate(border) == "collapse"


async def test_it_fits_a_phone_and_both_sheets(tmp_path: Path) -> None:
    """No line runs out of a window of 320 dots (WCAG 1.4.10), of A4 or of Letter."""
    file = _reports(tmp_path)["class"]
    async with opened_browser() as browser:
        page, _, _ = await _opened(browser, file)
        widths: list[tuple[Media, int]] = [("screen", 320)]
        widths += [("print", width) for width in SHEETS.values()]
        for media, width in widths:
            await page.emulate_media(media=media)
            await page.set_viewport_size({"width": width, "height": 900})
            assert await page.evaluate("document.documentElement.scrollWidth") <= width
        for sheet in SHEETS:
            assert (await page.pdf(format=sheet)).startswith(b"%PDF-")


async def test_keys_reach_every_link_and_wide_table(tmp_path: Path) -> None:
    """Tab goes from the way past the contents through all that can be followed or scrolled."""
    file = _reports(tmp_path)["class"]
    async with opened_browser() as browser:
        page, _, _ = await _opened(browser, file)
        many = await page.locator("a, [tabindex='0']").count()
        reached = []
        for _ in range(many):
            await page.keyboard.press("Tab")
            reached.append(await page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
        assert "skip" in reached[0]
        assert all(html.startswith(("<a ", "<div ")) for html in reached)
        assert len(reached) == many > 4


@pytest.mark.parametrize("sheet", sorted(SHEETS))
async def test_no_word_at_the_head_of_a_column_is_broken_on_paper(
    tmp_path: Path, sheet: str
) -> None:
    """A column is never narrower than `Turn`, `Because` or `Expected`."""
    async with opened_browser() as browser:
        for file in (_reports(tmp_path)[kind] for kind in ("class", "one")):
            page, _, _ = await _opened(browser, file)
            await page.emulate_media(media="print")
            await page.set_viewport_size({"width": SHEETS[sheet], "height": 1000})
            broken = await page.evaluate(
                """() => [...document.querySelectorAll('thead th')].filter(cell => {
                    const range = document.createRange();
                    range.selectNodeContents(cell);
                    const lines = new Set([...range.getClientRects()].map(box => box.top));
                    return lines.size > cell.textContent.trim().split(/\\s+/).length;
                }).map(cell => cell.textContent)"""
            )
            assert broken == []
            await page.close()


async def test_nothing_that_leads_stands_alone_at_the_foot_of_a_sheet(tmp_path: Path) -> None:
    """A heading, a label or the head of a table is on the sheet of what it leads, wherever it falls.

    The sheets stand side by side as columns, which are broken by the same rules; one height
    after another lets each line come to the foot of one.
    """
    async with opened_browser() as browser:
        page, _, _ = await _opened(browser, _reports(tmp_path)["class"])
        await page.emulate_media(media="print")
        alone = await page.evaluate(
            """width => {
                const pages = document.querySelector('main').style, alone = new Set();
                pages.width = pages.columnWidth = width + 'px';
                pages.columnFill = 'auto';
                const leads = document.querySelectorAll(
                    'h2, h2 + p:has(+ *), h2 + p + p:has(+ *), h3, thead, p:has(+ ul, + ol)');
                const left = (each, at) => [...each.getClientRects()].at(at).left;
                for (let height = 600; height < 1000; height += 10) {
                    pages.height = height + 'px';
                    for (const lead of leads) {
                        const led = lead.nextElementSibling;
                        if (left(led.querySelector('li') ?? led, 0) - left(lead, -1) > width / 2)
                            alone.add(lead.textContent);
                    }
                }
                return [...alone];
            }""",
            SHEETS["A4"],
        )
        assert alone == []
