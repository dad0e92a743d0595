"""Solved games and their odds come back from the disk as they were, or are worked out anew."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tabletop.errors import TabletopError
from tabletop.odds import store
from tabletop.odds.exact import Exact
from tabletop.odds.reckoning import exact_odds
from tabletop.odds.refusal import TooLargeError
from tabletop.odds.shelf import Shelf
from tabletop.odds.summary import Odds, as_data, odds_from, sheet, sheet_from
from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.rules.start import begin
from tabletop.scenario.catalogue import find
from tabletop.scenario.source import load

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "scenarios"


@pytest.fixture(scope="module")
def program() -> Program:
    return compile_program(load(FIXTURES / "minimal.yaml").scenario)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def solves(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list that grows with every game that is solved from now on."""
    found: list[str] = []
    solve = Exact.solve

    def counted(self: Exact, *args: object, **more: object) -> None:
        found.append(self.program.hash)
        solve(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Exact, "solve", counted)
    return found


def same(one: Exact, two: Exact) -> bool:
    """Whether two solutions say the same of every world that can open a turn."""
    where = [{place.turn * 100 + place.stage: place for place in e.openings} for e in (one, two)]
    return where[0].keys() == where[1].keys() and all(
        np.array_equal(one.openings[place].keys, two.openings[where[1][at]].keys)
        and np.array_equal(one.openings[place].values, two.openings[where[1][at]].values)
        for at, place in where[0].items()
    )


def test_a_game_is_solved_once(
    program: Program, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read back, it knows the same values and answers the same questions."""
    times = solves(monkeypatch)
    first = store.solved(program, kept=shelf)
    second = store.solved(program, kept=shelf)
    assert times == [program.hash]
    assert second is not first
    assert same(first, second)
    play = begin(program, 0, aim=0)
    assert np.array_equal(first.around(play).value(play), second.around(play).value(play))


def test_odds_are_worked_out_once(
    program: Program, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time not even the solution is looked at."""
    times = solves(monkeypatch)
    first = store.odds_of(program, kept=shelf)
    for path in shelf.folder.glob("*-solved.kept"):
        path.unlink()
    assert store.odds_of(program, kept=shelf) == first
    assert times == [program.hash]


def test_whatever_is_flipped_the_odds_are_the_same(program: Program, shelf: Shelf) -> None:
    """In solutions and in odds, at every seventh byte."""
    first = store.odds_of(program, kept=shelf)
    solution = store.solved(program, kept=shelf)
    for path in list(shelf.folder.glob("*.kept")):
        whole = path.read_bytes()
        for place in range(0, len(whole), max(7, len(whole) // 20)):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
            if path.name.endswith("-odds.kept"):
                assert store.odds_of(program, kept=shelf) == first
            else:
                assert same(store.solved(program, kept=shelf), solution)
            assert path.read_bytes() == whole


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"form": 99}',
        b"\xff\xff",
        (9).to_bytes(8, "little") + b'{"a": 1} ',
        (1 << 40).to_bytes(8, "little") + b"{}",
    ],
)
def test_what_is_sealed_and_yet_no_solution_is_worked_out_anew(
    program: Program, shelf: Shelf, body: bytes
) -> None:
    """Such as what another version kept under the same name."""
    name = store.key(program)
    first = store.odds_of(program)
    for kind in ("solved", "odds"):
        shelf.write(f"{name}-{kind}", [body])
    assert store.odds_of(program, kept=shelf) == first
    assert same(store.solved(program, kept=shelf), store.solved(program))


def test_another_plan_dial_or_worth_is_kept_apart(program: Program) -> None:
    """The program's hash leaves out what endings are worth; the key does not."""
    scenario = program.scenario
    name, objective = next(iter(scenario.objectives.items()))
    halved = {ending: value / 2 for ending, value in objective.values.items()}
    changed = {**scenario.objectives, name: replace(objective, values=halved)}
    others = [
        compile_program(replace(scenario, objectives=changed)),
        compile_program(scenario, {"patrols_provoke": "strong"}),
        compile_program(scenario, {}, "short"),
    ]
    assert others[0].hash == program.hash
    assert len({store.key(each) for each in (program, *others)}) == 4


def test_no_number_that_changes_the_odds_is_left_out_of_the_key(program: Program) -> None:
    """Each number of the scenario is changed in turn: where the key stays, so do the odds."""
    own, odds = store.key(program), replace(_afresh(program), program="")
    alike = 0
    for part in fields(program.scenario):
        for changed in _nudged(getattr(program.scenario, part.name)):
            try:
                other = compile_program(replace(program.scenario, **{part.name: changed}))
            except (LookupError, TypeError, ValueError, TabletopError):
                continue
            if store.key(other) == own:
                alike += 1
                assert replace(_afresh(other), program="") == odds, part.name
    assert alike > 10


def _afresh(program: Program) -> Odds:
    exact = Exact(program)
    exact.solve()
    return exact_odds(exact, None, store.quietly)


def _nudged(part: Any) -> Iterator[Any]:
    """The part with one of the numbers or switches in it changed, whichever it is."""
    if isinstance(part, bool):
        yield not part
    elif isinstance(part, int | float):
        yield part + 1
    elif is_dataclass(part) and not isinstance(part, type):
        for each in fields(part):
            for changed in _nudged(getattr(part, each.name)):
                yield replace(part, **{each.name: changed})
    elif isinstance(part, Mapping):
        for name, held in part.items():
            yield from ({**part, name: changed} for changed in _nudged(held))
    elif isinstance(part, tuple):
        for at, held in enumerate(part):
            yield from ((*part[:at], changed, *part[at + 1 :]) for changed in _nudged(held))


def test_a_disk_that_keeps_nothing_is_done_without(program: Program, tmp_path: Path) -> None:
    """The odds are worked out every time."""
    (tmp_path / "file").touch()
    nowhere = Shelf(tmp_path / "file" / "kept")
    assert store.odds_of(program, kept=nowhere) == store.odds_of(program)


def test_progress_is_told_and_never_goes_back(program: Program, shelf: Shelf) -> None:
    """From the start of the solving to the last doctrine."""
    heard: list[float] = []
    store.odds_of(program, heard.append, kept=shelf)
    assert heard == sorted(heard)
    assert heard[0] == 0
    assert heard[-1] == pytest.approx(1)


def test_a_game_beyond_the_limit_is_refused_with_turn_track_and_inject(
    program: Program, shelf: Shelf
) -> None:
    """And nothing of it is kept."""
    with pytest.raises(TooLargeError) as caught:
        store.odds_of(program, kept=shelf, most=30)
    refusal = caught.value.refusal
    assert refusal.turn in range(1, program.turns + 1)
    assert refusal.track in program.layout.tracks
    assert refusal.inject in {"", *program.injects}
    assert f"turn {refusal.turn} " in refusal.text
    assert repr(refusal.track) in refusal.text
    assert list(shelf.folder.glob("*.kept")) == []


def test_a_limit_that_is_not_reached_changes_nothing(program: Program, shelf: Shelf) -> None:
    """Asked of again and again, a solved game does not run into it either."""
    exact = store.solved(program, kept=shelf, most=2_000)
    play = begin(program, 0, aim=0)
    for _ in range(200):
        exact.key(play)
    assert same(exact, store.solved(program))


def test_data_comes_back_through_json(program: Program) -> None:
    """Odds and sheets alike."""
    odds = store.odds_of(program)
    shown = sheet(program.scenario, program.assumptions, None, odds)
    assert odds_from(json.loads(json.dumps(as_data(odds)))) == odds
    assert sheet_from(json.loads(json.dumps(as_data(shown)))) == shown


_TWO = """
import sys
from pathlib import Path
from tabletop.odds import store
from tabletop.odds.exact import Exact
from tabletop.odds.shelf import Shelf
from tabletop.rules.compiler import compile_program
from tabletop.scenario.source import load

solve, log = Exact.solve, Path(sys.argv[3])
def counted(self, *args, **more):
    with log.open("a") as out:
        out.write("solved\\n")
    solve(self, *args, **more)
Exact.solve = counted
program = compile_program(load(sys.argv[1]).scenario)
print("ready", flush=True)
sys.stdin.readline()
print(repr(store.odds_of(program, kept=Shelf(Path(sys.argv[2])))))
"""


def test_two_processes_solve_a_game_once_between_them(tmp_path: Path) -> None:
    """The second one waits for the first and reads what it kept."""
    log = tmp_path / "log"
    command = [sys.executable, "-c", _TWO, str(find("first-game")), str(tmp_path / "kept")]
    both = [
        subprocess.Popen(
            [*command, str(log)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for each in both:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in both:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    said = [each.communicate(timeout=60)[0] for each in both]
    assert said[0] == said[1]
    assert log.read_text() == "solved\n"


def test_reading_kept_odds_needs_no_numpy(tmp_path: Path, program: Program) -> None:
    """Neither do those that were shown before, which need no scenario either."""
    shelf = Shelf(tmp_path)
    odds = store.odds_of(program, kept=shelf)
    shown = sheet(program.scenario, program.assumptions, None, odds)
    store.remember_shown(b"file", {"plan": None}, shown, kept=shelf)
    script = (
        "import sys; from pathlib import Path; from tabletop.odds import store; "
        "from tabletop.odds.shelf import Shelf; shelf = Shelf(Path(sys.argv[1])); "
        "assert store.shown_before(b'file', {'plan': None}, kept=shelf) is not None; "
        "assert store.shown_before(b'file', {'plan': 'x'}, kept=shelf) is None; "
        "print([m for m in ('numpy', 'pydantic', 'yaml', 'transitions') if m in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], check=True, capture_output=True, text=True
    )
    assert said.stdout == "[]\n"
