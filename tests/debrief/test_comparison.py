"""Comparison: aligned by turn, the first difference found and named."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.debrief.comparison import Comparison, Place, compare, first_divergence
from tabletop.exercise.desk import Desk
from tabletop.exercise.events import Draft
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.save import read_save
from tabletop.exercise.table import CONTROL, SOLO, Decide, Moment
from tabletop.exercise.viewers import PUBLIC
from tests.exercise.classes import Exercise
from tests.exercise.games import play, play_on
from tests.exercise.saves import write_save

FIRST_GAME = "first-game"


def _compared(*paths: Path) -> Comparison:
    tables = [ReplayTable(path) for path in paths]
    return compare([Place(t, t.viewer, t.line(t.viewer)) for t in tables])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A game in which the first open response was always taken."""
    return play(tmp_path / "game.jsonl")


def _branched(path: Path, turn: int, response: str | None, *, same_luck: bool = True) -> Path:
    """A branch that decides otherwise in its first turn, then as before."""
    table = Desk(path.parent).branch(path, turn, same_luck=same_luck)

    async def go_on() -> None:
        if response is not None:
            view = table.view(SOLO)
            chosen = next(each for each in view.responses if each.id == response)
            await table.send(Decide("solo", response, chosen.supports[0]), "other")
        await play_on(table)

    asyncio.run(go_on())
    return table.path


def test_the_same_runs_differ_nowhere(path: Path, tmp_path: Path) -> None:
    """A copy of a save, or the same decisions met by the same luck."""
    found = _compared(path, _branched(path, 2, None))
    assert found.first is None
    assert all(row.same for row in found.turns)
    assert len(set(found.endings)) == 1
    assert found.warnings == ()


def test_every_side_has_a_label_of_its_own(path: Path, tmp_path: Path) -> None:
    """Also where files bear one name, or a run is beside itself."""
    (tmp_path / "elsewhere").mkdir()
    twin = play(tmp_path / "elsewhere" / path.name)
    for paths in ((path, twin), (path, path), (path, twin, _branched(path, 2, None))):
        labels = [side.label for side in _compared(*paths).sides]
        assert len(set(labels)) == len(paths)


def test_another_decision_is_named(path: Path) -> None:
    """With its turn, what each side did, and where to jump to."""
    branch = _branched(path, 2, "call")
    found = _compared(path, branch)
    assert found.first is not None
    assert (found.first.kind, found.first.turn) == ("decision", 2)
    assert found.first.did == ("Decided: Wait and watch", "Decided: Telephone them")
    for number, each in zip(found.first.events, (path, branch), strict=True):
        assert number is not None
        event = read_save(each).events[number - 1]
        assert (event.what, event.data["turn"]) == ("game.decision", 2)
        assert ReplayTable(each).view(SOLO, Moment("solo", number)).event == number
    assert [row.same for row in found.turns][:2] == [True, False]
    assert found.turns[1].decisions == ("Wait and watch", "Telephone them")


def test_the_same_decisions_under_other_luck_are_told_so(path: Path, tmp_path: Path) -> None:
    """The draw that differs is named."""
    others = (play(tmp_path / f"{seed}.jsonl", seed=seed) for seed in range(4, 40))
    found = next(each for other in others if (each := _compared(path, other)).first is not None)
    assert found.first is not None
    assert found.first.kind == "luck"
    assert "the same decisions, other luck" in found.first.text
    assert found.first.did[0] != found.first.did[1]


def test_all_alignments_of_two_teams_are_of_what_they_share(tmp_path: Path) -> None:
    """Teams of one save have one luck: they part by a decision."""
    exercise = Exercise(red=["premier"], blue=["premier"], green=["premier"])
    for team, response in (("red", "patrol"), ("blue", "call"), ("green", "patrol")):
        exercise.decide(team, response)
    table = ReplayTable(exercise.save(tmp_path / "class.jsonl"))
    found = compare([Place(table, PUBLIC, line) for line in ("red", "blue", "green")])
    assert [side.label for side in found.sides] == ["red", "blue", "green"]
    assert found.first is not None
    assert (found.first.kind, found.first.turn) == ("decision", 1)
    same = compare([Place(table, PUBLIC, line) for line in ("red", "green")])
    assert same.first is None
    assert len(set(same.gauges[0].values)) == 1


def test_a_reopened_line_shares_the_past_of_the_one_it_came_from(tmp_path: Path) -> None:
    """They part where control went back, not before."""
    exercise = Exercise(red=["premier"])
    exercise.decide("red", "wait")
    exercise.decide("red", "wait")
    exercise.rewind("red", 2, "red.2", None)
    exercise.decide("red", "call")
    table = ReplayTable(exercise.save(tmp_path / "class.jsonl"))
    found = first_divergence([Place(table, CONTROL, line) for line in ("red", "red.2")])
    assert found is not None
    assert (found.kind, found.turn) == ("decision", 2)


def test_a_ruling_in_one_run_alone_is_named(tmp_path: Path) -> None:
    """As control's doing."""
    paths = []
    for name, ruled in (("a", False), ("b", True)):
        exercise = Exercise(red=["premier"])
        exercise.decide("red", "wait")
        if ruled:
            exercise.rule("red", "a ruling")
        exercise.decide("red", "wait")
        paths.append(exercise.save(tmp_path / f"{name}.jsonl"))
    found = _compared(*paths)
    assert found.first is not None
    assert found.first.kind == "control"
    assert found.first.did[1] == "Control overrules: a ruling"


def test_a_run_that_stops_earlier_is_told_so(path: Path, tmp_path: Path) -> None:
    """Nothing else differs."""
    found = _compared(path, play(tmp_path / "half.jsonl", turns=1))
    assert found.first is not None
    assert found.first.kind == "end"
    assert found.first.did[1] is None
    assert found.endings[1] is None
    assert found.turns[-1].stages[1] is None


def test_draws_that_nobody_heard_of_are_not_named_before_endex(tmp_path: Path) -> None:
    """Two unfinished games of other seeds: what is named is what the player could read."""
    for seed in range(4, 30):
        tables = [
            ReplayTable(play(tmp_path / f"{name}-{seed}.jsonl", seed=number, turns=1))
            for name, number in (("a", 3), ("b", seed))
        ]
        first = first_divergence([Place(t, SOLO, "solo") for t in tables])
        for number, did in enumerate(first.did if first else ()):
            labels = {stop.label for stop in tables[number].steps(SOLO, "solo")}
            assert did is None or did in labels or did == "nothing of the kind"
            assert "Chance, " not in (did or "")


def _with_files(path: Path, target: Path, old: str, new: str) -> Path:
    save = read_save(path)
    files = {name: text.replace(old, new) for name, text in save.header.files.items()}
    scenario = replace(save.header.scenario, hash="ff" * 16)
    head = replace(save.header, files=files, scenario=scenario)
    write_save(target, [Draft(e.what, e.data, e.actor, e.line) for e in save.events], head)
    return target


def test_another_version_of_the_scenario_is_said_and_the_rest_is_shown(
    path: Path, tmp_path: Path
) -> None:
    """Compared by name; what not both have is left out."""
    other = _with_files(path, tmp_path / "new.jsonl", 'version: "1.0"', 'version: "1.1"')
    found = _compared(path, other)
    assert len(found.warnings) == 1
    assert "different versions of minimal (1.0, 1.1)" in found.warnings[0]
    assert found.turns
    assert found.gauges


def test_another_scenario_is_said_and_endings_are_shown(path: Path, tmp_path: Path) -> None:
    """Nothing is aligned that has nothing to do with each other."""
    other = play(tmp_path / "first.jsonl", scenario=_shipped(FIRST_GAME))
    found = _compared(path, other)
    assert len(found.warnings) == 1
    assert "different scenarios (minimal, first-game)" in found.warnings[0]
    assert found.first is None
    assert found.gauges == ()
    assert found.score is None
    assert all(found.endings)


def _shipped(name: str) -> Path:
    from tabletop.scenario.catalogue import find

    return find(name, [])


def test_other_dials_are_named(path: Path, tmp_path: Path) -> None:
    """And a draw that differs under them is not called luck."""
    desk = Desk(tmp_path)
    table = desk.new(
        str(Path(__file__).parents[1] / "fixtures/scenarios/minimal.yaml"),
        seed=3,
        assumptions={"patrols_provoke": "strong"},
        save=tmp_path / "strong.jsonl",
    )
    asyncio.run(play_on(table))
    found = _compared(path, tmp_path / "strong.jsonl")
    assert "different assumptions: patrols provoke" in found.warnings
    assert found.first is None or found.first.kind != "luck"


def test_forecasts_of_all_sides_are_pooled_once_all_are_unsealed(
    path: Path, tmp_path: Path
) -> None:
    """A branch with the same luck adds none."""
    branch = _branched(path, 2, "call")
    alone = _compared(path, path).score
    both = _compared(path, branch).score
    assert alone is not None
    assert both is not None
    assert both.scored <= alone.scored
    assert both.luck_seen > 0
    assert _compared(path, play(tmp_path / "half.jsonl", turns=1)).score is None


def test_a_line_reopened_before_its_parent_was_goes_back_to_where_it_was_played(
    tmp_path: Path,
) -> None:
    """Red.3 comes from red.2, and from a turn that was played in red."""
    exercise = Exercise(red=["premier"])
    exercise.decide("red", "wait")
    exercise.decide("red", "wait")
    exercise.rewind("red", 2, "red.2", 5)
    exercise.decide("red", "call")
    exercise.rewind("red.2", 1, "red.3", None)
    exercise.decide("red", "call")
    table = ReplayTable(exercise.save(tmp_path / "class.jsonl"))
    assert table.fault is None
    for other in ("red", "red.2"):
        found = first_divergence([Place(table, CONTROL, line) for line in (other, "red.3")])
        assert found is not None
        assert (found.kind, found.turn) == ("decision", 1)
        assert found.did == ("Decided: Wait and watch", "Decided: Telephone them")


@pytest.mark.parametrize(
    "names,told",
    [
        (("korea-2017-history", "korea-2017-rupture"), ("history", "rupture")),
        (("a-b", "a-b-2"), ("b", "b-2")),
        (("a", "a-2"), ("a", "a-2")),
        (("one", "other"), ("one", "other")),
        (("same-name", "same-name"), ("same-name", "same-name")),
    ],
)
def test_saves_are_told_apart_by_what_their_names_do_not_share(
    tmp_path: Path, names: tuple[str, str], told: tuple[str, str]
) -> None:
    """Whole words that all begin with are left out, where something is left of each."""
    folders = [tmp_path / str(number) for number in range(2)]
    paths = []
    for folder, name in zip(folders, names, strict=True):
        folder.mkdir()
        paths.append(play(folder / f"{name}.jsonl", turns=1))
    labels = tuple(side.label for side in _compared(*paths).sides)
    assert tuple(label.removesuffix(" (1)").removesuffix(" (2)") for label in labels) == told
