"""Generated scenarios: all valid, and rich enough that agreement on them means something."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.rules.play import Play
from tabletop.rules.program import Chance, Effect, Program
from tabletop.rules.turn import DecideStep
from tests.odds.generated import (
    as_loaded,
    as_text,
    patient,
    places,
    programs,
    sampled_places,
    scenario_data,
    worlds,
)
from tests.odds.mutants_parts import parts
from tests.odds.oracle import ways

FEATURES = {
    "chained tables", "shift", "several turns", "flash", "flash by chance", "way back", "memory",
    "ends at once", "standing by lot", "preset", "consent", "also", "levels", "weight below zero",
    "weight reads the aim", "three aims", "overshoot",
}  # fmt: skip


def features(program: Program) -> Iterator[str]:
    """What a program has of what the rules know."""
    scenario, chances = program.scenario, parts(program, Chance)
    tables = [chance for chance in chances if chance.source == "table"]
    flashes = [each for each in scenario.injects.values() if each.answers]
    addends = [part for chance in chances for some in chance.addends for part in some]
    steps = [step for turn in program.steps for step in turn if isinstance(step, DecideStep)]
    aimed = [part for part in addends if "'aim'" in str(program.trees[part.test])]
    yield from (
        name
        for name, holds in {
            "chained tables": any(each.next for chance in tables for each in chance.outcomes),
            "shift": any(part.number.path.startswith("reactions.") for part in addends),
            "several turns": any(len(each.turns or ()) > 1 for each in scenario.injects.values()),
            "flash": flashes,
            "flash by chance": any(each.turns for each in flashes),
            "way back": program.keeps_came_from,
            "memory": program.remembered,
            "ends at once": any(ending.at_once for ending in program.endings),
            "standing by lot": any(step.doctrine == "anything" for step in steps),
            "preset": any(step.preset for step in steps),
            "consent": any(each.consent for each in scenario.responses.values()),
            "also": any(effect.also for effect in parts(program, Effect)),
            "levels": any(track.levels for track in scenario.tracks.values()),
            "weight below zero": any(part.amount < 0 for part in addends),
            "weight reads the aim": aimed,
            "three aims": len(scenario.aims) == 3,
        }.items()
        if holds
    )
    if any(clipped(place) for place in sampled_places(program, 1)):
        yield "overshoot"


def clipped(place: Play) -> bool:
    """Whether a track has run over its range, to be clamped before the next step."""
    ranges = zip(place.program.low, place.world.tracks, place.program.high, strict=True)
    return any(not low <= value <= high for low, value, high in ranges)


def test_generated_scenarios_have_everything_that_the_rules_know() -> None:
    """Forty of them together, the same in every run."""
    seen: set[str] = set()

    @settings(patient(40), derandomize=True, database=None)
    @given(programs())
    def look(program: Program) -> None:
        seen.update(features(program))

    look()
    assert seen == FEATURES


@patient(20)
@given(scenario_data(turns=(2, 4)))
def test_generated_scenarios_pass_tabletops_own_check(data: dict[str, object]) -> None:
    """Nothing is wrong with any, none is thrown away, and reading one again gives the same."""
    assert as_loaded(data).scenario == as_loaded(data).scenario
    assert as_text(data).startswith("{")


@patient(25)
@given(st.data())
def test_any_place_has_a_way_on(data: st.DataObject) -> None:
    """A draw with odds, a choice that is open, or a walk; and the place itself stays as it is."""
    program = data.draw(programs())
    for _ in range(4):
        place = data.draw(places(program))
        before = (place.world, place.at, place.chance, place.prompt)
        found = list(ways(place))
        assert found
        assert len({way.label for way in found}) == len(found)
        assert (place.world, place.at, place.chance, place.prompt) == before
        if place.chance is None:
            assert not clipped(place) or place.unsettled


@patient(25)
@given(st.data())
def test_any_world_is_in_range(data: st.DataObject) -> None:
    """Turn, stage, aim, flags and tracks, and the stage come from only where one is kept."""
    program = data.draw(programs())
    world = data.draw(worlds(program))
    assert 1 <= world.turn <= program.turns
    assert 0 <= world.stage < len(program.ladder.stages)
    assert world.came_from == 0 or world.stage in program.keeps_came_from
    assert 0 <= world.aim < len(program.aims.outcomes)
    assert world.flags < 1 << len(program.layout.flags)
    for low, value, high in zip(program.low, world.tracks, program.high, strict=True):
        assert low <= value <= high


def test_sampled_places_are_the_same_for_the_same_seed() -> None:
    """And differ for another one."""

    @settings(patient(1), derandomize=True, database=None)
    @given(programs())
    def look(program: Program) -> None:
        def told(seed: int) -> list[tuple[object, int]]:
            return [(place.world, place.at) for place in sampled_places(program, 1, seed)]

        assert told(1) == told(1)
        assert told(1) != told(2)

    look()


@pytest.mark.parametrize("turns", [(2, 2), (4, 4)])
def test_the_number_of_turns_can_be_asked_for(turns: tuple[int, int]) -> None:
    """For searches that must stay small."""

    @patient(3)
    @given(programs(turns=turns))
    def look(program: Program) -> None:
        assert turns[0] <= program.turns <= turns[1]

    look()
