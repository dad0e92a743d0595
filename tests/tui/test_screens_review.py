"""The review of EndEx on the screen: a page of its own that fills itself and never stops a key."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tabletop.debrief.aside import Answer, Doing, NoReview
from tabletop.debrief.comparison import Place
from tabletop.debrief.report.gather import report_of
from tabletop.exercise.autoplay import hand_over, step
from tabletop.exercise.desk import Desk
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import SOLO, Begin, Declare
from tabletop.odds import store
from tabletop.tui import start
from tabletop.tui.app import TabletopApp
from tabletop.tui.screens.endex import EndExScreen
from tabletop.tui.screens.review import ReviewScreen
from tests.plain.conversation import MINIMAL
from tests.tui.stand_in import an_app, flat, press, settle, shows


@pytest.fixture
async def over(tmp_path: Path) -> LocalTable:
    """A game that somebody began and left to a standing order after one turn."""
    table = Desk(tmp_path).new(str(MINIMAL), seed=3)
    await table.send(Declare(SOLO.name, "no_shot"), "declare")
    await table.send(Begin(), "begin")
    await step(table, "guard_first")
    await hand_over(table, "talks_first")
    return table


def place_of(table: LocalTable) -> Place:
    """The player's own line, as its save tells it."""
    replay = ReplayTable(table.path)
    return Place(replay, replay.viewer, replay.line(replay.viewer, None))


def here(app: TabletopApp) -> ReviewScreen:
    """The review that is on the screen."""
    assert isinstance(app.screen, ReviewScreen)
    return app.screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_a_key_of_endex_opens_it_and_it_fills_itself(
    over: LocalTable, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    """What it adds up to first, then a chapter a decision, in the words of the review."""
    review = report_of([place_of(over)], store.solved).runs[0].review
    assert review is not None

    async def consult(_: Place) -> AsyncIterator[Answer]:
        yield Doing("Solving the game", 0.5)
        yield review
        raise AssertionError("nothing more is wanted than the review")

    monkeypatch.setattr(ReviewScreen.__init__, "__defaults__", (consult,))
    app = an_app(table=over, start=start.NewGame("minimal"))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert shows(app, EndExScreen)
        assert "In this model" not in flat(app)
        await press(pilot, "v")
        await settle(pilot)
        screen = here(app)
        assert [chapter.title for chapter in screen.chapters[:2]] == [
            "What it adds up to",
            "Turn 1, most at stake",
        ]
        told = [str(chapter.parts) for chapter in screen.chapters]
        assert "In this model, for the objective you declared" in flat(app)
        assert "Left over by the sum: 0.000000000." in told[0]
        assert all(words in told[1] for words in review.beside[0].words)
        await press(pilot, "2")
        assert "Turn 1: you chose" in flat(app)
        await press(pilot, "3")
        assert "the standing order “Talk early” chose" in flat(app)
        await press(pilot, "escape")
        await settle(pilot)
        assert shows(app, EndExScreen)


async def test_leaving_it_stops_the_work(over: LocalTable, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the game is being solved every key works, and nothing goes on behind the page."""
    stopped = asyncio.Event()

    async def consult(_: Place) -> AsyncIterator[Answer]:
        try:
            yield Doing("Solving the game", 0.25)
            await asyncio.Event().wait()
        finally:
            stopped.set()

    monkeypatch.setattr(ReviewScreen.__init__, "__defaults__", (consult,))
    app = an_app(table=over, start=start.NewGame("minimal"))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("v")
        while not isinstance(app.screen, ReviewScreen) or "25%" not in flat(app):
            await pilot.pause()
        assert "you can leave this page at any moment" in flat(app)
        await pilot.press("q")
        await asyncio.wait_for(stopped.wait(), 5)
        assert shows(app, EndExScreen)


async def test_a_game_too_large_is_told_with_its_reason_and_samples(
    over: LocalTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One chapter: why there is no review, and what was sampled instead."""

    async def consult(_: Place) -> AsyncIterator[Answer]:
        yield NoReview("there is no decision review: turn 2 is too large", ("Sampled: 3 in 100.",))

    monkeypatch.setattr(ReviewScreen.__init__, "__defaults__", (consult,))
    app = an_app(table=over, start=start.NewGame("minimal"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "v")
        await settle(pilot)
        assert len(here(app).chapters) == 1
        assert "There is no decision review: turn 2 is too large." in flat(app)
        assert "Sampled: 3 in 100." in flat(app)
