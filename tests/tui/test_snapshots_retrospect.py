"""Pictures of debriefs and comparisons at three sizes, so that no change of looks goes unseen.

After a change that is meant: `pytest tests/tui/test_snapshots_retrospect.py --snapshot-update`,
look at the pictures, and commit them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.debrief.aside import Answer
from tabletop.debrief.comparison import Place
from tabletop.tui import start
from tabletop.tui.screens.debrief import DebriefScreen
from tabletop.tui.screens.review import ReviewScreen
from tabletop.tui.theme import ANSI, DAY, NIGHT
from tests.debrief.report_cases import group, places
from tests.tui.stand_in import an_app, press, settle
from tests.tui.test_screens_debrief import review_and_sensitivity

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x50": (200, 50)}
THEMES = {"night": NIGHT, "day": DAY, "ansi": ANSI}
CHAPTERS = ["story", "turns", "forecasts", "review", "hangs", "questions", "model"]

PICTURES = [(chapter, size, "night") for chapter in CHAPTERS for size in ("80x24", "120x40")] + [
    ("story", "120x40", "day"),
    ("hangs", "80x24", "ansi"),
    ("story", "200x50", "night"),
]


@pytest.fixture(autouse=True)
def one_salt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The salts of people's words are drawn, and the seal of a save hangs on them."""
    monkeypatch.setattr("tabletop.exercise.words.secrets.token_hex", lambda size: "5a" * size)


def run(folder: Path) -> list[Place]:
    """Both teams of a class that argued, was overruled, and came to its end."""
    return places(group(folder / "class.jsonl", "red", "blue"))


@pytest.mark.parametrize("chapter, size, theme", PICTURES)
def test_the_debrief_looks_as_it_did(
    snap_compare: Callable[..., bool], tmp_path: Path, chapter: str, size: str, theme: str
) -> None:
    """A picture of each chapter, with all that the odds have to say."""
    place = run(tmp_path)[0]
    answers = review_and_sensitivity(place)

    async def consult(_: Place) -> AsyncIterator[Answer]:
        for answer in answers:
            yield answer

    app = an_app(start=start.Debrief(place), theme=THEMES[theme])
    screen = DebriefScreen(place, consult)
    app.looking_back = lambda kind, places: screen  # type: ignore[method-assign]

    async def go_there(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        number = [each.id for each in screen.chapters].index(chapter)
        await press(pilot, str(number + 1))

    assert snap_compare(app, terminal_size=SIZES[size], run_before=go_there)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("digit", "123")
def test_the_comparison_looks_as_it_did(
    snap_compare: Callable[..., bool], tmp_path: Path, digit: str, size: str
) -> None:
    """Where they part, turn by turn, the gauges."""
    app = an_app(start=start.Compare(run(tmp_path)))

    async def go_there(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await press(pilot, digit)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=go_there)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chapter", ["1", "2"])
def test_the_review_looks_as_it_did(
    snap_compare: Callable[..., bool], tmp_path: Path, chapter: str, size: str
) -> None:
    """What it adds up to, and one decision."""
    place = run(tmp_path)[0]
    answers = review_and_sensitivity(place)

    async def consult(_: Place) -> AsyncIterator[Answer]:
        for answer in answers:
            yield answer

    app = an_app(start=start.Debrief(place), theme=NIGHT)
    screen = ReviewScreen(place, consult)
    app.looking_back = lambda kind, places: screen  # type: ignore[method-assign]

    async def go_there(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await press(pilot, chapter)
        await settle(pilot)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=go_there)
