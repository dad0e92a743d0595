"""Whole games through the screens at a real desk, by keys alone and by the mouse alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.exercise.desk import Desk
from tabletop.exercise.table import SOLO
from tabletop.tui import start
from tabletop.tui.screens.briefing import BriefingScreen
from tabletop.tui.screens.card import CardScreen
from tabletop.tui.screens.decision import DecisionScreen
from tabletop.tui.screens.endex import EndExScreen
from tabletop.tui.screens.flash import FlashScreen
from tabletop.tui.screens.home import HomeScreen
from tabletop.tui.screens.reaction import ReactionScreen
from tabletop.tui.screens.replay import ReplayScreen
from tabletop.tui.screens.situation import SituationScreen
from tests.tui.stand_in import an_app, press, settle, text_of

MINIMAL = str(Path(__file__).parents[1] / "fixtures" / "scenarios" / "minimal.yaml")
SHIPPED = "north-korea-2017"
MOST_STEPS = 200


def an_open_response(screen: SituationScreen | CardScreen, turn: int) -> int:
    """The digit of a response that can be chosen, another one every turn."""
    digits = [n for n, each in enumerate(screen.view.responses, 1) if each.supports]
    return digits[turn % len(digits)]


async def step_by_keys(pilot: Pilot[Any]) -> None:
    """What a player would press next."""
    screen = pilot.app.screen
    if isinstance(screen, BriefingScreen):
        await press(pilot, "right" if screen.page < 2 or screen.objective else "1")
    elif isinstance(screen, FlashScreen):
        await press(pilot, "1")
    elif isinstance(screen, SituationScreen):
        await press(pilot, str(an_open_response(screen, screen.view.turn)))
    elif isinstance(screen, CardScreen):
        await press(pilot, "enter")
    elif isinstance(screen, DecisionScreen):
        await press(pilot, "enter", "3", "k", "enter", "enter")
    elif isinstance(screen, ReactionScreen):
        await press(pilot, "enter")
    else:
        pytest.fail(f"nobody knows what to do on {screen}")


async def click_text(pilot: Pilot[Any], text: str) -> None:
    """Click the first place on the screen where `text` stands."""
    rows = text_of(pilot.app).splitlines()  # type: ignore[arg-type]
    y = next(y for y, row in enumerate(rows) if text in row)
    await pilot.click(offset=(rows[y].index(text) + 1, y))
    await settle(pilot)


async def step_by_mouse(pilot: Pilot[Any]) -> None:
    """What a player would click next."""
    screen = pilot.app.screen
    if isinstance(screen, BriefingScreen):
        if screen.page < 2:
            await click_text(pilot, "Go on")
        else:
            objective = screen.view.objectives[0].title
            await click_text(pilot, "Begin" if screen.objective else objective[:20])
    elif isinstance(screen, FlashScreen):
        await click_text(pilot, screen.flash.answers[0].title)
    elif isinstance(screen, SituationScreen):
        response = screen.view.responses[an_open_response(screen, screen.view.turn) - 1]
        await click_text(pilot, f"{response.title[:20]}")
    elif isinstance(screen, CardScreen):
        await click_text(pilot, "Choose it")
    elif isinstance(screen, DecisionScreen):
        words = screen.view.forecast.answers[2][1]
        await click_text(pilot, words)
        await click_text(pilot, "Decide  ")
    elif isinstance(screen, ReactionScreen):
        await click_text(pilot, "Go on")
    else:
        pytest.fail(f"nobody knows what to click on {screen}")


async def play_to_the_end(pilot: Pilot[Any], step: Any) -> None:
    """Until the ending is on the screen."""
    await settle(pilot)
    for _ in range(MOST_STEPS):
        if isinstance(pilot.app.screen, EndExScreen):
            return
        await step(pilot)
    pytest.fail("the game does not end")


@pytest.mark.parametrize(
    "scenario, step, size",
    [
        (MINIMAL, step_by_keys, (80, 24)),
        (MINIMAL, step_by_mouse, (120, 40)),
        (SHIPPED, step_by_keys, (120, 40)),
        (SHIPPED, step_by_mouse, (80, 24)),
        ("first-game", step_by_keys, (80, 24)),
    ],
)
async def test_a_whole_game_leaves_a_save_that_replays(
    tmp_path: Path, scenario: str, step: Any, size: tuple[int, int]
) -> None:
    """From the briefing to EndEx, and the save tells the same game again."""
    desk = Desk(tmp_path)
    app = an_app(desk, start.NewGame(scenario, seed=2017))
    async with app.run_test(size=size) as pilot:
        await play_to_the_end(pilot, step)
        shown = app.screen.view  # type: ignore[attr-defined]
        path = app.local.path
    replay = desk.replay(path)
    assert replay.fault is None
    again = replay.view(SOLO)
    assert shown.ending is not None
    # The turn to go back to is worked out at the table alone.
    assert again.ending == replace(shown.ending, pivot=None)
    assert again.decisions == shown.decisions
    assert all(made.forecast == 50 for made in shown.decisions)


async def test_a_game_that_was_left_goes_on_where_it_was(tmp_path: Path) -> None:
    """Home and Continue: the same turn, nothing lost."""
    desk = Desk(tmp_path)
    app = an_app(desk, start.NewGame(SHIPPED, seed=7))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        while not isinstance(app.screen, SituationScreen) or app.screen.view.turn < 2:
            await step_by_keys(pilot)
        before = app.screen.view
        await press(pilot, "q")
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "c")
        assert isinstance(app.screen, SituationScreen)
        assert app.screen.view == before


async def test_both_keys_of_the_end_start_again_at_once(tmp_path: Path) -> None:
    """Back to a turn with the same luck, or a new adversary; no briefing in between."""
    desk = Desk(tmp_path)
    app = an_app(desk, start.NewGame(MINIMAL, seed=5))
    async with app.run_test(size=(80, 24)) as pilot:
        await play_to_the_end(pilot, step_by_keys)
        assert isinstance(app.screen, EndExScreen)
        pivot = app.screen.ending.pivot
        objective = app.screen.view.objective
        first = app.local.path
        if pivot is not None:
            await press(pilot, "b")
            assert isinstance(app.screen, SituationScreen | FlashScreen)
            assert app.local.view(SOLO).turn == pivot
            assert app.local.path != first
            await play_to_the_end(pilot, step_by_keys)
        await press(pilot, "n")
        assert isinstance(app.screen, SituationScreen | FlashScreen)
        view = app.local.view(SOLO)
        assert (view.turn, view.objective, view.decisions) == (1, objective, ())


async def test_a_finished_game_can_be_stepped_through_to_its_end(tmp_path: Path) -> None:
    """Every moment of the replay can be drawn, forward and back."""
    desk = Desk(tmp_path)
    app = an_app(desk, start.NewGame(MINIMAL, seed=3))
    async with app.run_test(size=(120, 40)) as pilot:
        await play_to_the_end(pilot, step_by_keys)
        await press(pilot, "r")
        assert isinstance(app.screen, ReplayScreen)
        places = len(app.screen.head.stops)
        await press(pilot, *["right"] * (places - 1))
        assert app.screen.view.ending is not None
        await press(pilot, *["left"] * (places - 1))
        assert app.screen.head.place == 0
