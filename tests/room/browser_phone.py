"""A phone in a real browser: it has taken a seat, and can be asked what is wrong with its page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

from playwright.async_api import Browser, Page

from tests.browser import faults

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


async def fits(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


async def readable(page: Page) -> None:
    """Nothing that axe-core finds, light and dark, and nothing beyond the edge."""
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        assert await faults(page) == {}, scheme
    assert await fits(page)
