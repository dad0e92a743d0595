"""Every number of the author is found, once, and called by what it is the weight of."""

from __future__ import annotations

from hypothesis import given

from tabletop.odds.numbers import author_numbers, chances_of
from tabletop.odds.places import Road
from tabletop.rules.compiler import compile_program
from tabletop.rules.guards import Number
from tabletop.rules.program import Program
from tabletop.scenario.expression import names_of
from tabletop.scenario.grammar import parse_weight
from tabletop.scenario.parts import Weight
from tabletop.scenario.schema import Scenario
from tabletop.scenario.source import load
from tests.cli.terminal import MINIMAL
from tests.odds.generated import patient, programs

SCENARIO = load(MINIMAL).scenario


def weights_of(scenario: Scenario) -> dict[str, Weight]:
    """Every weight of a scenario that some draw uses, by the path that its numbers bear."""
    found: dict[str, Weight] = {"quiet": scenario.quiet}
    found |= {f"aims.{name}.weight": aim.weight for name, aim in scenario.aims.items()}
    found |= {f"reactions.{name}.shift": kind.shift for name, kind in scenario.reactions.items()}
    for name, response in scenario.responses.items():
        for outcome in response.reaction:
            found[f"responses.{name}.reaction.{outcome.id}.weight"] = outcome.weight
    for name, table in scenario.tables.items():
        for outcome in table.outcomes:
            found[f"tables.{name}.{outcome.id}.weight"] = outcome.weight
    for name, event in scenario.events.items():
        for outcome in event.outcomes:
            found[f"events.{name}.{outcome.id}.weight"] = outcome.weight
    for name, inject in scenario.injects.items():
        if inject.weight is not None:
            found[f"injects.{name}.weight"] = inject.weight
        for answer, choice in inject.answers.items():
            for outcome in choice.reaction:
                path = f"injects.{name}.{answer}.reaction.{outcome.id}.weight"
                found[path] = outcome.weight
    return found


@patient(12)
@given(program=programs())
def test_every_draw_that_a_game_can_come_to_is_among_those_listed(program: Program) -> None:
    """On the road that games go, there is no other; and each is listed once."""
    listed = list(chances_of(program))
    on_the_road = {place.chance for place in Road(program).places if place.chance is not None}
    assert on_the_road <= set(listed)
    assert len(listed) == len(set(listed))
    numbers = author_numbers(program)
    for chance in on_the_road | {program.aims}:
        for addends in chance.addends:
            assert all(addend.number in numbers for addend in addends)


@patient(12)
@given(program=programs())
def test_a_number_is_written_as_its_author_wrote_it(program: Program) -> None:
    """Read again, the term that is shown is the term of the weight at its path."""
    scenario = program.scenario
    names, weights = names_of(scenario), weights_of(scenario)
    for number, found in author_numbers(program).items():
        sign = "" if found.written.startswith("-") else "+ "
        _, shown = parse_weight(f"0 {sign}{found.written}", names).terms
        assert shown == parse_weight(weights[number.path], names).terms[number.term]


@patient(12)
@given(program=programs())
def test_an_amount_is_the_factor_times_its_assumptions(program: Program) -> None:
    """As the program has them set."""
    scenario = program.scenario
    names, weights = names_of(scenario), weights_of(scenario)
    for number, found in author_numbers(program).items():
        term = parse_weight(weights[number.path], names).terms[number.term]
        amount = term.factor
        for dial in term.dials:
            amount *= scenario.assumptions[dial].values[program.assumptions[dial]]
        assert found.amount == amount
        assert found.path == number.path


def test_titles_are_the_scenarios_own() -> None:
    """Of every kind of weight: what it is that it makes more likely."""
    titles = {number.path: each.title for number, each in author_numbers(_program()).items()}
    scenario = SCENARIO
    islet = list(scenario.aims)[1]
    assert titles["quiet"] == "A turn without chance news"
    assert titles[f"aims.{islet}.weight"] == f"Aim: {scenario.aims[islet].title}"
    patrol = next(
        name
        for name, each in scenario.responses.items()
        if any("patrols_provoke" in str(outcome.weight) for outcome in each.reaction)
    )
    response, kind = scenario.responses[patrol], scenario.reactions["provokes"]
    path = f"responses.{patrol}.reaction.provokes.weight"
    assert titles[path] == f"{response.title}: {kind.title}"
    random = next(name for name, inject in scenario.injects.items() if inject.weight is not None)
    assert titles[f"injects.{random}.weight"] == f"News: {scenario.injects[random].title}"


def test_a_number_that_an_assumption_turns_off_is_not_listed() -> None:
    """It counts for nothing, so that nothing hangs on it."""
    weak, none = _program(patrols_provoke="weak"), _program(patrols_provoke="none")
    gone = set(author_numbers(weak)) - set(author_numbers(none))
    assert gone
    written = {each.written for number, each in author_numbers(weak).items() if number in gone}
    assert written == {"patrols_provoke", "patrols_provoke * (stage == alarm)"}


def _program(**dials: str) -> Program:
    return compile_program(SCENARIO, dials)


def test_numbers_of_the_prior_are_among_them() -> None:
    """Each term apart: a base, and what an assumption adds to it."""
    numbers = author_numbers(_program(prior="islet"))
    path = next(
        number.path for number in numbers if number.path.startswith("aims.") and number.term
    )
    assert Number(path, 0) in numbers
    assert numbers[Number(path, 1)].written == "2 * (prior >= islet)"
