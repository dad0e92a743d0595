"""What a seat does that asks for words or a choice first, one flow an act."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, NamedTuple

from tabletop.errors import ActionError
from tabletop.exercise.asking import Asker, Blank, Option
from tabletop.exercise.hour.actions import Dissent, Guess, HourAction, Prefer, Stand, Ticket
from tabletop.exercise.hour.view import HourView
from tabletop.exercise.table import Action, Declare
from tabletop.exercise.view import FORECASTS, View


class Sitting(NamedTuple):
    """Where an act of a seat starts from."""

    seat: str
    view: View
    hour: HourView
    asker: Asker


Flow = Callable[[Sitting], Awaitable[tuple[Action | HourAction, str]]]
"""Asks what it needs; the act, and what is told when it is done. Raises `LeftError`."""


async def _words(sitting: Sitting, title: str, label: str) -> str:
    (text,) = await sitting.asker.fill(title, [Blank(label, long=True)])
    return text


async def why(sitting: Sitting) -> tuple[Action | HourAction, str]:
    """A reason for the preference."""
    preferred = sitting.hour.preference
    if preferred is None:
        raise ActionError("first prefer something: open its card and press Enter")
    said = await _words(sitting, "Why do you prefer it?", "Your reason")
    return Prefer(sitting.seat, preferred, said), "Your reason is kept."


async def dissent(sitting: Sitting) -> tuple[Action | HourAction, str]:
    """Why the seat would have chosen otherwise."""
    said = await _words(sitting, "Why would you have chosen otherwise?", "Your dissent")
    return Dissent(sitting.seat, said), "It is on the record."


async def objective(sitting: Sitting) -> tuple[Action | HourAction, str]:
    """By what the team values how it ends."""
    options = [Option(each.id, each.title, each.text) for each in sitting.view.objectives]
    chosen = await sitting.asker.pick("What does your team want?", options)
    return Declare(sitting.seat, chosen), "It is declared."


async def guess(sitting: Sitting) -> tuple[Action | HourAction, str]:
    """A forecast for another team's turn."""
    teams = [Option(row.team, row.team, row.stage_title) for row in sitting.hour.teams]
    if not teams:
        raise ActionError("no other team plays now")
    team = await sitting.asker.pick("For which team?", teams)
    answers = [Option(str(percent), words) for percent, words in FORECASTS]
    chosen = await sitting.asker.pick(sitting.view.forecast.question, answers)
    return Guess(sitting.seat, team, int(chosen)), f"Your forecast for {team} is kept."


async def standing(sitting: Sitting) -> tuple[Action | HourAction, str]:
    """The doctrine that plays the turns that nobody decides."""
    team = sitting.hour.team
    options = [Option(each, title) for each, title in sitting.hour.doctrines]
    now = "" if team is None else team.standing
    chosen = await sitting.asker.pick("Who plays the turns that nobody decides?", options, now)
    order = Stand("" if team is None else team.team, chosen, sitting.seat)
    return order, "Your standing order is given."


async def ticket(sitting: Sitting) -> tuple[Action | HourAction, str]:
    """The exit ticket."""
    said = await _words(sitting, "Exit ticket", "What do you think otherwise now?")
    return Ticket(sitting.seat, said), "Handed in."


FLOWS: Final[Mapping[str, Flow]] = {
    "why": why,
    "dissent": dissent,
    "objective": objective,
    "guess": guess,
    "standing": standing,
    "ticket": ticket,
}
ALLOWED: Final[Mapping[str, tuple[str, str]]] = {
    "why": ("prefer", "there is nothing to prefer now"),
    "dissent": ("dissent", "a dissent needs a locked choice that you did not prefer"),
    "objective": ("declare", "the head of the team declares it, before play"),
    "guess": ("guess", "you can forecast for others while you wait for them"),
    "standing": ("stand", "the head of the team gives the standing order"),
    "ticket": ("ticket", "the exit ticket comes at the end"),
    "flash": ("answer", "the head of the team answers what must be answered at once"),
    "lock": ("lock", "your team's choice is not yours to lock now"),
    "choose": ("prefer", "there is nothing to prefer now"),
}
"""By act: what the hour must allow, and what is told where it does not."""
