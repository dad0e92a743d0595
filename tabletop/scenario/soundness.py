"""Checks that a scenario holds together: ranges, the ladder, what is offered, endings, plans."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from keyword import iskeyword

from tabletop.scenario.expression import RESERVED
from tabletop.scenario.moves import CHANCE, QUIET, Inject
from tabletop.scenario.problem import Problem
from tabletop.scenario.schema import PlannedTurn, Scenario, Track
from tabletop.scenario.wording import did_you_mean, quote

PREVIOUS = "previous"
ANY = "any"

MOST: Mapping[str, int] = {
    "sides": 4, "actors": 40, "roles": 40, "camps": 8, "tracks": 16, "flags": 48,
    "assumptions": 24, "presets": 24, "aims": 8, "stages": 20, "transitions": 100,
    "supports": 9, "reactions": 20, "responses": 300, "tables": 60, "injects": 200,
    "events": 40, "endings": 30, "objectives": 20, "doctrines": 40, "timings": 20,
    "accepts": 100,
}  # fmt: skip
"""How many of each a scenario may have: enough for any, few enough to stay exact."""

MOST_BITS = 62

LEAST = (
    "roles", "sides", "actors", "tracks", "aims", "stages", "supports", "responses",
    "endings", "objectives",
)  # fmt: skip


def unsound(scenario: Scenario) -> Iterator[Problem]:
    """What does not hold together in a scenario of valid shape, apart from its odds and ladder."""
    yield from _counts(scenario)
    yield from _bits(scenario)
    yield from _names(scenario)
    yield from _draws(scenario)
    yield from _people(scenario)
    for name, track in scenario.tracks.items():
        yield from _track(name, track)
    yield from _flags(scenario)
    yield from _map(scenario)
    yield from _supports(scenario)
    for name, inject in scenario.injects.items():
        yield from _inject(name, inject, len(scenario.calendar))
    yield from _endings(scenario)
    yield from _doctrines(scenario)
    yield from _plans(scenario)


def _counts(scenario: Scenario) -> Iterator[Problem]:
    for name in LEAST:
        if not getattr(scenario, name):
            yield Problem((name,), "is empty: at least one entry is wanted", is_key=True)
    for name, most in MOST.items():
        count = len(getattr(scenario, name))
        if count > most:
            yield Problem((name,), f"has {count} entries, at most {most} wanted", is_key=True)


def _bits(scenario: Scenario) -> Iterator[Problem]:
    """A world keeps its flags in one integer, with a bit for each inject of several turns."""
    several = sum(len(part.turns or ()) > 1 for part in scenario.injects.values())
    if len(scenario.flags) + several + 1 > MOST_BITS:
        what = f"with {several} injects of several turns they need more than {MOST_BITS} bits"
        yield Problem(("flags",), what, is_key=True)


def _draws(scenario: Scenario) -> Iterator[Problem]:
    """Draws of one step are told apart by their names, and one side decides in a turn."""
    for name in scenario.tables:
        if name == "reaction" or name in scenario.events:
            taken = "reactions" if name == "reaction" else f"the event {name}"
            what = f"the name is taken by the draw of {taken}"
            yield Problem(("tables", name), what, is_key=True)
    first = next(iter(scenario.sides), None)
    for name, response in scenario.responses.items():
        if response.side not in (None, first) and response.side in scenario.sides:
            what = f"belongs to {response.side}, but only the first side, {first}, can decide yet"
            yield Problem(("responses", name, "side"), what)


def _names(scenario: Scenario) -> Iterator[Problem]:
    """Names that expressions could not tell apart, or could not hold at all."""
    taken: dict[str, str] = dict.fromkeys(RESERVED, "the language of guards")
    for group in ("tracks", "flags", "assumptions"):
        for name in getattr(scenario, group):
            if name in taken:
                yield Problem((group, name), f"the name is taken by {taken[name]}", is_key=True)
            taken.setdefault(name, f"{group[:-1]} {name}")
    spoken: list[tuple[tuple[str, ...], Collection[str]]] = [
        ((group,), getattr(scenario, group))
        for group in ("tracks", "flags", "assumptions", "stages", "aims")
    ]
    spoken += [
        (("assumptions", name, "values"), dial.values)
        for name, dial in scenario.assumptions.items()
    ]
    for path, names in spoken:
        for name in filter(iskeyword, names):
            yield Problem((*path, name), f"{name!r} is a word of the language", is_key=True)
    for name in {PREVIOUS, ANY} & set(scenario.stages):
        yield Problem(
            ("stages", name), f"{name!r} means something else in transitions", is_key=True
        )
    for name in set(scenario.sides) & set(scenario.actors):
        yield Problem(("actors", name), "the name is taken by a side", is_key=True)


def _people(scenario: Scenario) -> Iterator[Problem]:
    if CHANCE not in scenario.actors:
        what = f"the actor {CHANCE} is missing: what has no other cause is told as its doing"
        yield Problem(("actors",), what, is_key=True)
    deciding = [name for name, role in scenario.roles.items() if role.decides]
    if scenario.roles and len(deciding) != 1:
        who = f"these do: {', '.join(deciding)}" if deciding else "none does"
        yield Problem(("roles",), f"exactly one role decides; {who}", is_key=True)


def _track(name: str, track: Track) -> Iterator[Problem]:
    path = ("tracks", name)
    if (track.range is None) == (track.levels is None):
        yield Problem(path, "has either a range or levels", is_key=True)
    elif track.levels is not None:
        yield from _levels(path, track.levels, track.start)
    elif track.range is not None:
        low, high = track.range
        if low >= high:
            yield Problem((*path, "range"), f"runs from {low} to {high}: the first is not lower")
        elif not -1000 <= low <= high <= 1000:
            yield Problem((*path, "range"), "lies beyond -1000 to 1000")
        elif not isinstance(track.start, int):
            what = f"{quote(track.start)} is no number, and the track has a range"
            yield Problem((*path, "start"), what)
        elif not low <= track.start <= high:
            what = f"{track.start} lies outside the range from {low} to {high}"
            yield Problem((*path, "start"), what)


def _levels(path: tuple[str, str], levels: tuple[str, ...], start: int | str) -> Iterator[Problem]:
    if len(levels) < 2 or len(set(levels)) < len(levels):
        yield Problem((*path, "levels"), "are two or more different names")
    for place, level in enumerate(levels):
        if iskeyword(level):
            yield Problem((*path, "levels", place), f"{level!r} is a word of the language")
    if isinstance(start, int):
        yield Problem((*path, "start"), f"{start} is no level: it is one of {', '.join(levels)}")
    elif start not in levels:
        yield Problem(
            (*path, "start"), f"unknown level {quote(start)}{did_you_mean(start, levels)}"
        )


def _flags(scenario: Scenario) -> Iterator[Problem]:
    for name, flag in scenario.flags.items():
        if flag.remembers is None:
            continue
        path = ("flags", name, "remembers")
        of = scenario.flags.get(flag.remembers)
        if of is not None and of.lasts != "turn":
            what = f"{flag.remembers} lasts the whole game: only a flag of the turn is remembered"
            yield Problem(path, what)
        if flag.lasts == "turn":
            yield Problem(("flags", name, "lasts"), "would clear what the flag is to remember")


def _map(scenario: Scenario) -> Iterator[Problem]:
    theatre = scenario.theatre
    if theatre is None:
        return
    if theatre.west >= theatre.east or theatre.south >= theatre.north:
        yield Problem(("theatre",), "west lies west of east, and south lies south of north")
        return
    for name, place in theatre.places.items():
        inside = theatre.west <= place.longitude <= theatre.east
        if not inside or not theatre.south <= place.latitude <= theatre.north:
            yield Problem(("theatre", "places", name), "lies outside the theatre", is_key=True)


def _supports(scenario: Scenario) -> Iterator[Problem]:
    first = next(iter(scenario.supports), None)
    if first is not None and scenario.supports[first].when is not None:
        what = "the first support goes with a response when nothing else is chosen: it has no when"
        yield Problem(("supports", first, "when"), what, is_key=True)


def _inject(name: str, inject: Inject, last: int) -> Iterator[Problem]:
    path = ("injects", name)
    if name == QUIET:
        yield Problem(path, f"{QUIET!r} stands for a turn without an inject", is_key=True)
    if (inject.turn is None) == (inject.turns is None):
        yield Problem(path, "has either a turn (scheduled) or turns (by chance)", is_key=True)
    elif inject.turns is not None and inject.weight is None:
        yield Problem(path, "comes by chance and needs a weight", is_key=True)
    elif inject.turn is not None and inject.weight is not None:
        yield Problem((*path, "weight"), "is scheduled and has no weight", is_key=True)
    if inject.turn is not None and inject.turn > last:
        yield Problem((*path, "turn"), f"{inject.turn} is past the last turn, {last}")
    if inject.turns is not None:
        yield from turns_within((*path, "turns"), inject.turns, last)


def turns_within(path: tuple[str, ...], turns: tuple[int, ...], last: int) -> Iterator[Problem]:
    """Turns of a list that are no turns of the calendar."""
    if not turns:
        yield Problem(path, "is empty: list at least one turn")
    for place, turn in enumerate(turns):
        if not 1 <= turn <= last:
            yield Problem((*path, place), f"{turn} is no turn: they run from 1 to {last}")
        elif turn in turns[:place]:
            yield Problem((*path, place), f"turn {turn} is listed twice")


def _endings(scenario: Scenario) -> Iterator[Problem]:
    last = list(scenario.endings)[-1] if scenario.endings else None
    for name, ending in scenario.endings.items():
        path = ("endings", name)
        if name != last and ending.when is None:
            what = "has no when, so that no ending after it can come: only the last has none"
            yield Problem(path, what, is_key=True)
        if name == last and ending.when is not None:
            what = "the last ending takes whatever is left: it has no when"
            yield Problem((*path, "when"), what, is_key=True)
        if name == last and ending.at == ANY:
            yield Problem((*path, "at"), "would end every game in its first turn")
        for camp in scenario.camps:
            if camp not in ending.camps:
                yield Problem((*path, "camps"), f"what {camp} would say is missing", is_key=True)
    for name, objective in scenario.objectives.items():
        for valued in scenario.endings:
            if valued not in objective.values:
                what = f"the value of {valued} is missing"
                yield Problem(("objectives", name, "values"), what, is_key=True)


def _doctrines(scenario: Scenario) -> Iterator[Problem]:
    for name, doctrine in scenario.doctrines.items():
        if doctrine.uniform and doctrine.rules:
            what = "chooses with equal chance (uniform) and so has no rules"
            yield Problem(("doctrines", name, "rules"), what, is_key=True)


def _plans(scenario: Scenario) -> Iterator[Problem]:
    last = len(scenario.calendar)
    for name, timing in scenario.timings.items():
        path = ("timings", name, "turns")
        if len(timing.turns) != last:
            what = f"plans {len(timing.turns)} turns, and the calendar has {last}"
            yield Problem(path, what, is_key=True)
        for place, planned in enumerate(timing.turns):
            for what in _planned(planned):
                yield Problem((*path, place), what)


def _planned(planned: PlannedTurn) -> Iterator[str]:
    wanted = {"preset": "response"}.get(planned.mode)
    allowed = {"preset": ("response", "support"), "standing": ("doctrine",)}.get(planned.mode, ())
    if wanted is not None and getattr(planned, wanted) is None:
        yield f"a {planned.mode} turn needs a {wanted}"
    for given in ("response", "support", "doctrine"):
        if getattr(planned, given) is not None and given not in allowed:
            yield f"a {planned.mode} turn has no {given}"
