"""Programs that differ only in weights, followed at once: the same odds as one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.odds import adjoint
from tabletop.odds.adjoint import followed_odds, odds_of_all
from tabletop.odds.blended import DifferentError, Variant, blended, blends
from tabletop.odds.choosing import ANYTHING
from tabletop.odds.conduct import ByDoctrine
from tabletop.odds.numbers import author_numbers
from tabletop.odds.reweighed import reweighed
from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.scenario.source import load
from tests.cli.terminal import MINIMAL
from tests.odds.generated import patient, programs

SMALL = load(MINIMAL).scenario


@patient(15)
@given(program=programs(), data=st.data())
def test_variants_have_the_odds_that_they_have_alone(program: Program, data: st.DataObject) -> None:
    """Numbers times any factors, under every way to play by rules or at random."""
    numbers = st.sampled_from([*author_numbers(program)])
    factors = st.dictionaries(numbers, st.floats(0.2, 5), max_size=3)
    variants = [Variant(program, each) for each in data.draw(st.lists(factors, min_size=1))]
    policy = data.draw(st.sampled_from([*program.policies.values(), ANYTHING]), "doctrine")
    with pytest.MonkeyPatch.context() as patched:
        # In the memory that there is: all at once, or a few after a few.
        patched.setattr(adjoint, "_AT_ONCE", data.draw(st.sampled_from([1, 100, 10**6]), "memory"))
        found = odds_of_all(ByDoctrine(blended(variants), policy), variants)
    for variant, influence in zip(variants, found, strict=True):
        alone = followed_odds(ByDoctrine(reweighed(*variant), policy))
        assert influence.odds == pytest.approx(alone.odds, abs=1e-12)
        assert influence.by_aim == pytest.approx(alone.by_aim, abs=1e-12)


def test_other_assumptions_that_only_weigh_are_followed_together() -> None:
    """Every value of every assumption of a scenario whose guards ask for none."""
    variants = [
        Variant(compile_program(SMALL, {name: value}))
        for name, dial in SMALL.assumptions.items()
        for value in dial.values
    ]
    ((program, places),) = blends(variants)
    assert places == [*range(len(variants))]
    odds = [each.odds for each in odds_of_all(ByDoctrine(program, ANYTHING), variants)]
    for variant, found in zip(variants, odds, strict=True):
        alone = followed_odds(ByDoctrine(variant.program, ANYTHING))
        assert found == pytest.approx(alone.odds, abs=1e-12)
    assert not all(np.allclose(each, odds[0]) for each in odds)


def test_programs_that_differ_in_more_stay_apart() -> None:
    """In an effect, a guard, a list or a bound."""
    program = compile_program(SMALL)
    first, *others = program.responses
    idle = replace(first.effect, deltas=(*first.effect.deltas, (0, 1)))
    always, *rest = program.endings
    changed = [
        replace(program, responses=(replace(first, effect=idle), *others)),
        replace(program, responses=(*others, first)),
        replace(program, endings=(replace(always, at_once=not always.at_once), *rest)),
        replace(program, endings=tuple(rest)),
        replace(program, high=(program.high[0] + 1, *program.high[1:])),
    ]
    for other in changed:
        with pytest.raises(DifferentError):
            blended([Variant(program), Variant(other)])
        variants = [Variant(program), Variant(other), Variant(program)]
        assert [places for _, places in blends(variants)] == [[0, 2], [1]]
