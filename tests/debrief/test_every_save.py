"""Every save that is kept, cut off after every event: whoever looks gets a whole debrief."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabletop.debrief.comparison import Place, compare
from tabletop.debrief.data import as_data
from tabletop.debrief.sheet import debrief_of
from tabletop.errors import SaveError
from tabletop.exercise.replay import ReplayTable
from tabletop.plain.compare import compare as told_beside
from tabletop.plain.debrief import debrief as told
from tests.exercise.classes import Exercise

TOP = Path(__file__).resolve().parents[2]
SHORT = [
    TOP / "tests" / "fixtures" / "saves" / "format-1-odd.jsonl",
    TOP / "saves" / "samples" / "first-game.jsonl",
]
LONG = sorted({*TOP.glob("saves/samples/*.jsonl"), *TOP.glob("tests/fixtures/saves/*.jsonl")})


def _looked_at(table: ReplayTable) -> None:
    """Everything that a viewer can ask of it, by each of them."""
    for perspective in table.viewers:
        viewer = perspective.viewer
        for card in table.lines(viewer):
            sheet = debrief_of(table, viewer, card.name)
            assert json.loads(json.dumps(as_data(sheet)))["line"] == card.name
            assert told(sheet)
            assert table.turns(viewer, card.name)
            assert table.search("e", viewer, card.name)
            place = Place(table, viewer, card.name)
            itself = compare([place, place])
            assert itself.first is None
            assert told_beside(itself)


def _opened(path: Path) -> ReplayTable | None:
    """The save laid out; None, and only then, where play had not begun in it."""
    if b'"game.begun"' in path.read_bytes():
        return ReplayTable(path)
    with pytest.raises(SaveError, match="play had not begun"):
        ReplayTable(path)
    return None


def _cut_off(path: Path, target: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    for number in range(1, len(lines) + 1):
        target.write_bytes(b"".join(lines[:number]))
        table = _opened(target)
        if table is not None:
            _looked_at(table)


@pytest.mark.parametrize("path", SHORT, ids=lambda path: path.stem)
def test_a_save_that_was_cut_off_anywhere_is_told_as_far_as_it_goes(
    path: Path, tmp_path: Path
) -> None:
    """In the middle of a turn, before an answer, after a ruling."""
    _cut_off(path, tmp_path / path.name)


def test_so_is_a_class_in_which_control_went_back(tmp_path: Path) -> None:
    """Two teams, a ruling, a line reopened twice."""
    exercise = Exercise(red=["premier", "harbour"], blue=["premier"])
    exercise.decide("red", "patrol", "be seen", 90)
    exercise.rule("red", "a ruling")
    exercise.decide("blue", "call", "telephone", 10)
    exercise.decide("red", forecast=30)
    exercise.rewind("red", 2, "red.2", None)
    exercise.decide("red", forecast=30)
    exercise.rewind("red.2", 1, "red.3", 9)
    exercise.finish("red", "blue")
    _cut_off(exercise.save(tmp_path / "class.jsonl"), tmp_path / "cut.jsonl")


@pytest.mark.parametrize("path", LONG, ids=lambda path: path.stem)
def test_every_kept_save_is_told_to_everybody(path: Path) -> None:
    """Samples and the pinned saves of every format."""
    table = _opened(path)
    if table is not None:
        _looked_at(table)
