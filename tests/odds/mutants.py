"""Programs with one thing wrong, and how it is seen whether engines can tell.

What proves that two engines agree must also notice when they do not. Every mutant is the
right program changed in one place; run in one engine against the right one in the other,
it has to be caught: by the odds of whole games or by a single step from some place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from random import Random
from typing import NamedTuple, Protocol, TypeVar

from tabletop.rules.guards import Addend, always, count
from tabletop.rules.ladder import Ladder
from tabletop.rules.pieces import FLASH_FLAG, fired
from tabletop.rules.play import Play
from tabletop.rules.program import (
    Chance,
    Conditional,
    Effect,
    Outcome,
    Policy,
    Program,
)
from tabletop.rules.turn import EndStep, EventStep, InjectStep, Step
from tabletop.scenario.expression import (
    Both,
    Compare,
    Constant,
    Either,
    FlagSet,
    Guard,
    Not,
)
from tests.odds.mutants_parts import exchanged, guarded, parts, transplanted

__all__ = [
    "MUTATIONS",
    "Mutant",
    "OddsOf",
    "StepEqual",
    "mutants",
    "told_by_odds",
    "told_by_steps",
    "transplanted",
]

P = TypeVar("P")
Make = Callable[[Program, Random], "Program | None"]


class Mutant(NamedTuple):
    """A program with one thing wrong, by the name of what is wrong."""

    name: str
    program: Program


class OddsOf(Protocol):
    """An engine's odds of whole games: by ending, under a doctrine of the program."""

    def __call__(self, program: Program, doctrine: str, /) -> Mapping[str, float]: ...


class StepEqual(Protocol):
    """Whether a step from a place of the first program is the same in both.

    The first program runs in one engine and the second in the other. The place belongs to
    the first; `transplanted` finds it in the second.
    """

    def __call__(self, first: Program, second: Program, place: Play, /) -> bool: ...


def mutants(program: Program, seed: int = 0) -> Iterator[Mutant]:
    """Every mutant that a program has the parts for; the seed chooses which parts."""
    for name, make in MUTATIONS.items():
        made = make(program, Random(f"{name} {seed}"))
        if made is not None:
            # A hash of its own, so that odds kept for the right program are not taken for its.
            own = sha256(f"{name} {seed} {program.hash}".encode()).hexdigest()
            yield Mutant(name, replace(made, hash=own))


def told_by_odds(
    right: Program,
    wrong: Program,
    one: OddsOf,
    other: OddsOf,
    *,
    doctrines: Iterable[str] | None = None,
    within: float = 1e-9,
) -> bool:
    """Whether whole games tell: under some doctrine an ending's odds are not the same."""
    for doctrine in right.policies if doctrines is None else doctrines:
        first, second = one(right, doctrine), other(wrong, doctrine)
        if any(abs(first[ending] - second[ending]) > within for ending in first):
            return True
    return False


def told_by_steps(
    right: Program, wrong: Program, step_equal: StepEqual, places: Iterable[Play]
) -> bool:
    """Whether a single step tells: from one of the places it does not lead to the same."""
    return not all(step_equal(right, wrong, place) for place in places)


# --- what can be wrong


def _any_of(lots: Random, options: list[P]) -> P | None:
    return lots.choice(options) if options else None


def _range(program: Program, lots: Random, low: int, high: int) -> Program:
    track = lots.randrange(len(program.low))
    lows, highs = list(program.low), list(program.high)
    lows[track] += low
    highs[track] += high
    return replace(program, low=tuple(lows), high=tuple(highs))


def _clamp_too_high(program: Program, lots: Random) -> Program | None:
    return _range(program, lots, 0, 1)


def _clamp_too_low(program: Program, lots: Random) -> Program | None:
    return _range(program, lots, -1, 0)


def _weight_guard_negated(program: Program, lots: Random) -> Program | None:
    found = _any_of(
        lots,
        [
            (chance, place, term)
            for chance in parts(program, Chance)
            for place, addends in enumerate(chance.addends)
            for term, addend in enumerate(addends)
            if addend.test is not always and chance is not program.aims
        ],
    )
    if found is None:
        return None
    chance, place, term = found
    wrong, test = guarded(program, Not(program.trees[chance.addends[place][term].test]))
    addends = list(chance.addends[place])
    addends[term] = addends[term]._replace(test=test)
    return exchanged(wrong, chance, _weighed(chance, place, addends))


def _weight_one_more(program: Program, lots: Random) -> Program | None:
    chance = _any_of(lots, [each for each in parts(program, Chance) if len(each.outcomes) > 1])
    if chance is None:
        return None
    place = lots.randrange(len(chance.outcomes))
    if not chance.addends[place]:
        return None
    more = chance.addends[place][0]._replace(amount=1, test=always)
    return exchanged(program, chance, _weighed(chance, place, [*chance.addends[place], more]))


def _weighed(chance: Chance, place: int, addends: list[Addend]) -> Chance:
    """The draw with another weight at one place, which reads nothing new."""
    weight = count(addends)
    weights, counts = list(chance.weights), dict(chance.counts)
    counts.pop(place, None)
    if isinstance(weight, int):
        weights[place] = max(weight, 0)
    else:
        weights[place], counts[place] = 0, weight
    listed = list(chance.addends)
    listed[place] = tuple(addends)
    return replace(
        chance,
        addends=tuple(listed),
        weights=tuple(weights),
        counts=tuple(sorted(counts.items(), key=lambda pair: pair[0])),
    )


def _transitions_swapped(program: Program, lots: Random) -> Program | None:
    rungs = list(program.ladder.rungs)
    pair = _any_of(
        lots,
        [
            (first, second)
            for second, after in enumerate(rungs)
            for first, before in enumerate(rungs[:second])
            if (before.origin, before.test) != (after.origin, after.test)
            and before.origin == after.origin
            and before.target != after.target
        ],
    )
    if pair is None:
        return None
    first, second = pair
    rungs[first], rungs[second] = rungs[second], rungs[first]
    ladder = Ladder(program.ladder.stages, rungs, lambda world: world)
    return replace(program, ladder=ladder)


def _steps_swapped(program: Program, lots: Random, kind: type[Step]) -> Program | None:
    pair = _any_of(
        lots,
        [
            (turn, first, second)
            for turn, steps in enumerate(program.steps)
            for second, after in enumerate(steps)
            for first, before in enumerate(steps[:second])
            if isinstance(before, kind) and isinstance(after, kind)
        ],
    )
    if pair is None:
        return None
    turn, first, second = pair
    steps = list(program.steps[turn])
    steps[first], steps[second] = steps[second], steps[first]
    turns = [*program.steps]
    turns[turn] = tuple(steps)
    return replace(program, steps=tuple(turns))


def _injects_swapped(program: Program, lots: Random) -> Program | None:
    return _steps_swapped(program, lots, InjectStep)


def _events_swapped(program: Program, lots: Random) -> Program | None:
    return _steps_swapped(program, lots, EventStep)


def _without_bit(program: Program, lots: Random, names: list[str], bit: str) -> Program | None:
    inject = _any_of(lots, [program.injects[name] for name in names])
    if inject is None:
        return None
    spent = program.mask(bit or fired(inject.id))
    effect = replace(inject.effect, sets=inject.effect.sets & ~spent)
    return exchanged(program, inject, replace(inject, effect=effect))


def _once_only_forgotten(program: Program, lots: Random) -> Program | None:
    several = [name for name in program.injects if fired(name) in program.layout.flags]
    return _without_bit(program, lots, several, "")


def _second_flash_allowed(program: Program, lots: Random) -> Program | None:
    flashes = [name for name, inject in program.injects.items() if inject.answers]
    return _without_bit(program, lots, flashes, FLASH_FLAG)


def _inject_without_guard(program: Program, lots: Random) -> Program | None:
    """A scheduled inject comes in any case; the guards of random ones stand in their weights."""
    step = _any_of(
        lots,
        [step for step in parts(program, InjectStep) if step.inject.test is not always],
    )
    if step is None:
        return None
    return exchanged(program, step.inject, replace(step.inject, test=always))


def _support_without_effect(program: Program, lots: Random) -> Program | None:
    support = _any_of(lots, [each for each in program.supports if not each.effect.idle])
    if support is None:
        return None
    return exchanged(program, support.effect, Effect(support.effect.by))


def _consent_not_asked(program: Program, lots: Random) -> Program | None:
    response = _any_of(lots, [each for each in program.responses if each.consent is not always])
    if response is None:
        return None
    return exchanged(program, response, replace(response, consent=always))


def _also_judged_after(program: Program, lots: Random) -> Program | None:
    """The guard of a further effect sees what the effect itself has done."""
    found = _any_of(
        lots,
        [
            (extra, tree)
            for effect in parts(program, Effect)
            for extra in effect.also
            if (tree := _moved(program, program.trees[extra.test], effect))
            != program.trees[extra.test]
        ],
    )
    if found is None:
        return None
    extra, tree = found
    wrong, test = guarded(program, tree)
    return exchanged(wrong, extra, Conditional(test, extra.effect))


def _moved(program: Program, tree: Guard, effect: Effect) -> Guard:
    """The guard that says before an effect what this one says after it."""
    if isinstance(tree, Not):
        return Not(_moved(program, tree.part, effect))
    if isinstance(tree, Both | Either):
        return type(tree)(tuple(_moved(program, part, effect) for part in tree.parts))
    if isinstance(tree, FlagSet):
        bit = program.mask(tree.name)
        if effect.sets & bit:
            return Constant(True)
        return Constant(False) if effect.clears & bit else tree
    if isinstance(tree, Compare) and tree.subject in program.layout.tracks:
        track = program.layout.tracks[tree.subject]
        moved = sum(delta for index, delta in effect.deltas if index == track)
        return replace(tree, value=tree.value - moved)
    return tree


def _also_lost(program: Program, lots: Random) -> Program | None:
    effect = _any_of(lots, [each for each in parts(program, Effect) if each.also])
    return None if effect is None else exchanged(program, effect, replace(effect, also=()))


def _delta_one_more(program: Program, lots: Random) -> Program | None:
    effect = _any_of(lots, [each for each in parts(program, Effect) if each.deltas])
    if effect is None:
        return None
    (track, delta), *rest = effect.deltas
    changed = replace(effect, deltas=((track, delta + 1), *rest))
    return exchanged(program, effect, changed)


def _table_not_drawn(program: Program, lots: Random) -> Program | None:
    outcome = _any_of(lots, [each for each in parts(program, Outcome) if each.next is not None])
    return None if outcome is None else exchanged(program, outcome, replace(outcome, next=None))


def _endings_swapped(program: Program, lots: Random) -> Program | None:
    guarded = [ending.id for ending in program.endings][:-1]
    if len(guarded) < 2:
        return None
    first = lots.randrange(len(guarded) - 1)
    swap = {guarded[first]: guarded[first + 1], guarded[first + 1]: guarded[first]}
    by_id = {ending.id: ending for ending in program.endings}

    def swapped(step: Step) -> Step:
        if not isinstance(step, EndStep) or not swap.keys() <= {e.id for e in step.endings}:
            return step
        return replace(step, endings=tuple(by_id[swap.get(e.id, e.id)] for e in step.endings))

    endings = tuple(by_id[swap.get(each.id, each.id)] for each in program.endings)
    steps = tuple(tuple(map(swapped, steps)) for steps in program.steps)
    return replace(program, endings=endings, steps=steps)


def _memory_lost(program: Program, lots: Random) -> Program | None:
    return replace(program, remembered=()) if program.remembered else None


def _turn_flags_kept(program: Program, lots: Random) -> Program | None:
    return replace(program, turn_flags=0) if program.turn_flags else None


def _way_back_forgotten(program: Program, lots: Random) -> Program | None:
    if not program.keeps_came_from:
        return None
    return replace(program, keeps_came_from=frozenset())


def _rules_swapped(program: Program, lots: Random) -> Program | None:
    policy: Policy | None = _any_of(
        lots, [each for each in program.policies.values() if len(each.rules) > 1]
    )
    if policy is None:
        return None
    first, second, *rest = policy.rules
    swapped = replace(policy, rules=(second, first, *rest))
    return replace(program, policies={**program.policies, policy.id: swapped})


MUTATIONS: Mapping[str, Make] = {
    "clamp one too high": _clamp_too_high,
    "clamp one too low": _clamp_too_low,
    "weight's guard negated": _weight_guard_negated,
    "weight one more": _weight_one_more,
    "transitions swapped": _transitions_swapped,
    "injects swapped": _injects_swapped,
    "events swapped": _events_swapped,
    "once only forgotten": _once_only_forgotten,
    "second flash allowed": _second_flash_allowed,
    "inject without guard": _inject_without_guard,
    "support without effect": _support_without_effect,
    "consent not asked": _consent_not_asked,
    "also judged after": _also_judged_after,
    "also lost": _also_lost,
    "delta one more": _delta_one_more,
    "table not drawn": _table_not_drawn,
    "endings swapped": _endings_swapped,
    "memory lost": _memory_lost,
    "turn flags kept": _turn_flags_kept,
    "way back forgotten": _way_back_forgotten,
    "doctrine's rules swapped": _rules_swapped,
}
