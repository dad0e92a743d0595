"""What an author should look at: findings by their names, and those that a scenario accepts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from tabletop.errors import Fault
from tabletop.scenario.problem import Problem

if TYPE_CHECKING:
    from tabletop.scenario.source import Loaded
    from tabletop.scenario.wording import Path

Read = Literal[
    "unread track", "unused flag", "uncited evidence", "crowded card", "undrawn table",
    "unused reaction", "dead outcome", "leaking aim", "lost memory", "idle reason",
    "private flash", "long plan", "other name",
]  # fmt: skip
"""What reading a scenario finds."""

Played = Literal[
    "unreached stage", "unreached response", "unreached support", "unreached inject",
    "unreached table", "unreached outcome", "unreached event", "unreached transition",
    "unreached ending", "idle turn", "dead end", "never best", "always best",
    "pinned track", "large game", "long reading",
]  # fmt: skip
"""What playing it out in every way finds (`tabletop.odds.author_checks`)."""

Kind = Read | Played | Literal["idle acceptance"]
READ: tuple[str, ...] = get_args(Read)
PLAYED: tuple[str, ...] = get_args(Played)
IDLE = "idle acceptance"
"""A scenario accepts what is not found any more."""


@dataclass(frozen=True, order=True, slots=True)
class Noticed:
    """Something to look at, before its place in the file is known."""

    kind: Kind
    of: str
    """What it is about, as an acceptance names it: an id, or ids with dots between them."""
    path: Path
    what: str
    todo: str = ""
    """What an author may do about it."""

    def placed(self, loaded: Loaded) -> Finding:
        """The same with its place in the file."""
        is_key = not isinstance(self.path[-1], int) if self.path else False
        fault = Problem(self.path, self.what, is_key=is_key).fault(loaded.positions)
        return Finding(fault, self.kind, self.of, self.todo)


@dataclass(frozen=True, order=True)
class Finding:
    """Something to look at: where, what, of which kind it is, and what to do about it."""

    fault: Fault
    kind: Kind
    of: str = ""
    """What it is about, as an acceptance names it."""
    todo: str = ""

    def __str__(self) -> str:
        return f"{self.fault}: {self.todo}" if self.todo else str(self.fault)


@dataclass(frozen=True)
class Settled:
    """Findings, apart from those that the scenario accepts."""

    left: Sequence[Finding]
    accepted: Sequence[tuple[Finding, str]]
    """With the author's reason."""


def settled(loaded: Loaded, findings: Sequence[Finding], looked_for: Collection[str]) -> Settled:
    """Sets aside what the scenario accepts, and finds what it accepts in vain.

    `looked_for` are the kinds that the findings were chosen from: an acceptance of another
    kind is neither kept nor idle.
    """
    accepts = {(each.finding, each.of): each.because for each in loaded.scenario.accepts}
    left, accepted = [], []
    for finding in findings:
        because = accepts.get((finding.kind, finding.of))
        if because is None:
            left.append(finding)
        else:
            accepted.append((finding, because))
    met = {(finding.kind, finding.of) for finding, _ in accepted}
    for place, each in enumerate(loaded.scenario.accepts):
        if each.finding in looked_for and (each.finding, each.of) not in met:
            what = f"accepts {each.finding!r} of {each.of}, which is not found"
            noticed = Noticed("idle acceptance", each.of, ("accepts", place), what, "take it out")
            left.append(noticed.placed(loaded))
    return Settled(sorted(left), sorted(accepted))


def named(path: Path) -> str:
    """The name of the part that a path leads to or into, as acceptances have it."""
    return str(path[1] if len(path) > 1 else path[0])
