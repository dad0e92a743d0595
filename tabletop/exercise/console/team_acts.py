"""What control does with a team: enter its choice, unlock, standing order, another line of play."""

from __future__ import annotations

from uuid import uuid4

from tabletop.errors import ActionError
from tabletop.exercise.asking import Blank, Option
from tabletop.exercise.console.deck import turns
from tabletop.exercise.console.leading import Leading
from tabletop.exercise.hour.actions import Enter, Rewind, Stand, Unlock
from tabletop.exercise.hour.people import heads_of
from tabletop.exercise.hour.view import TeamRow
from tabletop.exercise.table import Answer, Viewer
from tabletop.exercise.view import View

_NONE = "-"


def _cannot_enter(row: TeamRow) -> str:
    if row.ending:
        return "it has ended"
    return "its choice is locked: unlock it first" if row.locked else ""


async def enter(at: Leading) -> str:
    """Control enters a team's choice, or its answer to a flash decision."""
    row = await at.a_team("Whose choice do you enter?", _cannot_enter)
    view = at.table.view(Viewer("team", row.team))
    if view.flash is not None:
        return await _answer(at, row.team, view)
    if view.phase != "deciding":
        raise ActionError(f"team {row.team} has nothing to decide now")
    options = [
        Option(each.id, each.title, each.instrument, "" if each.supports else each.closed or "")
        for each in view.responses
    ]
    response = await at.ask.pick(f"What did team {row.team} choose?", options)
    supports = next(each.supports for each in view.responses if each.id == response)
    support = supports[0]
    if len(supports) > 1:
        beside = [
            Option(each.id, each.title, each.act) for each in view.supports if each.id in supports
        ]
        support = await at.ask.pick("What goes with it?", beside)
    percents = [Option(str(each), words) for each, words in view.forecast.answers]
    said = await at.ask.pick(
        view.forecast.question, [*percents, Option(_NONE, "They gave no forecast")]
    )
    (reason,) = await at.ask.fill(
        f"Why did team {row.team} choose that?",
        [Blank("Reason", hint="as they wrote it, or nothing", needed=False)],
    )
    forecast = None if said == _NONE else int(said)
    await at.send(Enter(row.team, response, support, reason or None, forecast))
    title = next(each.title for each in view.responses if each.id == response)
    return f"Team {row.team} is locked: {title}."


async def _answer(at: Leading, team: str, view: View) -> str:
    assert view.flash is not None
    options = [Option(each.id, each.title, each.act) for each in view.flash.answers]
    chosen = await at.ask.pick(f"Team {team}: {view.flash.title}", options)
    head = heads_of(at.table.record, team)[0]
    await at.table.send(Answer(head, chosen), uuid4().hex)
    title = next(each.title for each in view.flash.answers if each.id == chosen)
    return f"Team {team} answered: {title}."


async def unlock(at: Leading) -> str:
    """Open a team's locked choice again, before the reveal."""
    row = await at.a_team(
        "Whose choice do you open again?",
        lambda each: "" if each.locked and not each.ending else "it has locked nothing",
    )
    await at.ask.sure(
        f"Open the choice of team {row.team} again?",
        "What they locked is put aside; they must lock anew before the reveal.",
    )
    await at.send(Unlock(row.team))
    return f"Team {row.team} decides again."


async def standing(at: Leading) -> str:
    """The doctrine that plays a team's turns that nobody decides."""
    row = await at.a_team(
        "Whose standing order?", lambda each: "it has ended" if each.ending else ""
    )
    options = [Option(name, title) for name, title in at.hour.doctrines]
    chosen = await at.ask.pick(f"The standing order of team {row.team}", options, row.standing)
    await at.send(Stand(row.team, chosen))
    return f"Standing order of team {row.team}: {dict(at.hour.doctrines)[chosen]}."


async def rewind(at: Leading) -> str:
    """A new line of play for a team from an earlier turn; nothing is erased."""
    row = await at.a_team(
        "Which team goes back?", lambda each: "" if each.line else "it does not play yet"
    )
    line = at.table.record.newest(row.team)
    known = turns(line) if line is not None else ()
    if not known:
        raise ActionError(f"team {row.team} has decided nothing yet")
    options = [Option(str(turn), f"Turn {turn}", words) for turn, words in known]
    turn = int(await at.ask.pick(f"Team {row.team} goes back to", options, str(known[-1][0])))
    luck = await at.ask.pick(
        "With which luck?",
        [
            Option("new", "New luck", "what chance brings from there is drawn anew"),
            Option("same", "The same luck", "forecasts under luck already seen are not scored"),
        ],
    )
    (reason,) = await at.ask.fill("For the record", [Blank("Reason")])
    await at.ask.sure(
        f"Take team {row.team} back to turn {turn}?",
        "A new line begins there; the old one stays in the save.",
    )
    await at.send(Rewind(row.team, turn, reason, same_luck=luck == "same"))
    return f"Team {row.team} plays on from turn {turn} as line {at.row(row.team).line}."
