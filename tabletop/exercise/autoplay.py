"""Lets a doctrine play a seat: for demonstrations, empty seats and scripts."""

from __future__ import annotations

from uuid import uuid4

from tabletop.errors import UsageError
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.table import SOLO, Action, Answer, Begin, Decide
from tabletop.rules.doctrine import answer, choose
from tabletop.rules.play import Play
from tabletop.rules.program import Policy


def policy_of(table: LocalTable, doctrine: str) -> Policy:
    """The doctrine of that name; raises `UsageError` with the known ones."""
    policies = table.record.program.policies
    if doctrine not in policies:
        raise UsageError(f"unknown doctrine {doctrine!r}: this scenario has {', '.join(policies)}")
    return policies[doctrine]


async def step(table: LocalTable, doctrine: str, seat: str = SOLO.name) -> bool:
    """Let a doctrine do the next thing that a seat is waited for; False where play is over."""
    policy = policy_of(table, doctrine)
    record = table.record
    if not record.begun:
        await table.send(Begin(), uuid4().hex)
        return True
    team = record.team_of(seat)
    play = [line for line in record.lines.values() if line.team == team][-1].play
    if play.ending is not None:
        return False
    await table.send(_action(play, policy, seat), uuid4().hex)
    return True


async def autoplay(table: LocalTable, doctrine: str, seat: str = SOLO.name) -> None:
    """Let a doctrine play a seat to the end."""
    while await step(table, doctrine, seat):
        pass


def _action(play: Play, policy: Policy, seat: str) -> Action:
    prompt, program = play.prompt, play.program
    if prompt is not None and prompt.kind == "flash":
        return Answer(seat, answer(play, policy, program.injects[prompt.id]))
    response, support = choose(play, policy)
    return Decide(seat, program.responses[response].id, program.supports[support].id)
