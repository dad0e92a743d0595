"""The menu of responses: keys, mouse, and why one is closed."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import Any

import pytest
from textual import on

from tabletop.tui.theme import MARKS
from tabletop.tui.widgets.responses import ResponseMenu
from tests.tui.pictures import Stage
from tests.tui.sample_view import RESPONSES, flash_view, sample_view


class MenuStage(Stage):
    """Remembers what the menu says."""

    @on(ResponseMenu.Highlighted)
    @on(ResponseMenu.Chosen)
    @on(ResponseMenu.Refused)
    def hear(self, message: Any) -> None:
        self.heard.append((type(message).__name__, message.response_id))


def menu(**options: Any) -> tuple[ResponseMenu, MenuStage]:
    """A menu in a small app."""
    widget = ResponseMenu()
    return widget, MenuStage(widget, **options)


async def test_every_response_has_number_instrument_and_title() -> None:
    """One row each, with the glyph and the letter of its instrument."""
    widget, app = menu()
    async with app.run_test(size=(60, 12)) as pilot:
        widget.show(sample_view())
        await pilot.pause()
        for number, response in enumerate(RESPONSES, start=1):
            mark = MARKS[response.instrument]
            row = f"{number}  {mark.glyph}{mark.letter} {response.title}"
            assert any(row in line for line in app.lines())
        assert "present course" in app.lines()[0]


async def test_arrows_move_and_stop_at_the_ends() -> None:
    """Each step is told; beyond the ends nothing happens."""
    widget, app = menu()
    async with app.run_test(size=(60, 12)) as pilot:
        widget.show(sample_view())
        widget.focus()
        await pilot.press("up", "down", "down", "end", "down", "home")
        await pilot.pause()
        names = [RESPONSES[i].id for i in (0, 1, 2, 8, 0)]
        assert app.heard == [("Highlighted", name) for name in names]
        assert widget.highlighted == RESPONSES[0]


async def test_a_digit_chooses() -> None:
    """The number keys move the cursor there and choose."""
    widget, app = menu()
    async with app.run_test(size=(60, 12)) as pilot:
        widget.show(sample_view())
        widget.focus()
        await pilot.press("4")
        await pilot.pause()
        assert app.heard[-2:] == [("Highlighted", "red_line"), ("Chosen", "red_line")]


async def test_a_closed_response_is_refused_with_its_reason() -> None:
    """It can be looked at, never chosen."""
    widget, app = menu()
    async with app.run_test(size=(70, 24)) as pilot:
        widget.show(sample_view())
        widget.focus()
        await pilot.press("3", "enter")
        await pilot.pause()
        assert [what for what, _ in app.heard].count("Refused") == 2
        assert "Chosen" not in [what for what, _ in app.heard]
        assert "three weeks old" in app.text()


async def test_closed_is_told_in_words_in_every_form() -> None:
    """By its reason where that is shown, else by a word at the right."""
    for height in (10, 24):
        widget, app = menu()
        async with app.run_test(size=(46, height)) as pilot:
            widget.show(sample_view())
            await pilot.pause()
            reasons = app.text().count("Seoul and Tokyo refuse")
            assert reasons + app.text().count("closed") >= 1
            assert (reasons == 1) is (height == 24)


async def test_where_rows_are_few_the_reason_shows_under_the_cursor() -> None:
    """Nine responses fit ten rows, and the one looked at still says why it is closed."""
    widget, app = menu()
    async with app.run_test(size=(60, 10)) as pilot:
        widget.show(sample_view())
        await pilot.pause()
        assert "three weeks old" not in app.text()
        widget.highlight(2)
        await pilot.pause()
        assert "three weeks old" in app.text()
        assert "Sanction Chinese banks" in app.text()


async def test_a_low_menu_scrolls_with_its_cursor() -> None:
    """The cursor can always be seen."""
    widget, app = menu()
    async with app.run_test(size=(60, 4)) as pilot:
        widget.show(sample_view())
        for number in (8, 0, 5):
            widget.highlight(number)
            await pilot.pause()
            assert RESPONSES[number].title in app.text()


@pytest.mark.parametrize("height", [10, 24])
async def test_a_click_chooses_what_it_hits(height: int) -> None:
    """The row under the pointer counts, in every form of the menu."""
    widget, app = menu()
    async with app.run_test(size=(70, height)) as pilot:
        widget.show(sample_view())
        await pilot.pause()
        row = next(y for y, line in enumerate(app.lines()) if "Speed THAAD" in line)
        await pilot.click(ResponseMenu, offset=(12, row))
        await pilot.pause()
        assert app.heard[-1] == ("Chosen", "thaad")


async def test_a_click_between_rows_does_nothing() -> None:
    """Blank lines belong to nobody."""
    widget, app = menu()
    async with app.run_test(size=(70, 24)) as pilot:
        widget.show(sample_view())
        await pilot.pause()
        blank = next(y for y, line in enumerate(app.lines()) if not line.strip())
        app.heard.clear()
        await pilot.click(ResponseMenu, offset=(12, blank))
        await pilot.click(ResponseMenu, offset=(12, 23))
        await pilot.pause()
        assert app.heard == []


async def test_the_cursor_stays_on_its_response_when_the_menu_changes() -> None:
    """What was looked at is still looked at; if it is gone, the first is."""
    widget, app = menu()
    async with app.run_test(size=(60, 12)) as pilot:
        widget.show(sample_view())
        widget.highlight(4)
        widget.show(replace(sample_view(), responses=RESPONSES[3:]))
        assert widget.highlighted == RESPONSES[4]
        widget.show(replace(sample_view(), responses=RESPONSES[:2]))
        await pilot.pause()
        assert widget.highlighted == RESPONSES[0]


async def test_no_responses_leave_nothing_to_choose() -> None:
    """During a flash decision the menu is empty and deaf."""
    widget, app = menu()
    async with app.run_test(size=(60, 12)) as pilot:
        widget.show(flash_view())
        widget.focus()
        await pilot.press("1", "enter", "down")
        await pilot.pause()
        assert app.heard == []
        assert app.text().strip() == ""


async def test_the_cursor_can_be_seen_without_colour() -> None:
    """A mark stands before the row, whether or not the menu has the focus."""
    widget, app = menu()
    async with app.run_test(size=(60, 12)) as pilot:
        widget.show(sample_view())
        widget.highlight(1)
        await pilot.pause()
        marked = [line for line in app.lines() if line.startswith("▸")]
        assert len(marked) == 1
        assert "Offer talks" in marked[0]


async def test_moving_through_the_menu_is_fast() -> None:
    """A step is drawn in well under 15 ms."""
    widget, app = menu()
    async with app.run_test(size=(70, 24)) as pilot:
        widget.show(sample_view())
        await pilot.pause()
        times = []
        for step in range(45):
            began = perf_counter()
            widget.highlight(step % 9)
            widget._render_content()
            times.append(perf_counter() - began)
        assert sorted(times)[len(times) // 2] < 0.015
