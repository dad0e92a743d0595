"""Who may look at a save, and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.errors import UsageError
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import CONTROL, Viewer
from tabletop.exercise.viewers import PUBLIC, viewer_named
from tests.exercise.classes import Exercise
from tests.exercise.games import play


def test_a_solo_save_is_its_player_s_and_a_class_the_public_s(tmp_path: Path) -> None:
    """Unless somebody asks for more."""
    assert ReplayTable(play(tmp_path / "solo.jsonl")).viewer == Viewer("seat", "solo")
    exercise = Exercise(red=["premier"], blue=["premier"])
    assert ReplayTable(exercise.save(tmp_path / "class.jsonl")).viewer == PUBLIC


def test_every_perspective_has_a_title(tmp_path: Path) -> None:
    """Seats by name and office, then teams, then those who see all teams."""
    exercise = Exercise(red=["premier", "harbour"], blue=["premier"])
    table = ReplayTable(exercise.save(tmp_path / "class.jsonl"))
    assert [each.title for each in table.viewers] == [
        "Ann of red premier, Premier",
        "Ann of red harbour, Harbour master",
        "Ann of blue premier, Premier",
        "Team red",
        "Team blue",
        "The public",
        "The projector",
        "Control",
    ]
    solo = ReplayTable(play(tmp_path / "solo.jsonl"))
    assert [each.viewer.kind for each in solo.viewers] == ["seat", "public", "projector", "control"]


@pytest.mark.parametrize(
    "name,viewer",
    [
        ("control", CONTROL),
        ("public", PUBLIC),
        ("projector", Viewer("projector")),
        ("red", Viewer("team", "red")),
        ("team:red", Viewer("team", "red")),
        ("red-premier", Viewer("seat", "red-premier")),
        ("seat:red-premier", Viewer("seat", "red-premier")),
    ],
)
def test_a_viewer_is_found_by_name(name: str, viewer: Viewer) -> None:
    """Teams and seats as they are, or with their kind before them."""
    assert viewer_named(Exercise(red=["premier"]).record, name) == viewer


def test_a_seat_goes_before_a_team_of_its_name(tmp_path: Path) -> None:
    """As in every solo save; the kind tells them apart."""
    record = ReplayTable(play(tmp_path / "solo.jsonl")).record
    assert viewer_named(record, "solo") == Viewer("seat", "solo")
    assert viewer_named(record, "team:solo") == Viewer("team", "solo")


@pytest.mark.parametrize("name", ["green", "team:red-premier", "seat:red", "", "x" * 5000])
def test_nobody_else_can_look(name: str) -> None:
    """Said in one line, with who can."""
    with pytest.raises(
        UsageError, match=r"it has control, public, projector, red, red-premier$"
    ) as e:
        viewer_named(Exercise(red=["premier"]).record, name)
    assert len(str(e.value)) < 300
