"""The pages in a real browser: a round on a phone, drops, a killed host, the wall, for everybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tabletop.exercise.hour.actions import Govern, Message, Rule, Share, Show, Shown
from tabletop.exercise.table import Fire, Viewer
from tests.browser import faults, opened_browser
from tests.room.browser_phone import fits, phone, readable
from tests.room.rooms import Class, made_class, opened


async def test_a_round_on_a_phone_of_320_pixels(tmp_path: Path) -> None:
    """Join, read, prefer, lock, reveal, what changed, the end; every page for everybody."""
    hostile = "<img src=x onerror=alert(1)>"
    async with opened(made_class(tmp_path, "red", "blue")) as found, opened_browser() as browser:
        door = await browser.new_page(viewport={"width": 320, "height": 640})
        await door.goto(found.room.link)
        await readable(door)
        fields = {"name": hostile, "team": "red", "role": "president"}
        async with phone(browser, found.room.link, **fields) as (page, complaints, asked):
            await page.get_by_role("heading", name="Welcome").wait_for()
            await page.check("[name=objective] >> nth=1")
            await page.click("#declare")
            await expect(page.get_by_text("Your team wants:")).to_be_visible()
            await readable(page)
            await found.led.seat("blue", 1)
            await found.start()
            await expect(page.get_by_text("Nobody speaks yet")).to_be_visible()
            assert await page.locator("[id^=prefer-]").count() == 0

            await found.until("preference")
            buttons = page.locator("[id^=prefer-]")
            await buttons.nth(1).tap()
            await expect(buttons.nth(1)).to_have_attribute("aria-pressed", "true")
            await readable(page)
            assert len(found.led.table.hour.preferences) == 1

            await found.until("talk")
            await page.fill("#rationale", "Because we said so.")
            await page.check("#forecast-70")
            await page.reload()
            await expect(page.locator("#rationale")).to_have_value("Because we said so.")
            await expect(page.locator("#forecast-70")).to_be_checked()
            await readable(page)
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
                await readable(page)

            await _the_end(found, page)
            assert complaints == []
            assert all(url.startswith(found.room.address) for url in asked)


async def _the_end(found: Class, page: Page) -> None:
    """Seals are opened when control does, and the exit ticket is handed in."""
    await found.until("hot_wash")
    await expect(page.locator("#ticket")).to_be_visible()
    # What a standing order chose is not what stood because time was up.
    made = page.locator("#now .wire small")
    await expect(made.last).to_contain_text("by the standing order")
    await expect(made.last).not_to_contain_text("by default")
    assert await page.get_by_text("What they wanted").count() == 0
    await found.send(Share())
    await expect(page.get_by_role("heading", name="What they wanted")).to_be_visible()
    await page.fill("#ticket", "To ask first.")
    await page.click("#hand-in")
    await expect(page.get_by_text("Your exit ticket is in")).to_be_visible()
    await readable(page)


async def test_what_was_locked_is_told_whole_and_a_dissent_is_confirmed(tmp_path: Path) -> None:
    """With the support that goes with it; the confirmation outlives a reload."""
    async with (
        opened(made_class(tmp_path, "red", "blue")) as found,
        opened_browser() as browser,
        phone(browser, found.room.link, team="red", role="president") as (page, complaints, _),
    ):
        await found.led.seat("blue", 1)
        await found.start()
        await found.until("preference")
        await page.locator("[id^=prefer-]").nth(1).tap()
        await found.until("talk")
        await page.select_option("#lock-response", index=1)
        await page.get_by_label("Consult Seoul and Tokyo first").check()
        await page.click("#lock")
        await page.click("#lock-sure")
        await expect(page.get_by_text("With it: Consult Seoul and Tokyo first")).to_be_visible()
        await page.get_by_text("You preferred something else").tap()
        await page.fill("#dissent", "Too early to ask.")
        await page.click("#say-dissent")
        await expect(page.get_by_text("Your dissent is on the record.")).to_be_visible()
        await page.reload()
        await expect(page.get_by_text("Your dissent is on the record.")).to_be_visible()
        assert [each.text for each in found.led.table.hour.dissents] == ["Too early to ask."]
        assert complaints == []


async def test_the_page_says_who_locks_and_what_by_the_rule(tmp_path: Path) -> None:
    """The head, what the rule lets the head lock, or whoever leads the exercise."""
    async with (
        opened(made_class(tmp_path, "red")) as found,
        opened_browser() as browser,
        phone(browser, found.room.link, role="president") as (page, complaints, _),
    ):
        await found.start()
        await found.until("lock")
        task = page.locator("#now .note.strong").first
        said: tuple[tuple[Rule, str], ...] = (
            ("head", "Lock your team's choice now."),
            ("majority", "Lock what most of you prefer now."),
            ("consensus", "Lock what all of you prefer now."),
            ("control", "Now the lead of the exercise locks your team's choice."),
        )
        for rule, words in said:
            await found.send(Govern(rule))
            await expect(task).to_contain_text(words)
        assert complaints == []


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


async def test_a_seat_moves_to_another_phone(tmp_path: Path) -> None:
    """By a code from control; the old phone is told, and the new one goes on where it was."""
    async with (
        opened(made_class(tmp_path, "red")) as found,
        opened_browser() as browser,
        phone(browser, found.room.link) as (old, _, _),
    ):
        (seat,) = found.led.table.record.seats
        await found.start()
        await found.until("preference")
        await old.locator("[id^=prefer-]").nth(1).tap()
        await expect(old.locator("[aria-pressed=true]")).to_have_count(1)
        new = await browser.new_page(viewport={"width": 320, "height": 640})
        await new.goto(found.room.link)
        await new.get_by_role("link", name="another phone").click()
        await readable(new)
        await new.fill("#pin", found.room.pin(seat).lower())
        await new.get_by_role("button", name="Take my seat again").click()
        await new.click("#note button")
        await expect(new.locator("[aria-pressed=true]")).to_have_count(1)
        await expect(old.get_by_text("moved to another phone")).to_be_visible()
        await expect(old.get_by_role("link", name="I have a code")).to_be_visible()


async def test_a_flash_decision_is_asked_there_and_then(tmp_path: Path) -> None:
    """Before all else on the page; the head answers with one tap."""
    async with (
        opened(made_class(tmp_path, "red")) as found,
        opened_browser() as browser,
        phone(browser, found.room.link, role="president") as (page, complaints, _),
    ):
        await found.start()
        await found.send(Fire("red", "eleven_minutes", "To see what they do."))
        await expect(page.locator("#now h2").first).to_have_text("Decide now: Eleven minutes")
        await page.locator("[id^=answer-]").first.tap()
        await expect(page.get_by_text("Nobody speaks yet")).to_be_visible()
        assert found.led.table.view(Viewer("team", "red")).flash is None
        assert complaints == []


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
        assert await fits(page)


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
