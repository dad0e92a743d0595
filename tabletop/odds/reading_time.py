"""Whether what a plan gives people to read can be read in the minutes that it gives them.

Silent readers of English non-fiction read 238 words a minute (Brysbaert, "How many words
do we read per minute? A review and meta-analysis of reading rate", Journal of Memory and
Language 109, 2019). That is for adults and their own language; a class may want more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median_low
from typing import TYPE_CHECKING

from tabletop.odds.choosing import ANYTHING
from tabletop.rules.compiler import compile_program
from tabletop.rules.playout import finish
from tabletop.rules.start import begin
from tabletop.scenario.findings import Noticed

if TYPE_CHECKING:
    from tabletop.rules.play import Happening
    from tabletop.scenario.schema import Scenario, Timing

WORDS_A_MINUTE = 238
GAMES = 100
"""Games of each plan, played at random, of which the median is held against the clock."""


def long_readings(scenario: Scenario) -> Iterator[Noticed]:
    """Where a plan gives less time than it takes to read what is new.

    Before play that is the summary, the note and the longest brief of a role. In a decided
    turn it is what opens it, the news, and the brief of a stage that was not entered before,
    in the median of `GAMES` random games, against the first phase. After play it is the
    longest ending with what each camp says, against all that is planned then.
    """
    for name, timing in scenario.timings.items():
        before = {"summary": words(scenario.summary), "note": words(scenario.content_note)}
        before |= _longest("role", _roles(scenario))
        yield from _told(name, "before", timing.before, "before play", before)
        yield from _turns(scenario, name, timing)
        endings = {
            ending: words(each.epilogue, *each.camps.values())
            for ending, each in scenario.endings.items()
        }
        after = sum(timing.after.values())
        yield from _told(name, "after", after, "after play", _longest("ending", endings))


def _turns(scenario: Scenario, name: str, timing: Timing) -> Iterator[Noticed]:
    phase = next(iter(timing.turn), None)
    if phase is None:
        return
    program = compile_program(scenario, plan=name)
    read: dict[int, list[dict[str, int]]] = {}
    for seed in range(GAMES):
        log: list[Happening] = []
        finish(begin(program, seed, log=log), ANYTHING)
        for turn, parts in _read(scenario, log):
            read.setdefault(turn, []).append(parts)
    for turn, planned in enumerate(timing.turns, 1):
        if planned.mode == "decided" and turn in read:
            totals = [sum(parts.values()) for parts in read[turn]]
            typical = read[turn][totals.index(median_low(totals))]
            when = f"turn {turn}, {phase}, in half of all random games"
            yield from _told(name, f"turn_{turn}", timing.turn[phase], when, typical)


def _read(scenario: Scenario, log: Iterable[Happening]) -> Iterator[tuple[int, dict[str, int]]]:
    """By turn of one game: the words of all that was new in it."""
    stages = list(scenario.stages)
    entered = {stages[0]: 1}
    read: dict[int, dict[str, int]] = {}
    last = 0
    for happening in log:
        if happening.kind == "inject":
            news = words(scenario.injects[happening.id].text)
            read.setdefault(happening.turn, {})[happening.id] = news
        elif happening.kind == "ladder":
            entered.setdefault(happening.outcome, happening.turn + 1)
        last = happening.turn
    for turn, moment in enumerate(scenario.calendar[:last], 1):
        new = [name for name, when in entered.items() if when == turn]
        briefs = {name: words(scenario.stages[name].brief) for name in new}
        yield turn, {"opening": words(moment.text), **briefs, **read.get(turn, {})}


def _told(
    plan: str, part: str, minutes: float, when: str, texts: dict[str, int]
) -> Iterator[Noticed]:
    total = sum(texts.values())
    if total <= minutes * WORDS_A_MINUTE:
        return
    parts = ", ".join(f"{name} {count}" for name, count in texts.items() if count)
    what = (
        f"{when}: {total} words to read ({parts}) take {total / WORDS_A_MINUTE:.1f} minutes at "
        f"{WORDS_A_MINUTE} a minute, more than the {minutes:g} planned"
    )
    path = ("timings", plan, part.split("_", maxsplit=1)[0])
    yield Noticed("long reading", f"{plan}.{part}", path, what, "give it longer, or cut texts")


def _roles(scenario: Scenario) -> dict[str, int]:
    return {
        name: words(role.brief, role.private, *(goal.text for goal in role.goals))
        for name, role in scenario.roles.items()
    }


def _longest(kind: str, counts: dict[str, int]) -> dict[str, int]:
    name = max(counts, key=lambda each: counts[each])
    return {f"{kind} {name}": counts[name]}


def words(*texts: str | None) -> int:
    """How many words some texts have together."""
    return sum(len(text.split()) for text in texts if text)
