"""How to join: address, code and QR code, with what control must know of the network."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content

from tabletop.exercise.console.facts import RoomFacts
from tabletop.exercise.console.wording import reach_words
from tabletop.tui.actions import Act, bindings
from tabletop.tui.console.acting import ConsoleScreenBase
from tabletop.tui.hour.laid_out import LaidOut
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.lines import BLANK, fitted, wrapped

_PAPER = "#000000 on #ffffff"
"""The QR code's own colours, which no theme may change: phones read black on white."""


class Joining(NamedTuple):
    """What is told of joining."""

    address: str
    code: str
    warnings: tuple[str, ...]
    barred: bool
    test: str = ""
    """Where phones are tried before class."""
    reached: str = ""
    """Which devices have come there."""


class JoinText(LaidOut[Joining]):
    """Address and code in words, then the warnings."""

    def put(self, facts: RoomFacts, *, barred: bool) -> None:
        """Show what the room tells."""
        reached = reach_words(facts.reached())
        warnings = tuple(facts.warnings)
        self.draw(Joining(facts.address, facts.code, warnings, barred, facts.test_link, reached))

    def lines(self, subject: Joining, width: int, height: int | None) -> list[Content]:
        """The address, the code in spaced letters, and each warning in a lower voice."""
        if not subject.address:
            words = "No network: control enters every choice from paper."
            return [Content.styled(line, Ink.MUTED) for line in wrapped(words, width)]
        code = " ".join(subject.code)
        lines = [
            Content.styled("Join at", Ink.MUTED),
            Content.styled(fitted(subject.address, width), Ink.STRONG),
            Content.assemble(("Code  ", Ink.MUTED), (fitted(code, width - 6), Ink.HERE)),
        ]
        if subject.barred:
            lines.append(Content.styled("The room is closed to new seats.", Ink.DANGER))
        if subject.reached or subject.test:
            words = subject.reached or f"Try a phone first: {subject.test}"
            lines += [Content.styled(line, Ink.MUTED) for line in wrapped(words, width)]
        for warning in subject.warnings:
            lines.append(BLANK)
            lines += [Content.styled(line, Ink.MUTED) for line in wrapped(warning, width)]
        return lines if height is None else lines[:height]


class QrCode(LaidOut[tuple[str, ...]]):
    """The code that phones read; a part of it would be of no use, so it is whole or not there."""

    ALLOW_SELECT: ClassVar[bool] = False

    @property
    def wide(self) -> int:
        """The cells that the code needs beside one another."""
        return max(map(cell_len, self.subject or ()), default=0)

    def lines(self, subject: tuple[str, ...], width: int, height: int | None) -> list[Content]:
        """All of its lines, or a word about the room that it needs."""
        rows = self.size.height if height is None else height
        wide = self.wide
        if wide > width or len(subject) > rows:
            words = f"The QR code needs {wide} columns and {len(subject)} rows: key j."
            return [Content.styled(line, Ink.MUTED) for line in wrapped(words, width)]
        return [Content.styled(line, _PAPER) for line in subject]


class JoinScreen(ConsoleScreenBase[None], TabletopSheet[None]):
    """The same over the whole screen, for those who come late."""

    SCREEN = "join"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("join")]
    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        """The QR code, and words beside it."""
        with Horizontal(id="join"):
            yield QrCode(id="join-qr")
            with Vertical(id="join-words"):
                yield JoinText(id="join-text")
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw what the room tells."""
        facts = self.control.facts
        qr = self.query_one(QrCode)
        qr.display = bool(facts.qr)
        qr.draw(tuple(facts.qr))
        self.look_again()

    def look_again(self) -> None:
        """The room may have been closed."""
        self.query_one(JoinText).put(self.control.facts, barred=self.hour.barred)
        self.refresh_keys()

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """Codes are for rooms on a network."""
        if act.id == "projector_pin" and self.control.facts.projector_pin is None:
            return "the room is not on a network"
        return super().why_not(act, digit)
