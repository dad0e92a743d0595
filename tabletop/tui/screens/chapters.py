"""A page in chapters: one at a time, reached by digits, arrows, or the list beside it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tabletop.clean import clean_line
from tabletop.debrief.chapters import Chapter
from tabletop.tui.actions import Act
from tabletop.tui.choice import Menu
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.lines import fitted, spread
from tabletop.tui.widgets.parts import Page

_WIDEST = 190
"""Cells that the page is not made wider than, as its style has it."""


class ChaptersScreen(TabletopSheet[None]):
    """Shows chapters that others write; a chapter that grows keeps its place on the screen."""

    AUTO_FOCUS = ""

    def __init__(self) -> None:
        """Begin at the first chapter."""
        super().__init__()
        self.chapters: tuple[Chapter, ...] = ()
        self.shown = ""
        """The id of the chapter on the screen."""
        self.doing = ""
        """What is being worked out meanwhile, in a few words."""

    @abstractmethod
    def told(self) -> Sequence[Chapter]:
        """The chapters as they stand now; one at least."""

    @abstractmethod
    def heading(self) -> str:
        """What the page is, in one line."""

    def compose(self) -> ComposeResult:
        """A line that says what this is, the list of chapters where there is room, the page."""
        with Vertical(id="chapters"):
            yield Static(id="chapters-head")
            with Horizontal(id="chapters-body"):
                yield Menu(id="chapters-list")
                yield Page(id="chapters-page")
        yield KeyBar()

    def on_mount(self) -> None:
        """Tell the first chapter, and let it scroll with the arrows at once."""
        self.tell_again()
        self.query_one("#chapters-page").focus()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002
        """The head has a part at either end."""
        self._head()

    def tell_again(self) -> None:
        """Write the chapters anew, and show the one that was shown, where it is still there."""
        self.chapters = tuple(self.told())
        if self.shown not in {chapter.id for chapter in self.chapters}:
            self.shown = self.chapters[0].id
        self._show()

    def say_doing(self, words: str) -> None:
        """Say in the head what is being worked out; nothing where all is done."""
        if words != self.doing:
            self.doing = words
            self._head()

    @property
    def place(self) -> int:
        """Which chapter is on the screen, from 0."""
        return next(n for n, chapter in enumerate(self.chapters) if chapter.id == self.shown)

    def _show(self) -> None:
        chapter = self.chapters[self.place]
        menu = self.query_one("#chapters-list", Menu)
        menu.put([self._option(number) for number in range(len(self.chapters))])
        menu.highlighted = self.place
        self.query_one(Page).put(chapter.title, chapter.parts)
        self._head()
        self.refresh_keys()

    def _option(self, number: int) -> Option:
        """A chapter in the list; the one on the screen stands out."""
        chapter = self.chapters[number]
        here = chapter.id == self.shown
        words = f"{number + 1}  {clean_line(chapter.title)}"
        return Option(Content.styled(words, Ink.HERE if here else Ink.MUTED), id=chapter.id)

    def _head(self) -> None:
        if not self.chapters:
            return
        head = self.query_one("#chapters-head", Static)
        width = max(20, min(self.app.size.width, _WIDEST) - 6)
        at = f"{self.place + 1} of {len(self.chapters)}"
        right = Content.styled(self.doing or at, Ink.MUTED)
        room = width - right.cell_length - 3
        head.update(spread(Content.styled(fitted(self.heading(), room), Ink.MUTED), right, width))

    def go_to(self, place: int) -> None:
        """Show a chapter from its beginning."""
        self.shown = self.chapters[place].id
        self._show()
        page = self.query_one(Page)
        page.scroll_to(y=0, animate=False)
        page.focus()

    @on(OptionList.OptionSelected, "#chapters-list")
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        self.go_to(message.option_index)

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """Only chapters that are there."""
        if not self.chapters:
            return None
        if act.id == "chapter" and digit is not None and digit > len(self.chapters):
            return f"there are {len(self.chapters)} chapters"
        if act.id == "chapter_on" and self.place == len(self.chapters) - 1:
            return "this is the last chapter"
        if act.id == "chapter_back" and self.place == 0:
            return "this is the first chapter"
        return None

    def action_chapter(self, digit: int) -> None:
        """Go to a chapter."""
        self.go_to(digit - 1)

    def action_chapter_on(self) -> None:
        """The next chapter."""
        self.go_to(self.place + 1)

    def action_chapter_back(self) -> None:
        """The chapter before."""
        self.go_to(self.place - 1)

    def action_close(self) -> None:
        """Back to the screen below; home where there is none."""
        if len(self.app.screen_stack) > 1:
            self.dismiss(None)
        else:
            self.program.go_home()
