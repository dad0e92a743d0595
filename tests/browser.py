"""A real browser for tests of pages: found, opened without a window, asked what axe-core finds."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Error, Page, async_playwright

# Names of programs that are Chromium, or are made of it, and their places outside the path.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("C:/Program Files/Google/Chrome/Application/chrome.exe"),
)

# What the law asks of public pages (WCAG 2.2 at level AA), and what axe's makers hold good besides.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

# `tools/programs.sh` puts a browser that it downloads beside the library, within `.venv`.
os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", "0")


def programs() -> Iterator[str | None]:
    """The browsers of this machine; last None, the one within `.venv`, should there be one."""
    yield from filter(None, map(shutil.which, NAMES))
    yield from (str(place) for place in PLACES if place.exists())
    yield None


@asynccontextmanager
async def opened_browser() -> AsyncIterator[Browser]:
    """A browser without a window; the test is skipped, with the reason, where there is none."""
    async with async_playwright() as library:
        reason = ""
        for program in programs():
            try:
                browser = await library.chromium.launch(executable_path=program)
            except Error as error:
                reason = reason or error.message.splitlines()[0]
                continue
            try:
                yield browser
            finally:
                await browser.close()
            return
        pytest.skip(f"no browser here (sh tools/programs.sh .venv tries to get one): {reason}")


async def faults(page: Page, rules: Sequence[str] = RULES) -> Mapping[str, list[str]]:
    """What axe-core finds wrong: the rule, and the elements that break it, as they are written.

    Only what is certainly wrong; `unsure` tells what a person has to look at.
    """
    return _named((await _asked(page, rules))["violations"])


async def unsure(page: Page, rules: Sequence[str] = RULES) -> Mapping[str, list[str]]:
    """What axe-core cannot judge by itself: the rule and the elements."""
    return _named((await _asked(page, rules))["incomplete"])


async def _asked(page: Page, rules: Sequence[str]) -> dict[str, Any]:
    source = files("axe_playwright_python").joinpath("axe.min.js")
    # Evaluated by the debugger, so that a page's own policy needs no hole for it.
    await page.evaluate(source.read_text("utf-8"))
    options = {"runOnly": list(rules), "resultTypes": ["violations", "incomplete"]}
    answer: dict[str, Any] = await page.evaluate("options => axe.run(document, options)", options)
    return answer


def _named(results: Sequence[Mapping[str, Any]]) -> Mapping[str, list[str]]:
    return {
        f"{result['id']}: {result['help']}": [str(node["html"]) for node in result["nodes"]]
        for result in results
    }
