"""How control overrules an adjudication: another outcome of a draw, or plain effects and facts."""

from __future__ import annotations

from tabletop.errors import ActionError
from tabletop.exercise.asking import Blank, Option
from tabletop.exercise.console.clock_acts import number_in
from tabletop.exercise.console.deck import DrawCard, draws, flags, gauges
from tabletop.exercise.console.leading import Leading
from tabletop.exercise.hour.view import TeamRow
from tabletop.exercise.line import Line
from tabletop.exercise.table import Override

_EFFECTS, _DONE = "effects", "done"


def _plays(row: TeamRow) -> str:
    return "" if row.line else "it does not play yet"


async def override(at: Leading) -> str:
    """Another outcome of a draw; from the same list, one key further, effects and facts."""
    row = await at.a_team("Whose adjudication do you overrule?", _plays)
    cards = draws(at.table.record, row.team)
    options = [
        Option(card.site, card.title, f"turn {card.turn}: {_brought(card)}")
        for card in reversed(cards)
    ]
    options.append(
        Option(_EFFECTS, "Effects and facts instead", "move gauges and set facts by hand")
    )
    site = await at.ask.pick(f"Overrule what, for team {row.team}?", options)
    if site == _EFFECTS:
        return await effects(at.about(row.team))
    card = next(each for each in cards if each.site == site)
    outcomes = [
        Option(name, title, "", "this is what came" if name == card.outcome else "")
        for name, title in card.outcomes
    ]
    outcome = await at.ask.pick(card.title, outcomes)
    title = dict(card.outcomes)[outcome]
    (reason,) = await at.ask.fill("For the record", [Blank("Reason")])
    await at.ask.sure(
        f"Let it be “{title}” for team {row.team}?",
        "Everything that chance brought after it is drawn again. The team is told of it.",
    )
    await at.send(Override(row.line, reason, site, outcome))
    return f"Overruled for team {row.team}: {title}."


def _brought(card: DrawCard) -> str:
    return dict(card.outcomes).get(card.outcome, card.outcome)


async def effects(at: Leading) -> str:
    """Move gauges and set or clear facts of a team's world by hand."""
    row = await at.a_team("Whose world do you change?", _plays)
    line = at.table.record.newest(row.team)
    if line is None:
        raise ActionError(f"team {row.team} does not play yet")
    moves, facts = await _asked(at, row.team, line)
    if not (moves or facts):
        raise ActionError("nothing was changed")
    (reason,) = await at.ask.fill("For the record", [Blank("Reason")])
    await at.ask.sure(
        f"Change the world of team {row.team} by hand?",
        "It is on the record as yours, and no longer what the rules said.",
    )
    await at.send(
        Override(
            row.line,
            reason,
            effects=tuple(moves.items()),
            sets=tuple(name for name, holds in facts.items() if holds),
            clears=tuple(name for name, holds in facts.items() if not holds),
        )
    )
    return f"The world of team {row.team} was changed by hand."


async def _asked(at: Leading, team: str, line: Line) -> tuple[dict[str, int], dict[str, bool]]:
    """Gauges with what is added to them, and facts with whether they hold from now on."""
    moves: dict[str, int] = {}
    facts: dict[str, bool] = {}
    known = {card.id: card for card in gauges(line)}
    held = {card.id: card for card in flags(line)}
    while True:
        options = [Option(_DONE, "That is all", "go on to the reason")]
        options += [
            Option(f"+{card.id}", card.title, _gauge_note(card.value, card.high, moves, card.id))
            for card in known.values()
        ]
        options += [
            Option(f"={card.id}", card.title, "holds" if facts.get(card.id, card.holds) else "no")
            for card in held.values()
        ]
        chosen = await at.ask.pick(f"What changes for team {team}?", options)
        name = chosen[1:]
        if chosen == _DONE:
            break
        if chosen[0] == "+":
            card = known[name]
            about = f"{card.title} stands at {card.value}, from {card.low} to {card.high}"
            (text,) = await at.ask.fill(about, [Blank("By how much", hint="2, or -1")])
            moves[name] = number_in(text, "a gauge moves by a whole number")
        else:
            facts[name] = not facts.get(name, held[name].holds)
    return (
        {name: delta for name, delta in moves.items() if delta},
        {name: holds for name, holds in facts.items() if holds != held[name].holds},
    )


def _gauge_note(value: int, high: int, moves: dict[str, int], name: str) -> str:
    moved = moves.get(name, 0)
    return f"{value} of {high}" + (f", {moved:+}" if moved else "")
