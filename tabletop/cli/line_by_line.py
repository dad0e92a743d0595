"""Opens the line front end: a new game, a game taken up again, a replay."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import click

from tabletop.cli.surroundings import desk_of, settings_of
from tabletop.exercise.desk import Desk
from tabletop.exercise.exercise import LocalTable
from tabletop.plain.console import Console
from tabletop.plain.demo import watch
from tabletop.plain.games import Again, play, play_through
from tabletop.plain.replay import replay


def play_new(
    ctx: click.Context,
    scenario: str,
    *,
    seed: int | None = None,
    save: Path | None = None,
    assumptions: Mapping[str, str] | None = None,
    plan: str | None = None,
    objective: str | None = None,
    doctrine: str | None = None,
    demo: bool = False,
) -> None:
    """Begin a game and play it, or let a doctrine play it: before somebody's eyes, with `demo`."""
    desk, settings = desk_of(ctx), settings_of(ctx)
    name = settings.name
    table = desk.new(scenario, seed=seed, assumptions=assumptions, plan=plan, save=save, name=name)
    if demo:
        watch(Console.of_process(), table, doctrine or _for_show(table), objective)
    elif doctrine is not None:
        play_through(Console.of_process(), table, doctrine, objective)
    else:
        again = _again(desk, table, name)
        play(Console.of_process(), table, again, objective, adviser=settings.adviser)


def play_on(
    ctx: click.Context, path: Path, doctrine: str | None = None, *, demo: bool = False
) -> None:
    """Go on with the game of a save, or let a doctrine play the rest of it."""
    desk, settings = desk_of(ctx), settings_of(ctx)
    name = settings.name
    table = desk.resume(path)
    if demo:
        watch(Console.of_process(), table, doctrine or _for_show(table))
    elif doctrine is not None:
        play_through(Console.of_process(), table, doctrine)
    else:
        play(Console.of_process(), table, _again(desk, table, name), adviser=settings.adviser)


def _for_show(table: LocalTable) -> str:
    """The doctrine that a demonstration shows where none is named: the first that has a plan."""
    policies = table.record.program.policies
    return next((name for name, each in policies.items() if not each.uniform), next(iter(policies)))


def _again(desk: Desk, table: LocalTable, name: str) -> Again:
    return Again(lambda: desk.again(table, name), desk.branch)


def replay_save(
    ctx: click.Context,
    path: Path,
    turn: int | None = None,
    onlooker: str | None = None,
    line: str | None = None,
) -> None:
    """Tell a save again, as `onlooker` knew it."""
    from tabletop.cli.onlookers import viewer_of

    desk = desk_of(ctx)
    table = desk.replay(path)

    def branch(turn: int, line: str, *, same_luck: bool) -> Path:
        branched = desk.branch(path, turn, same_luck=same_luck, line=line)
        asyncio.run(branched.close())
        return branched.path

    viewer = viewer_of(table, onlooker)
    replay(Console.of_process(), table, turn, viewer=viewer, line=line, branch=branch)
