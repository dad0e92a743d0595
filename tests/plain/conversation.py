"""A player who answers line by line in tests, and what was said to them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tabletop.exercise.desk import Desk
from tabletop.exercise.exercise import LocalTable
from tabletop.plain.console import Console
from tabletop.plain.games import Again, play

MINIMAL = Path(__file__).resolve().parent.parent / "fixtures" / "scenarios" / "minimal.yaml"

TURN = ("1", "1", "", "3")
"""The first response with the first support, no reason, the middle forecast."""
WHOLE_GAME = ("1", *3 * TURN)
"""An objective and three turns of `minimal`, where no flash decision comes."""


def console_of(answers: Iterable[str]) -> tuple[Console, io.StringIO]:
    """A console that reads these lines and then ends, and what it writes to."""
    out = io.StringIO()
    return Console(io.StringIO("".join(f"{answer}\n" for answer in answers)), out), out


def again(desk: Desk) -> Again:
    """New games of `minimal`, and branches."""
    return Again(lambda: desk.new(str(MINIMAL)), desk.branch)


def converse(
    desk: Desk,
    answers: Iterable[str],
    *,
    seed: int | None = None,
    objective: str | None = None,
    opened: Callable[[], LocalTable] | None = None,
) -> str:
    """What is said in a game of `minimal` that is answered so."""
    console, out = console_of(answers)
    if opened is not None:
        table = opened()
    else:
        table = desk.new(str(MINIMAL), seed=quiet_seed() if seed is None else seed)
    play(console, table, again(desk), objective)
    return out.getvalue()


def seed_where(answers: Iterable[str], said: str) -> int:
    """The first seed with which a game of `minimal` that is answered so says this."""
    answers = list(answers)
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        return next(seed for seed in range(1000) if said in converse(desk, answers, seed=seed))


@cache
def quiet_seed() -> int:
    """A seed with which waiting in every turn of `minimal` asks for no answer in between."""
    return seed_where(WHOLE_GAME, "EndEx. ")


def saves_of(desk: Desk) -> list[Path]:
    """The files of the desk's folder."""
    return sorted(desk.folder.glob("*.jsonl"))
