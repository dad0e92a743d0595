"""Scenarios whose parts are well formed and do not hold together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tabletop.scenario.soundness import LEAST, MOST

CASES = [
    # names
    (("  asked: {title: The ally was asked", "  line: {title: The ally was asked"), "flags.line: the name is taken by track line"),
    (("  prior:\n", "  turn:\n"), "assumptions.turn: the name is taken by the language of guards"),
    (("  shots: {title", "  not: {title"), "flags.not: 'not' is a word of the language"),
    (("  alarm:\n", "  in:\n"), "stages.in: 'in' is a word of the language"),
    (("{even: 0,", "{is: 0,"), "assumptions.prior.values.is: 'is' is a word of the language"),
    (("levels: [absent,", "levels: [or,"), "tracks.patron.levels.1: 'or' is a word of the language"),
    (("  alarm:\n", "  previous:\n"), "stages.previous: 'previous' means something else in transitions"),
    (("  alarm:\n", "  any:\n"), "stages.any: 'any' means something else in transitions"),
    (("  keeper: {title", "  us: {title"), "actors.us: the name is taken by a side"),
    (("  provocation:\n    title: What they send up", "  reaction:\n    title: What they send up"), "tables.reaction: the name is taken by the draw of reactions"),
    (("  provocation:\n    title: What they send up", "  lamp:\n    title: What they send up"), "tables.lamp: the name is taken by the draw of the event lamp"),
    # people
    (("  chance: {title: Chance}\n", ""), "actors: the actor chance is missing"),
    (("    decides: true\n", ""), "roles: exactly one role decides; none does"),
    (("private: Your cousin", "decides: true\n    private: Your cousin"), "roles: exactly one role decides; these do: premier, harbour"),
    # tracks
    (("    range: [0, 5]\n", ""), "tracks.tension: has either a range or levels"),
    (("range: [0, 5]", "range: [0, 5]\n    levels: [a, b]"), "tracks.tension: has either a range or levels"),
    (("range: [0, 5]", "range: [5, 5]"), "runs from 5 to 5: the first is not lower"),
    (("range: [0, 5]", "range: [0, 5000]"), "tracks.tension.range: lies beyond -1000 to 1000"),
    (("start: 2\n", "start: 6\n"), "tracks.tension.start: 6 lies outside the range from 0 to 5"),
    (("start: 2\n", "start: two\n"), "tracks.tension.start: 'two' is no number, and the track has a range"),
    (("start: wary", "start: waery"), "tracks.patron.start: unknown level 'waery' (did you mean wary?)"),
    (("start: wary", "start: 1"), "tracks.patron.start: 1 is no level: it is one of absent, wary, helpful"),
    (("levels: [absent, wary, helpful]", "levels: [wary]"), "are two or more different names"),
    (("levels: [absent, wary, helpful]", "levels: [wary, helpful, wary]"), "are two or more different names"),
    # flags
    (("remembers: flared", "remembers: agreed"), "agreed lasts the whole game: only a flag of the turn is remembered"),
    (("remembers: flared", "remembers: flared, lasts: turn"), "flags.flared_last_turn.lasts: would clear what the flag is to remember"),
    # the map
    (("west: 124.0", "west: 150.0"), "theatre: west lies west of east"),
    (("longitude: 131.9", "longitude: 13.9"), "theatre.places.islet: lies outside the theatre"),
    # supports
    (("act: No word goes with it.", "act: No word goes with it.\n    when: shots"), "supports.nothing_more.when: the first support goes with a response"),
    # injects
    (("  papers:\n", "  quiet:\n"), "injects.quiet: 'quiet' stands for a turn without an inject"),
    (("    turns: [2]\n", ""), "injects.storm: has either a turn (scheduled) or turns (by chance)"),
    (("    turns: [2]\n", "    turns: [2]\n    turn: 2\n"), "injects.storm: has either a turn"),
    (("    turns: [2]\n    weight: 1\n", "    turns: [2]\n"), "injects.storm: comes by chance and needs a weight"),
    (("    turn: 2\n", "    turn: 2\n    weight: 1\n"), "injects.cousin.weight: is scheduled and has no weight"),
    (("    turn: 2\n", "    turn: 4\n"), "injects.cousin.turn: 4 is past the last turn, 3"),
    (("    turns: [2]\n", "    turns: [2, 0, 2]\n"), "injects.storm.turns.2: 0 is no turn: they run from 1 to 3"),
    (("    turns: [2]\n", "    turns: [2, 0, 2]\n"), "injects.storm.turns.3: turn 2 is listed twice"),
    (("    turns: [2]\n", "    turns: []\n"), "injects.storm.turns: is empty: list at least one turn"),
    # endings and objectives
    (("    when: agreed\n", ""), "endings.agreement: has no when, so that no ending after it can come"),
    (("    title: Drift\n", "    title: Drift\n    when: shots\n"), "endings.drift.when: the last ending takes whatever is left"),
    (("    title: Drift\n", "    title: Drift\n    at: any\n"), "endings.drift.at: would end every game in its first turn"),
    (("      guards: Nobody yielded.\n", ""), "endings.drift.camps: what guards would say is missing"),
    ((", drift: 0.8", ""), "objectives.no_shot.values: the value of drift is missing"),
    # doctrines and plans
    (("uniform: true", "uniform: true\n    rules:\n      - {choose: [wait]}"), "doctrines.random.rules: chooses with equal chance (uniform)"),
    (("      - {mode: decided}\n", ""), "timings.short.turns: plans 2 turns, and the calendar has 3"),
    (("preset, response: wait", "preset"), "timings.short.turns.1: a preset turn needs a response"),
    (("{mode: decided}", "{mode: decided, response: wait}"), "timings.short.turns.2: a decided turn has no response"),
    (("standing, doctrine", "standing, support: ask_ally, doctrine"), "a standing turn has no support"),
]  # fmt: skip


@pytest.mark.parametrize("change, said", CASES, ids=[said for _, said in CASES])
def test_what_does_not_hold_together_is_told(
    told: Callable[..., list[str]], change: tuple[str, str], said: str
) -> None:
    """Each at the part that an author would change."""
    lines = told(change)
    assert any(said in line for line in lines), lines


@pytest.mark.parametrize("name", LEAST)
def test_what_no_exercise_can_do_without_is_wanted(
    minimal_text: str, told: Callable[..., list[str]], name: str
) -> None:
    """A scenario without stages, say, is a fault and not a crash further on."""
    start = minimal_text.index(f"\n{name}:\n") + 1
    rest = minimal_text[start + len(name) + 2 :]
    block = rest[
        : next(n for n in range(len(rest)) if rest[n] == "\n" and rest[n + 1] not in " \n")
    ]
    lines = told((f"{name}:\n{block}", f"{name}: {{}}"))
    assert any(f": {name}: is empty: at least one entry is wanted" in line for line in lines), lines


def test_there_can_be_too_much_of_everything(told: Callable[..., list[str]]) -> None:
    """Limits keep a scenario small enough to be played and reckoned through."""
    many = "".join(f"  f{number}: {{title: A flag}}\n" for number in range(MOST["flags"]))
    lines = told(("flags:\n", f"flags:\n{many}"))
    assert any("flags: has 53 entries, at most 48 wanted" in line for line in lines)


def test_only_the_first_side_decides(told: Callable[..., list[str]]) -> None:
    """A response of a second side is refused with the reason: a turn has one decision yet."""
    side = ("  us: {title: Your act}\n", "  us: {title: Your act}\n  them: {title: Their act}\n")
    theirs = ("    instrument: informational\n", "    instrument: informational\n    side: them\n")
    assert any("responses.warn.side: belongs to them" in line for line in told(side, theirs))
