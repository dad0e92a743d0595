"""What control lets everybody see: the projector, reasons that it has read first, the debrief."""

from __future__ import annotations

from typing import get_args

from tabletop.errors import ActionError
from tabletop.exercise.asking import Option
from tabletop.exercise.console.leading import Leading
from tabletop.exercise.console.wording import SHOWN
from tabletop.exercise.hour.actions import Share, Show, Shown

_NOTES = {
    "join": "address, code and QR code",
    "situation": "one team's brief, gauges and news",
    "ladder": "where every team stands",
    "reasons": "you read them first; no individual is named",
    "debrief": "endings, the adversary's aim, questions for the hot wash",
    "nothing": "a dark wall with the clock",
}
_KINDS = {"reason": "reason", "dissent": "dissent", "preference": "preference"}


async def show(at: Leading) -> str:
    """Something else on the projector."""
    hour = at.hour
    closed = {
        "reasons": "" if hour.said else "nobody has given a reason yet",
        "situation": "" if hour.begun else "play has not begun",
        "ladder": "" if hour.begun else "play has not begun",
        "debrief": "" if hour.begun else "play has not begun",
    }
    options = [
        Option(what, words.capitalize(), _NOTES[what], closed.get(what, ""))
        for what, words in SHOWN.items()
    ]
    chosen = await at.ask.pick("The projector shows", options, hour.shown.what)
    what: Shown = next(each for each in get_args(Shown) if each == chosen)
    if what == "reasons":
        return await reasons(at)
    team = ""
    if what == "situation":
        team = (await at.a_team("Whose situation?")).team
    await at.send(Show(what, team))
    return f"The projector shows {SHOWN[what]}{f' of team {team}' if team else ''}."


async def reasons(at: Leading) -> str:
    """Reasons and dissents on the projector: those that control lets through, without names."""
    said = [each for each in at.hour.said if at.team in ("", each.team)] or list(at.hour.said)
    if not said:
        raise ActionError("nobody has given a reason yet")
    options = [
        Option(
            str(each.number),
            each.text,
            f"{each.team}, turn {each.turn}, {_KINDS[each.kind]} for {each.response_title}",
        )
        for each in reversed(said)
    ]
    shown = at.hour.shown
    before = [str(each.number) for each in shown.reasons] if shown.what == "reasons" else []
    chosen = await at.ask.several(
        "Which reasons may the class read? No name is shown.", options, before
    )
    await at.send(Show("reasons", at.team, tuple(int(each) for each in chosen)))
    return f"{len(chosen)} of {len(options)} reasons are on the projector."


async def share(at: Leading) -> str:
    """Release the debrief to every page."""
    if at.hour.shared:
        raise ActionError("the debrief is released already")
    if not at.table.record.over:
        raise ActionError("the debrief is released once every team has come to its end")
    await at.ask.sure(
        "Release the debrief to every page?",
        "Every student then reads the adversary's aim, the history and what was sealed.",
    )
    await at.send(Share())
    return "The debrief is on every page."
