"""Bookmarks and notes on a save: one to be written, and the list of all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tabletop.clean import clean_line
from tabletop.debrief.bookmark_export import as_markdown
from tabletop.errors import TabletopError
from tabletop.exercise.bookmarks import TEXT_LIMIT, Bookmark, Notes
from tabletop.tui.actions import Act, bindings
from tabletop.tui.choice import Menu
from tabletop.tui.keybar import KeyBar
from tabletop.tui.prose import plural
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.timeline import FLAG

Forget = Callable[[Bookmark], Notes]
"""Takes a note away; gives what is left."""


class NoteScreen(TabletopSheet[str]):
    """Asks for the words of a note; gives them back."""

    SCREEN = "note"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("note")]

    def __init__(self, label: str, text: str = "") -> None:
        """Ask about the moment called `label`; `text` is what was noted there before."""
        super().__init__()
        self.heading = clean_line(label, 80)
        self.text = clean_line(text, TEXT_LIMIT)

    def compose(self) -> ComposeResult:
        """The moment, and one line to type in."""
        with Vertical(classes="page"):
            yield Static(self.heading, classes="title", markup=False)
            yield Static(
                "Kept in a file beside the save, never in it.", classes="under", markup=False
            )
            field = Input(
                self.text,
                placeholder="a note on this moment",
                max_length=TEXT_LIMIT,
                select_on_focus=False,  # a letter adds to a note, and does not wipe it
            )
            field.cursor_blink = False
            yield field
        yield KeyBar()

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        self.dismiss(message.value)

    def action_keep(self) -> None:
        """Keep the note as it stands."""
        self.dismiss(self.query_one(Input).value)


class NotesScreen(TabletopSheet[Bookmark]):
    """All bookmarks of a save; gives back the one to go to."""

    SCREEN = "notes"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("notes")]

    def __init__(self, save: Path, notes: Notes, forget: Forget) -> None:
        """List `notes` of a save; `forget` takes one away for good."""
        super().__init__()
        self.save = save
        self.notes = notes
        self.forget = forget

    def compose(self) -> ComposeResult:
        """The list, or a word where it is empty."""
        with Vertical(classes="page broad"):
            yield Static("Bookmarks and notes", classes="title", markup=False)
            yield Static(id="notes-under", classes="under")
            yield Menu(id="notes")
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the list."""
        self._put()

    def _put(self) -> None:
        count = len(self.notes.marks)
        words = (
            f"{plural(count, 'place is', 'places are')} marked, in {self.notes.path.name}."
            if count
            else "Nothing is marked yet: k marks a moment, i writes a note on it."
        )
        self.query_one("#notes-under", Static).update(
            Content(clean_line(self.notes.fault or words, 300))
        )
        self.query_one(Menu).put([Option(_prompt(mark)) for mark in self.notes.marks])
        self.refresh_keys()

    @property
    def _mark(self) -> Bookmark | None:
        place = self.query_one(Menu).highlighted if self.is_mounted else None
        marks = self.notes.marks
        return marks[place] if place is not None and place < len(marks) else None

    def why_not(self, act: Act, digit: int | None = None) -> str | None:  # noqa: ARG002
        """Nothing can be done with an empty list."""
        if act.id in {"go_there", "forget", "write_out"} and not self.notes.marks:
            return "nothing is marked yet"
        return None

    @on(OptionList.OptionSelected)
    def action_go_there(self) -> None:
        """To the place under the cursor."""
        if self._mark is not None:
            self.dismiss(self._mark)

    def action_forget(self) -> None:
        """Take the note under the cursor away."""
        mark = self._mark
        if mark is None:
            return
        try:
            self.notes = self.forget(mark)
        except TabletopError as error:
            self.program.say(str(error), "error")
        else:
            self._put()

    def action_write_out(self) -> None:
        """Write all notes into a text file in the folder that the program was started in."""
        path = _free(Path(f"{self.save.stem}-notes.md"))
        text = as_markdown(f"Notes on {self.save.name}", self.notes.marks)
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            self.program.say(f"the notes could not be written: {error}", "error")
        else:
            self.program.say(f"The notes are written to {path}")


def _free(path: Path) -> Path:
    """The path, or one beside it that no file has yet."""
    others = (path.with_stem(f"{path.stem}-{number}") for number in range(2, 1000))
    return next((each for each in (path, *others) if not each.exists()), path)


def _prompt(mark: Bookmark) -> Content:
    line = f"{clean_line(mark.line, 20)}  " if mark.line not in ("", "solo") else ""
    return Content.assemble(
        (f"{FLAG} ", Ink.HERE),
        (line, Ink.MUTED),
        (clean_line(mark.label, 70), Ink.MUTED if mark.text else Ink.TEXT),
        (f"   {clean_line(mark.text, 160)}" if mark.text else "", Ink.TEXT),
    )
