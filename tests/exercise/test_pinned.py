"""Saves of every format that ever was: they open, verify, replay and go on for good."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tabletop.exercise.desk import Desk
from tabletop.exercise.events import Draft
from tabletop.exercise.journal import Journal
from tabletop.exercise.listing import list_saves
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.save import read_save
from tabletop.exercise.table import SOLO
from tabletop.exercise.verify import verify

FOLDER = Path(__file__).parents[1] / "fixtures" / "saves"


@dataclass(frozen=True)
class Pinned:
    """What is known of a pinned save."""

    name: str
    events: int
    seal: str | None
    ending: str | None
    removed: int = 0
    interventions: int = 0


PINNED = [
    Pinned("format-1-minimal.jsonl", 1, None, None),
    Pinned("format-1.jsonl", 49, "PX0C-2WGK-4WN5-H629", "It flew, and the line is open"),
    Pinned(
        "format-1-odd.jsonl", 20, "EJ38-6QM5-QA7M-JBMQ", "Quiet water", removed=1, interventions=2
    ),
]


@pytest.fixture(params=PINNED, ids=lambda pinned: pinned.name)
def pinned(request: pytest.FixtureRequest) -> Pinned:
    """One save after the other."""
    found: Pinned = request.param
    return found


def test_every_pinned_save_is_known() -> None:
    """None is left out here, none is missing there."""
    assert {pinned.name for pinned in PINNED} == {path.name for path in FOLDER.glob("*.jsonl")}


def test_verifies_with_the_seal_it_was_closed_with(pinned: Pinned) -> None:
    """Seals, rules, draws and digests hold to the last event."""
    report = verify(FOLDER / pinned.name, seal=pinned.seal)
    assert report.findings == ()
    assert report.seal == pinned.seal
    assert report.events == report.replayed == pinned.events
    assert report.texts_removed == pinned.removed
    assert len(report.interventions) == pinned.interventions


def test_is_listed_as_it_ended(pinned: Pinned, tmp_path: Path) -> None:
    """The list of saves knows it."""
    shutil.copy(FOLDER / pinned.name, tmp_path)
    (summary,) = list_saves(tmp_path)
    assert summary.fault is None
    assert summary.ending == pinned.ending


def test_can_be_resumed(pinned: Pinned, tmp_path: Path) -> None:
    """A later program adds to it, and all seals hold."""
    shutil.copy(FOLDER / pinned.name, tmp_path)
    with Journal.resume(tmp_path / pinned.name)[0] as journal:
        journal.append([Draft("note.resumed", {}, "solo", "solo")])
    save = read_save(tmp_path / pinned.name)
    assert save.faults == ()
    assert len(save.events) == pinned.events + 1


@pytest.mark.parametrize("name", [pinned.name for pinned in PINNED if pinned.seal])
def test_can_be_replayed_and_branched(name: str, tmp_path: Path) -> None:
    """Its last view shows the ending, and every turn of it can be played on from."""
    table = ReplayTable(FOLDER / name)
    assert table.fault is None
    view = table.view(SOLO)
    assert view.ending is not None
    for turn in range(2, view.turn + 1):
        branch = Desk(tmp_path).branch(FOLDER / name, turn, save=tmp_path / f"{turn}.jsonl")
        assert branch.view(SOLO).turn == turn
        branch._journal.close()
        assert verify(tmp_path / f"{turn}.jsonl").ok
