"""Hostile text: nothing that people or files say reaches the terminal as anything but text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.exercise.view import View
from tabletop.tui.screens.briefing import BriefingScreen
from tabletop.tui.screens.endex import EndExScreen
from tabletop.tui.screens.flash import FlashScreen
from tabletop.tui.screens.situation import SituationScreen
from tabletop.tui.story import story
from tests.tui.hostile import poisoned
from tests.tui.pictures import HOSTILE, is_harmless
from tests.tui.sample_view import (
    briefing_view,
    ended_view,
    flash_view,
    late_view,
    sample_view,
)
from tests.tui.stand_in import (
    StandInDesk,
    StandInReplay,
    StandInTable,
    an_app,
    press,
    save_card,
    scenario_card,
    settle,
    text_of,
)

SIZES = [(80, 24), (120, 40)]


def assert_harmless(app: Any) -> None:
    """Every cell of the screen is a printable one, and no row is longer than the screen."""
    assert is_harmless(text_of(app))
    strips = app.screen._compositor.render_strips()
    assert all(strip.cell_length == app.size.width for strip in strips)


async def walk(view: View, keys: list[str], size: tuple[int, int], first: type) -> None:
    """Show `view` and every screen that `keys` lead to."""
    app = an_app(table=StandInTable([view, view]))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, first)
        assert "한국" in text_of(app)
        assert_harmless(app)
        for key in keys:
            await press(pilot, key)
            assert_harmless(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_situation_and_its_sheets(size: tuple[int, int]) -> None:
    """Every text of the view, on every screen of a turn."""
    keys = ["m", "q", "w", "q", "g", "q", "a", "q", "o", "q", "e", "q", "1", "e", "q", "right"]
    await walk(poisoned(sample_view()), keys, size, SituationScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_decision_and_its_reaction(size: tuple[int, int]) -> None:
    """Supports, forecast, and what came of it."""
    keys = ["1", "enter", "down", "down", "down", "enter", "tab", "1", "ctrl+s", "enter"]
    await walk(poisoned(late_view()), keys, size, SituationScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_briefing(size: tuple[int, int]) -> None:
    """Content note, office, objectives, assumptions."""
    view = replace(briefing_view(), assumptions=(("A dial", "weak", False),))
    await walk(poisoned(view), ["right", "right", "2"], size, BriefingScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_a_flash(size: tuple[int, int]) -> None:
    """The question and its answers."""
    await walk(poisoned(flash_view()), ["q"], size, FlashScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_end(size: tuple[int, int]) -> None:
    """Epilogue, camps, history: every section."""
    await walk(poisoned(ended_view()), list("1234567"), size, EndExScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_replay(size: tuple[int, int]) -> None:
    """Labels of moments too."""
    table = StandInReplay([poisoned(sample_view())] * 4)
    table.moments = tuple(replace(stop, label=HOSTILE, text=HOSTILE) for stop in table.moments)
    app = an_app(table=table)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert_harmless(app)
        await press(pilot, "right")
        assert_harmless(app)


@pytest.mark.parametrize("size", SIZES)
async def test_home_and_its_lists(size: tuple[int, int]) -> None:
    """Titles of scenarios and saves, and the faults of files."""
    desk = StandInDesk()
    desk.scenarios = lambda: [scenario_card("x", HOSTILE, 6, lesson=HOSTILE)]  # type: ignore[method-assign]
    desk.saves = lambda: [  # type: ignore[method-assign]
        save_card("a", title=HOSTILE, stage=HOSTILE, played=HOSTILE),
        save_card("b", fault=HOSTILE),
        save_card("c", ended=True, ending=HOSTILE),
    ]
    app = an_app(desk)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for keys in (["s"], ["q", "n"], ["q"]):
            await press(pilot, *keys)
            assert_harmless(app)


async def test_what_the_app_says() -> None:
    """Errors carry names of files and of people."""
    app = an_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.say(HOSTILE, "error")
        await pilot.pause()
        assert_harmless(app)


async def test_a_warning_about_the_save() -> None:
    """It carries the path."""
    table = StandInTable([sample_view()])
    table.warning = HOSTILE
    app = an_app(table=table)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert_harmless(app)
        await press(pilot, "ctrl+s")
        assert_harmless(app)


@given(st.text(max_size=300))
def test_any_text_at_all_in_the_story(text: str) -> None:
    """The story never raises and never keeps a control character."""
    shown = story(poisoned(sample_view(), text))
    assert is_harmless(shown.plain)
