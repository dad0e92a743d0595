"""`tabletop odds --sensitivity`: which of the author's numbers and assumptions the odds hang on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tabletop.cli.faults import unknown
from tabletop.cli.progress import progress
from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.odds.sensitivity import Player
    from tabletop.odds.tornado import Sensitivity
    from tabletop.rules.program import Program


def sensitivities(
    program: Program, doctrines: tuple[str, ...], objective: str | None, ending: str | None
) -> tuple[Sensitivity, ...]:
    """What the odds hang on for each who plays: the doctrines, and best play for the objective.

    Where none is named, the first doctrine that chooses by rules plays. Raises `UsageError`
    for an unknown ending, and `TooLargeError` where the game is too large.
    """
    from tabletop.odds.sensitivity import sensitivity

    endings = program.scenario.endings
    if ending is not None and ending not in endings:
        raise UsageError(f"--ending: {unknown('ending', ending, endings)}")
    players = list(_players(program, doctrines, objective))
    found = []
    with progress("Changing the numbers") as heard:
        for done, player in enumerate(players):
            share = done / len(players)
            each = sensitivity(
                program,
                player,
                progress=lambda part, share=share: heard(share + part / len(players)),  # type: ignore[misc]
            )
            found.append(each)
    return tuple(found)


def _players(
    program: Program, doctrines: tuple[str, ...], objective: str | None
) -> Iterator[Player]:
    from tabletop.odds.sensitivity import Player

    for name in doctrines:
        yield Player(name)
    if objective is not None:
        yield Player(objective, best=True)
    if not doctrines and objective is None:
        policies = program.policies
        yield Player(next((name for name, each in policies.items() if not each.uniform), ""))
