"""What the hot wash needs: control's marks, what people wrote, and the exit tickets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tabletop.exercise.console.troubles import Trouble
from tabletop.exercise.console.wording import seat_name
from tabletop.exercise.hour.view import HourView, SaidView
from tabletop.tui.actions import bindings
from tabletop.tui.console.acting import ConsoleScreenBase
from tabletop.tui.keybar import KeyBar
from tabletop.tui.prose import blocks, line, paragraph, stack
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink

_KINDS = {"reason": "reason", "dissent": "dissent", "preference": "preference"}


class NotesScreen(ConsoleScreenBase[None], TabletopSheet[None]):
    """Lists for control's eyes alone."""

    SCREEN = "marks"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("marks")]

    def compose(self) -> ComposeResult:
        """One page that scrolls."""
        with Vertical(classes="page"):
            yield Static("Notes and tickets", classes="title", markup=False)
            with VerticalScroll():
                yield Static(id="notes-text")
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw what there is."""
        self.look_again()
        self.query_one(VerticalScroll).focus()

    def look_again(self) -> None:
        """Draw it anew where it has changed."""
        wrong = self.control.facts.past_troubles()
        text = blocks((notes_text(self.hour), _troubles((*self.control.troubles(), *wrong))))
        field = self.query_one("#notes-text", Static)
        if field.content != text:
            field.update(text)
        self.refresh_keys()


def notes_text(hour: HourView) -> Content:
    """Marks, then words, then tickets; each with where it comes from."""
    names = {mate.id: seat_name(mate) for mate in hour.mates}
    marks = (
        (_where(each.round, each.team or "everybody"), each.text) for each in reversed(hour.marks)
    )
    said = (
        (
            _spoken(each, names.get(each.seat, "control")),
            each.text,
        )
        for each in reversed(hour.said)
    )
    tickets = ((names.get(each.seat, each.seat), each.text) for each in reversed(hour.tickets))
    return blocks(
        (
            _part(f"Your marks ({len(hour.marks)})", marks, "None yet: key a notes one down."),
            _part(f"Exit tickets ({len(hour.tickets)})", tickets, "They come in the last minute."),
            _part(f"Reasons and dissents ({len(hour.said)})", said, "Nobody has given one yet."),
        )
    )


def _troubles(found: Sequence[Trouble]) -> Content | None:
    """What went wrong with the room; nothing where nothing did."""
    if not found:
        return None
    known = {each.id: each for each in found}
    rows = ((each.what, each.words.removeprefix(each.what)) for each in known.values())
    return _part("What went wrong with the room", rows, "")


def _where(round_: int, team: str) -> str:
    return f"Round {round_}, {team}" if round_ else team


def _spoken(said: SaidView, name: str) -> str:
    kind = _KINDS[said.kind]
    return f"{said.team}, turn {said.turn}, {kind}, {name}: {said.response_title}"


def _part(title: str, rows: Iterable[tuple[str, str]], none: str) -> Content:
    parts = [stack((line(head, Ink.MUTED), paragraph(text))) for head, text in rows]
    return stack((line(title, Ink.HERE), *(parts or [line(none, Ink.MUTED)])))
