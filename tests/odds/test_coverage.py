"""What ever comes, found by expansion: the same as when everything is played, aim by aim."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from tabletop.odds.coverage import Coverage, cover, possible_aims
from tabletop.rules.compiler import compile_program
from tabletop.rules.play import Play
from tabletop.rules.program import Program
from tabletop.rules.start import begin
from tabletop.scenario.catalogue import shipped
from tabletop.scenario.source import Loaded, load
from tests.cli.terminal import MINIMAL
from tests.odds.generated import Data, as_loaded, ending, frame, patient, programs, response
from tests.odds.generated_terms import Words
from tests.odds.oracle import Way, ways

FIRST_GAME = next(path for path in shipped() if path.stem == "first-game")
CROSSING = Path(__file__).parent / "crossing.yaml"

Seen = dict[str, set[Any]]


def covered(program: Program) -> Seen:
    """What the expansion says that comes."""
    found = Coverage(program)
    for _ in cover(found):
        pass
    names = ("stages", "supports", "responses", "outcomes", "injects", "rungs", "endings")
    seen: Seen = {name: set(getattr(found, name)) for name in names}
    seen["injects"] = {each for each in seen["injects"] if each[0] in program.injects}
    return seen


def played(program: Program) -> Seen:
    """What comes where every way is walked by the play that people use."""
    names = ("stages", "supports", "responses", "outcomes", "injects", "rungs", "endings")
    seen: Seen = {name: set() for name in names}
    for aim in possible_aims(program):
        for play, way in _walked(begin(program, 0, aim=aim)):
            _note(seen, program, play, way)
    return seen


def _walked(start: Play) -> Iterator[tuple[Play, Way]]:
    known, waiting = set(), [start]
    while waiting:
        play = waiting.pop()
        drawn = None if play.chance is None else id(play.chance)
        where = (play.world, play.at, drawn, play.prompt, play.interrupted, play.ending)
        if where in known:
            continue
        known.add(where)
        play.log = []
        for way in ways(play):
            yield play, way
            waiting.append(way.play)


def _note(seen: Seen, program: Program, play: Play, way: Way) -> None:
    seen["stages"] |= {play.world.stage, way.play.world.stage}
    if way.play.ending is not None:
        seen["endings"].add(way.play.ending)
    kind, *names = way.label
    if kind == "draw" and play.chance is not None:
        seen["outcomes"].add((play.chance.source, play.chance.owner, names[0]))
    elif kind == "decide":
        chosen, support = names
        seen["responses"].add([each.id for each in program.responses].index(chosen))
        seen["supports"].add([each.id for each in program.supports].index(support))
    for happening in way.play.log or ():
        if happening.kind == "inject" and happening.id in program.injects:
            seen["injects"].add((happening.id, happening.turn))
        elif happening.kind == "ladder":
            seen["rungs"].add((int(happening.id), play.world.stage))


@pytest.mark.parametrize("path", [FIRST_GAME, MINIMAL, CROSSING], ids=lambda path: path.stem)
def test_what_comes_is_what_play_comes_to(path: Path) -> None:
    """Stages, choices, draws, news and when, rungs and from where, endings."""
    program = compile_program(load(path).scenario)
    assert covered(program) == played(program)


@patient(15)
@given(program=programs(planned=False))
def test_it_is_so_in_games_that_nobody_thought_of(program: Program) -> None:
    """Whatever guards, weights and aims there are."""
    assert covered(program) == played(program)


def _thermal(**endings: str) -> Loaded:
    """Two turns in which a hot aim may bring fire, a cold one ice, and either one nothing."""
    words = Words(
        turns=2,
        tracks={"luck": (0, 2)},
        starts={"luck": 0},
        levels={},
        flags={"fire": {"title": "Fire"}, "ice": {"title": "Ice"}, "shut": {"title": "Shut"}},
        stages=["table"],
        aims=["hot", "cold"],
        kinds=[],
        tables=[],
    )
    data: Data = frame(words)
    data["stages"]["table"]["course"] = "stay"
    reaction = [
        {"id": name, "title": name, "by": "them", "weight": weight, "sets": sets}
        for name, weight, sets in (
            ("calm", 1, []),
            ("burns", "1 * (aim == hot)", ["fire"]),
            ("freezes", "1 * (aim == cold)", ["ice"]),
        )
    ]
    data["responses"] = {
        "stay": {**response(["table"]), "reaction": reaction},
        "bathe": {**response(["table"]), "when": "fire and ice", "sets": ["shut"]},
    }
    data["endings"] = {name: {**ending(), "when": when} for name, when in endings.items()}
    data["endings"]["left"] = ending()
    values = dict.fromkeys(data["endings"], 0.5)
    data["objectives"] = {"win": {"title": "Win", "text": "Win.", "values": values}}
    return as_loaded(data)


def test_what_only_two_aims_together_could_bring_never_comes() -> None:
    """One game has one aim: fire and ice never meet, though each of them comes."""
    program = compile_program(_thermal(steam="fire and ice", fire="fire", ice="ice").scenario)
    seen = covered(program)
    assert seen == played(program)
    assert seen["endings"] == {"fire", "ice", "left"}
    assert len(seen["responses"]) == 1


def test_situations_are_counted_with_all_aims_together() -> None:
    """As the game is solved: those that aims share are counted once."""
    program = compile_program(_thermal(fire="fire", ice="ice").scenario)
    found = Coverage(program)
    assert list(cover(found)) == [1, 2]
    # Calm, fire or ice in the second turn.
    assert dict(found.decisions) == {1: 1, 2: 3}
