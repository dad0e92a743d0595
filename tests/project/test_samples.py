"""The sample saves: shipped with the program, replayable for ever, and each worth looking at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tabletop.exercise.bookmarks import notes_path, read_notes
from tabletop.exercise.desk import Desk
from tabletop.exercise.events import Event
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.save import read_save
from tabletop.exercise.table import CONTROL, SOLO, Decide
from tabletop.exercise.verify import verify
from tools.sample_runs import RUNS
from tools.samples import make

FOLDER = Path(__file__).resolve().parents[2] / "saves/samples"
SAMPLES = sorted(FOLDER.glob("*.jsonl"))
BY_PEOPLE = [FOLDER / f"{run.name}.jsonl" for run in RUNS]


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All samples, played again by the tool that made them."""
    folder = tmp_path_factory.mktemp("samples")
    make(folder)
    return folder


def test_there_is_a_sample_of_each_shipped_scenario() -> None:
    """Somebody who has not played yet can look at both."""
    played = {ReplayTable(path).view(SOLO).scenario for path in SAMPLES}
    assert played == {"first-game", "north-korea-2017"}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_whole_follows_by_the_rules_and_ends(path: Path) -> None:
    """Seals, draws and digests hold under this version of the rules."""
    report = verify(path)
    assert report.ok, report
    assert ReplayTable(path).view(SOLO).ending is not None


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_can_be_played_again_to_the_letter(path: Path, again: Path) -> None:
    """Seeds, decisions, words, draws and digests are those of the tool that names them."""
    shipped, played = (read_save(folder / path.name) for folder in (FOLDER, again))
    assert [_told(event) for event in shipped.events] == [_told(event) for event in played.events]
    assert shipped.header.files == played.header.files
    assert _notes(path) == _notes(again / path.name)


def test_every_sample_is_told_of_where_saves_are(repository: Path) -> None:
    """One line a sample, with the title of its ending."""
    page = (repository / "saves/README.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| `")]
    told = {row[0].strip("| `"): row[1] for row in rows}
    endings = {path.stem: ReplayTable(path).view(SOLO).ending for path in SAMPLES}
    assert told == {name: ending.title for name, ending in endings.items() if ending}


def test_the_small_one_stands_on_top_of_the_list_and_a_branch_below_its_parent(
    tmp_path: Path,
) -> None:
    """Lists begin with what was played last, and the samples were made for that."""
    listed = Desk(tmp_path).samples()
    assert [save.path.stem for save in listed[:2]] == ["first-game", "north-korea-2017-history"]
    assert {save.path.stem: save.parent for save in listed if save.parent} == {
        "north-korea-2017-other-luck": "north-korea-2017-talks-first.jsonl"
    }


@pytest.mark.parametrize("path", BY_PEOPLE, ids=lambda path: path.stem)
def test_people_gave_a_reason_and_a_forecast_for_every_decision(path: Path) -> None:
    """Written before anybody knew what came; that is what a debrief is made of."""
    view = ReplayTable(path).view(SOLO)
    assert len(view.decisions) == 6
    assert all(made.rationale and made.forecast is not None for made in view.decisions)
    assert view.objective is not None


def test_the_samples_meet_every_adversary_and_several_endings() -> None:
    """Nobody learns from them that the other side always wants the same, or that all ends alike."""
    views = [ReplayTable(path).view(SOLO) for path in BY_PEOPLE]
    table = ReplayTable(BY_PEOPLE[0])
    aims = {view.ending.aim_title for view in views if view.ending}
    assert aims == {aim.title for aim in table.program.scenario.aims.values()}
    assert len({view.ending.id for view in views if view.ending}) == len(BY_PEOPLE)


def test_the_branch_differs_from_its_parent_by_luck_alone() -> None:
    """The same decisions, with the same reasons, end elsewhere."""
    parent, branch = (
        ReplayTable(FOLDER / f"north-korea-2017-{name}.jsonl").view(SOLO)
        for name in ("talks-first", "other-luck")
    )
    made, other = (
        [(d.response, d.support, d.rationale, d.forecast) for d in view.decisions]
        for view in (parent, branch)
    )
    assert made == other
    assert parent.ending is not None
    assert branch.ending is not None
    assert parent.ending.id != branch.ending.id


async def test_one_call_at_the_last_decision_would_have_kept_the_alliances(tmp_path: Path) -> None:
    """What the page of the samples asks for: branch at turn 6, consult, and see."""
    rupture = FOLDER / "north-korea-2017-rupture.jsonl"
    ended = ReplayTable(rupture).view(SOLO)
    table = Desk(tmp_path).branch(rupture, 6)
    last = ended.decisions[-1]
    await table.send(Decide(SOLO.name, last.response, "consult_allies"), "call")
    other = table.view(SOLO).ending
    await table.close()
    assert ended.ending is not None
    assert ended.ending.id == "alliance_rupture"
    assert other is not None
    assert other.id != "alliance_rupture"


def test_control_acted_on_the_record_in_the_one_with_an_override() -> None:
    """A draw overruled, an inject put into play and a gauge moved, each with its reason."""
    path = FOLDER / "north-korea-2017-override.jsonl"
    by_control = [event for event in read_save(path).events if event.actor == "control"]
    kinds = [event.what for event in by_control if "reason" in event.data]
    assert kinds == ["game.override", "game.fired", "game.override"]
    assert len(verify(path).interventions) == len(kinds)
    table = ReplayTable(path)
    notes = read_notes(path, table.save.header.id)
    assert notes.fault is None
    stops = {stop.event for stop in table.steps(CONTROL, "solo")}
    assert {mark.event for mark in notes.marks} <= stops
    assert len(notes.marks) == 4


def _told(event: Event) -> tuple[object, ...]:
    return (event.number, event.actor, event.line, event.what, _said(event.data))


def _said(data: Any) -> Any:
    """The data of an event without what is new in every save: salts and names of operations."""
    if isinstance(data, dict):
        if "words" in data:
            return data["words"]
        return {key: _said(value) for key, value in data.items() if key != "op"}
    return data


def _notes(path: Path) -> list[tuple[object, ...]]:
    found = notes_path(path)
    if not found.exists():
        return []
    notes = json.loads(found.read_text(encoding="utf-8"))["notes"]
    return [(note["event"], note["line"], note["label"], note["text"]) for note in notes]
