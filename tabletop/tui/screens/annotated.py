"""A look at a save with bookmarks and notes, which are kept beside it and never in it."""

from __future__ import annotations

from tabletop.errors import SaveError
from tabletop.exercise.bookmarks import Bookmark, Notes, read_notes
from tabletop.exercise.playhead import Playhead
from tabletop.tui.screens.look import LookScreen


class AnnotatedScreen(LookScreen):
    """A screen at a moment of a save that can be marked."""

    def __init__(self, head: Playhead) -> None:
        """Read the notes beside the save of `head`."""
        super().__init__()
        self.head = head
        self.notes: Notes = read_notes(head.table.path, head.table.save.header.id)

    @property
    def marks_here(self) -> list[Bookmark]:
        """The bookmarks in the line that is looked at."""
        return [mark for mark in self.notes.marks if mark.line in ("", self.head.line)]

    @property
    def note_here(self) -> Bookmark | None:
        """The bookmark at this very moment."""
        event = self.head.stop.event
        return next((mark for mark in self.marks_here if mark.event == event), None)

    def draw(self, *, fly: bool = False) -> None:
        """Draw the moment again."""
        raise NotImplementedError

    def action_bookmark(self) -> None:
        """Mark this moment, or take its mark away; one with a note asks for it in the list."""
        here = self.note_here
        if here is None:
            self._keep(self._marked(""))
        elif here.text:
            self.program.say("there is a note on it: the list takes it away, or i changes it")
        else:
            self._keep(self.notes.without_mark(here.event, here.line))

    def action_note(self) -> None:
        """Ask for a note on this moment."""
        from tabletop.tui.screens.notes import NoteScreen

        here = self.note_here

        def write(text: str | None) -> None:
            if text is not None and (text.strip() or here is not None):
                self._keep(self._marked(text))

        label = self.head.stop.label
        self.app.push_screen(NoteScreen(label, here.text if here is not None else ""), write)

    def action_bookmarks(self) -> None:
        """The list of all bookmarks; Enter goes to one."""
        from tabletop.tui.screens.notes import NotesScreen

        def go(mark: Bookmark | None) -> None:
            if mark is not None:
                self._go_to(mark)
            self.draw()

        self.app.push_screen(NotesScreen(self.head.table.path, self.notes, self._forgotten), go)

    def _go_to(self, mark: Bookmark) -> None:
        names = {card.name for card in self.head.lines}
        if mark.line and mark.line not in names:
            self.program.say(f"{self.head.onlooker} may not look at line {mark.line}", "warning")
            return
        if mark.line and mark.line != self.head.line:
            self.head.look_at(mark.line)
        self.head.to_event(mark.event)

    def _marked(self, text: str) -> Notes:
        stop, here = self.head.stop, self.note_here
        line = here.line if here is not None else self.head.line
        return self.notes.with_mark(stop.event, line, stop.label, text)

    def _forgotten(self, mark: Bookmark) -> Notes:
        notes = self.notes.without_mark(mark.event, mark.line)
        notes.write()
        self.notes = notes
        return notes

    def _keep(self, notes: Notes) -> None:
        try:
            notes.write()
        except SaveError as error:
            self.program.say(str(error), "error")
        else:
            self.notes = notes
            self.draw()
