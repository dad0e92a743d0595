"""Writes docs/model.md from the shipped crisis and its exact odds: `python -m tools.model_page`.

The words are here and in the scenario; every figure is worked out, and stands in the page a
second time as data, so that a test can hold the page against the program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tabletop.odds.sensitivity import FACTOR, TOP
from tabletop.scenario.schema import Assumption, Scenario
from tools.model_figures import RANDOM, Figures, Promise, accepted, figures, promises, shipped

PAGE = Path(__file__).resolve().parent.parent / "docs" / "model.md"
_DATA = re.compile(r"^<!-- figures\n(.*?)\n-->$", re.MULTILINE | re.DOTALL)

HEAD = """\
# What the model assumes, gives, and how far to trust it

Written by `python -m tools.model_page` from the scenario and its exact odds; no figure is typed,
and a test holds them against the program. They are for *{title}*, version {version}, with every
dial at its default; program `{program}`.

A game here is a few decisions and many draws. Behind each draw stand weights: whole numbers that
the authors wrote, such as three for *they launch* and five for *they wait*. Add them up and you
have chances. **The weights are judgement. What follows from them is arithmetic**, and the
arithmetic is done in full: every choice and every draw is counted, nothing is sampled.
"""

ASSUMES = """\
## What it assumes

The disputes that matter most are dials. Whoever disagrees turns one before a game, on the screen
or with `--assume`, and the odds change with it. A value's number is a weight, or a part of one:
only its size beside the other weights of the same draw means anything.
"""

AIMS = """\
### What the adversary wants

One of these is drawn before a game, by the dial *{prior}*, and stays hidden until the end.
"""

PRESETS = """\
### The world as each camp sees it

A preset sets several dials at once. Where a camp's reading names no value, the default stays.
"""

NUMBERS = """\
### Everything else

{numbers} numbers that weigh what may happen count with the dials as they stand, all in plain sight
in the file of the scenario: how the adversary answers each choice, what else a year brings. The
effects of every card on the tracks are judgement too. And the ladder itself is an assumption: that
tension, pressure or an alliance can be told on a short scale at all is the first of them. One side
decides and one answers; a turn is some weeks; parliaments, elections and accidents come only where
a card names them.
"""

GIVES = """\
## What it gives

How a game ends, in games of a hundred, when a doctrine plays it: the exact odds, averaged over
what the adversary may want. A doctrine is a short list of rules, kept to whatever happens;
*{random}* takes every open choice with equal chance.
"""

CAMPS = """\
### By each camp's own lights

Each camp says beforehand which endings it would accept. In games of a hundred, this is how often
each doctrine reaches one of them:
"""

WORLDS = """\
And the camps' own doctrines in the world as each camp sees it, that is, under each preset:
"""

BOUNDS = """\
### By each objective

Objectives say what every ending is worth, from 0 to 100. This is the mean worth of a game. *Best*
and *worst play* **know the adversary's aim** and every chance, which no player does: the best is
an upper bound of what anybody could reach, the worst a lower bound of what anybody could spoil.
Between them lies what decisions can do; what is missing above the best play is out of anybody's
hands.
"""

HANGS = """\
## What the odds hang on most

How hard each weight pulls was worked out by its derivative. The {top} that pull hardest were then
multiplied and divided by {factor}, and every dial was turned to each of its values, one at a time
and with a camp's own doctrine playing. These change most: *moved* is how many games of a hundred
end otherwise, *accepts* how many end as that camp would accept.
"""

TRUST = """\
## How far to trust it

- **It is a teaching model with visible numbers, not a prediction.** Nobody knows how likely a war
  was in that year, and this page does not either. It knows what follows if the weights are
  granted.
- **Exact** is the counting: given the weights, the shares above are right to the last digit
  shown, for every order of choices and draws. The tests hold the counting against games that were
  played, a plain recursive solver and, on small scenarios, the model checker Storm. **Judgement**
  is everything that is counted.
- **It has hindsight.** Its authors knew how the year ended. The weights are set so that history,
  played again, remains likely; roads that nobody took have no record to lean on.
- **Bounds are no marks.** Best play knows what was hidden from the room. To have fallen short of
  it is no fault, and a decision that turned out badly need not have been a bad one.
- **It was tuned so that neither camp's policy clearly wins. That is a choice for teaching and no
  finding.** Never say in class that the model shows both camps to be right: it was made so that
  the class has to argue. The bounds that the tuning keeps are below.
- **Small differences mean nothing.** Where two shares are closer than what one dial moves, say
  that the model cannot separate them.

{promises}

A use in class: let the camps choose their dials first, read the row of each camp's world, and ask
what evidence would move anybody from one row to the other. [odds.md](odds.md) tells how to ask
for odds of your own: `tabletop odds {id} --assume DIAL=VALUE`, and `--sensitivity` for the
section before this one.
"""


def page(scenario: Scenario, found: Figures) -> str:
    """The whole page, from the scenario's texts and its figures."""
    doctrines = scenario.doctrines
    head = HEAD.format(title=scenario.title, version=scenario.version, program=found.program[:16])
    promised = _promises(promises(scenario, found.odds, found.icbm) + _reach(found))
    parts = [
        head,
        ASSUMES,
        *(_dial(each) for each in scenario.assumptions.values()),
        AIMS.format(prior=scenario.assumptions["prior"].title),
        _aims(scenario, found),
        PRESETS,
        _presets(scenario),
        NUMBERS.format(numbers=found.numbers),
        GIVES.format(random=doctrines[RANDOM].title),
        _endings(scenario, found),
        CAMPS,
        _camps(scenario, found),
        WORLDS,
        _worlds(scenario, found),
        BOUNDS,
        _bounds(scenario, found),
        HANGS.format(top=TOP, factor=FACTOR),
        *_hangs_on(scenario, found),
        TRUST.format(promises=promised.rstrip("\n"), id=scenario.id),
        "<!-- figures\n" + json.dumps(found.as_data(), indent=1, ensure_ascii=False) + "\n-->\n",
    ]
    return "\n".join(parts)


def read(text: str) -> Figures:
    """The figures that a page carries; raises `ValueError` where it has none."""
    block = _DATA.search(text)
    if block is None:
        raise ValueError("the page carries no figures")
    return Figures(**json.loads(block[1]))


def _dial(dial: Assumption) -> str:
    values = ", ".join(
        f"**{name} ({number}), the default**" if name == dial.default else f"{name} ({number})"
        for name, number in dial.values.items()
    )
    return f"**{dial.title}** {_flat(dial.text)}  \nValues: {values}.\n"


def _aims(scenario: Scenario, found: Figures) -> str:
    return _list(
        f"**{aim.title}** ({_percent(found.aims[name])} games of a hundred): {_flat(aim.text)}"
        for name, aim in scenario.aims.items()
    )


def _presets(scenario: Scenario) -> str:
    presets = scenario.presets.values()
    rows = [
        [dial.title, dial.default, *(preset.set.get(name, dial.default) for preset in presets)]
        for name, dial in scenario.assumptions.items()
    ]
    return _table(["dial", "default", *(preset.title for preset in presets)], rows)


def _endings(scenario: Scenario, found: Figures) -> str:
    rows = [
        [ending.title, *(_percent(found.odds[each][name]) for each in scenario.doctrines)]
        for name, ending in scenario.endings.items()
    ]
    titles = [doctrine.title for doctrine in scenario.doctrines.values()]
    return _table(["ending", *titles], rows, numbers=True)


def _camps(scenario: Scenario, found: Figures) -> str:
    lines = _list(
        f"**{camp.title}**: {_titles(scenario, camp.accepts)}. "
        f"Own doctrine: *{scenario.doctrines[camp.doctrine].title}*; the one that reaches "
        f"them most often: *{scenario.doctrines[_readiest(found, camp.accepts)].title}*."
        for camp in scenario.camps.values()
    )
    rows = []
    for name, doctrine in scenario.doctrines.items():
        shares = [accepted(found.odds[name], camp.accepts) for camp in scenario.camps.values()]
        own = [camp.doctrine == name for camp in scenario.camps.values()]
        told = [_percent(share) for share in shares]
        marked = [f"**{share}**" if mine else share for share, mine in zip(told, own, strict=True)]
        rows.append([doctrine.title, *marked])
    heads = ["doctrine", *(f"accepted by: {camp.title}" for camp in scenario.camps.values())]
    return lines + "\n" + _table(heads, rows, numbers=True)


def _readiest(found: Figures, endings: tuple[str, ...]) -> str:
    """The doctrine under which some endings are likeliest."""
    return max(found.odds, key=lambda name: accepted(found.odds[name], endings))


def _worlds(scenario: Scenario, found: Figures) -> str:
    camps = scenario.camps
    heads = [
        f"*{scenario.doctrines[camp.doctrine].title}*, accepted by its camp"
        for camp in camps.values()
    ]
    standing = [
        _percent(accepted(found.odds[camp.doctrine], camp.accepts)) for camp in camps.values()
    ]
    rows = [["Every dial at its default", *standing]]
    for name, preset in scenario.presets.items():
        rows.append([preset.title, *(_percent(found.worlds[name][camp]) for camp in camps)])
    return _table(["world", *heads], rows, numbers=True)


def _bounds(scenario: Scenario, found: Figures) -> str:
    rows = []
    for name, objective in scenario.objectives.items():
        values = {each: _mean(found, name, each) for each in scenario.doctrines}
        sound = {each: value for each, value in values.items() if each != RANDOM}
        foremost = max(sound, key=lambda each: sound[each])
        bounds = found.bounds[name]
        told = [bounds["worst"], values[RANDOM], sound[foremost], bounds["best"]]
        cells = [_points(value) for value in told]
        cells[2] += f" ({scenario.doctrines[foremost].title})"
        rows.append([objective.title, *cells])
    heads = ["worst play (lower bound)", "at random", "foremost doctrine"]
    return _table(["objective", *heads, "best play (upper bound)"], rows, numbers=True)


def _mean(found: Figures, objective: str, doctrine: str) -> float:
    worth = found.worth[objective]
    return sum(worth[ending] * chance for ending, chance in found.odds[doctrine].items())


def _reach(found: Figures) -> list[Promise]:
    """What skill can add: the least that best play is ahead of random play."""
    ahead = [each["best"] - _mean(found, name, RANDOM) for name, each in found.bounds.items()]
    text = "How far best play is ahead of random play, for the objective where it is least"
    return [Promise(text, min(ahead), least=0.25)]


def _hangs_on(scenario: Scenario, found: Figures) -> Iterable[str]:
    for name, camp in scenario.camps.items():
        title = scenario.doctrines[camp.doctrine].title
        present = accepted(found.odds[camp.doctrine], camp.accepts)
        yield f"*{title}* ({camp.title}), which as things stand brings {_percent(present)}:\n"
        yield _table(
            ["what is changed", "as written", "moved", "accepts, from lowest to highest"],
            [_swing(bar, present) for bar in found.hangs_on[name]],
        )


def _swing(bar: Mapping[str, Any], present: float) -> list[str]:
    told = {reading["accepted"]: reading["setting"] for reading in bar["readings"]}
    told.setdefault(present, bar["written"])
    low, high = min(told), max(told)
    span = f"{_percent(low)} ({told[low]}) to {_percent(high)} ({told[high]})"
    kind = "dial" if bar["kind"] == "assumption" else "weight"
    return [f"{bar['title']} ({kind})", bar["written"], _percent(bar["moved"]), span]


def _promises(kept: Sequence[Promise]) -> str:
    rows = []
    for promise in kept:
        least, most = _percent(promise.least), _percent(promise.most)
        bound = f"{least} to {most}"
        if promise.most == 1:
            bound = "above 0" if promise.least < 0.001 else f"at least {least}"
        elif promise.least == 0:
            bound = f"at most {most}"
        rows.append([promise.text, bound, _percent(promise.value)])
    return _table(["what the tuning keeps", "bound", "is"], rows)


def _titles(scenario: Scenario, endings: Iterable[str]) -> str:
    return "; ".join(scenario.endings[ending].title for ending in endings)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = False) -> str:
    rule = ["---", *(["---:" if numbers else "---"] * (len(heads) - 1))]
    cells = [heads, rule, *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells) + "\n"


def _cell(text: str) -> str:
    return _flat(text).replace("|", "\\|")


def _list(lines: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _percent(share: float) -> str:
    return "0" if share == 0 else "<0.1" if share < 0.0005 else f"{100 * share:.1f}"


def _points(worth: float) -> str:
    return f"{100 * worth:.0f}"


if __name__ == "__main__":
    crisis = shipped()
    PAGE.write_text(page(crisis, figures(crisis)), encoding="utf-8", newline="\n")
