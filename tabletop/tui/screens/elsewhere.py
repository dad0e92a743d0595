"""Saving to another file, when the first one cannot be written any more."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from tabletop.clean import clean_line
from tabletop.errors import TabletopError
from tabletop.tui.actions import bindings
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet


class ElsewhereScreen(TabletopSheet[bool]):
    """Asks for a path and writes the whole game there; play then goes on in that file."""

    SCREEN = "elsewhere"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("elsewhere")]

    class Written(Message):
        """The save was written, or could not be: then `fault` is one line."""

        def __init__(self, path: Path, fault: str | None) -> None:
            """Carry the path and the fault."""
            super().__init__()
            self.path = path
            self.fault = fault

    def compose(self) -> ComposeResult:
        """A line about why, and one to type in."""
        with Vertical(classes="page"):
            yield Static("Save elsewhere", classes="title", markup=False)
            yield Static(self._why(), classes="under", markup=False)
            field = Input(placeholder="path of a file, such as ~/game.jsonl", id="path")
            field.cursor_blink = False
            yield field
        yield KeyBar()

    def _why(self) -> str:
        warning = self.program.warning
        return clean_line(warning) if warning else "The whole game is written to another file."

    @on(Input.Submitted)
    def _submit(self, message: Input.Submitted) -> None:
        if message.value.strip():
            self._write(Path(message.value.strip()).expanduser())

    @work(group="elsewhere", exclusive=True)
    async def _write(self, path: Path) -> None:
        try:
            await self.program.local.save_elsewhere(path)
        except (TabletopError, OSError) as error:
            self.post_message(self.Written(path, str(error)))
        else:
            self.post_message(self.Written(path, None))

    @on(Written)
    def _tell(self, message: Written) -> None:
        if message.fault is not None:
            self.program.say(message.fault, "error")
            return
        self.program.say(f"The game is kept in {message.path} now.")
        self.dismiss(True)
