"""Lets a doctrine play a seat: for demonstrations, empty seats and scripts."""

from __future__ import annotations

from typing import NamedTuple
from uuid import uuid4

from tabletop.errors import UsageError
from tabletop.exercise.conduct import own_line
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.table import SOLO, Action, Answer, Begin, Decide, HandOver
from tabletop.rules.doctrine import answer, choose
from tabletop.rules.play import Play
from tabletop.rules.program import Policy


def policy_of(table: LocalTable, doctrine: str) -> Policy:
    """The doctrine of that name; raises `UsageError` with the known ones."""
    policies = table.record.program.policies
    if doctrine not in policies:
        raise UsageError(f"unknown doctrine {doctrine!r}: this scenario has {', '.join(policies)}")
    return policies[doctrine]


class DoctrineCard(NamedTuple):
    """A doctrine that can be given a team's remaining turns."""

    id: str
    title: str
    text: str


def doctrines_of(table: LocalTable) -> tuple[DoctrineCard, ...]:
    """The doctrines of the scenario that is played."""
    doctrines = table.record.program.scenario.doctrines
    return tuple(DoctrineCard(name, each.title, each.text) for name, each in doctrines.items())


async def step(
    table: LocalTable, doctrine: str, seat: str = SOLO.name, *, standing: bool = False
) -> bool:
    """Let a doctrine do the next thing that a seat is waited for; False where play is over.

    What it does by a `standing` order is marked as nobody's choice.
    """
    policy = policy_of(table, doctrine)
    record = table.record
    if not record.begun:
        await table.send(Begin(), uuid4().hex)
        return True
    play = own_line(record, seat).play
    if play.ending is not None:
        return False
    order = doctrine if standing else None
    await table.send(_action(play, policy, seat, order), uuid4().hex)
    return True


async def autoplay(table: LocalTable, doctrine: str, seat: str = SOLO.name) -> None:
    """Let a doctrine play a seat to the end."""
    while await step(table, doctrine, seat):
        pass


async def hand_over(table: LocalTable, doctrine: str, seat: str = SOLO.name) -> None:
    """Give a seat's team a standing order, on the record, and let it play to the end.

    Raises `ActionError` for an unknown doctrine, before StartEx and after EndEx.
    """
    await table.send(HandOver(seat, doctrine), uuid4().hex)
    while await step(table, doctrine, seat, standing=True):
        pass


def _action(play: Play, policy: Policy, seat: str, standing: str | None) -> Action:
    prompt, program = play.prompt, play.program
    if prompt is not None and prompt.kind == "flash":
        said = answer(play, policy, program.injects[prompt.id])
        return Answer(seat, said, standing=standing)
    response, support = choose(play, policy)
    named = program.responses[response].id, program.supports[support].id
    return Decide(seat, *named, standing=standing)
