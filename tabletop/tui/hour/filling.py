"""Questions that take words, and the last one before something that cannot be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from tabletop.clean import clean_line, clean_text
from tabletop.exercise.asking import Blank
from tabletop.tui.actions import Act, bindings
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink

_LINE = 400
_TEXT = 2000


class FillScreen(TabletopSheet[tuple[str, ...]]):
    """Lines and texts to fill in; Enter goes on, and after the last one it is done."""

    SCREEN = "fill"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("fill")]

    def __init__(self, title: str, blanks: Sequence[Blank]) -> None:
        """Ask for `blanks` under `title`."""
        super().__init__()
        self.heading = clean_line(title, 300)
        self.blanks = tuple(blanks)

    def compose(self) -> ComposeResult:
        """Each blank under its label."""
        with Vertical(classes="page"):
            yield Static(self.heading, classes="title", markup=False)
            for at, blank in enumerate(self.blanks):
                yield Static(self._label(blank), classes="label")
                yield self._field(at, blank)
        yield KeyBar()

    @staticmethod
    def _label(blank: Blank) -> Content:
        may = "" if blank.needed else "   may be left empty"
        return Content.assemble(clean_line(blank.label), (may, Ink.MUTED))

    @staticmethod
    def _field(at: int, blank: Blank) -> Widget:
        if blank.long:
            area = TextArea(
                clean_text(blank.value, _TEXT),
                id=f"blank-{at}",
                tab_behavior="focus",
                placeholder=blank.hint,
            )
            area.cursor_blink = False
            return area
        field = Input(
            clean_line(blank.value, _LINE),
            placeholder=blank.hint,
            max_length=_LINE,
            id=f"blank-{at}",
        )
        field.cursor_blink = False
        return field

    def on_mount(self) -> None:
        """Begin with the first blank."""
        self.query_one("#blank-0").focus()

    def texts(self) -> tuple[str, ...]:
        """What stands in the blanks now."""
        found = []
        for at, blank in enumerate(self.blanks):
            field = self.query_one(f"#blank-{at}")
            if isinstance(field, TextArea):
                found.append(clean_text(field.text, _TEXT))
            elif isinstance(field, Input):
                found.append(clean_line(field.value, _TEXT if blank.long else _LINE))
        return tuple(found)

    def _missing(self) -> int | None:
        """The first blank that still needs words."""
        for at, (blank, text) in enumerate(zip(self.blanks, self.texts(), strict=True)):
            if blank.needed and not text:
                return at
        return None

    def why_not(self, act: Act, digit: int | None = None) -> str | None:  # noqa: ARG002
        """What is needed must be there."""
        if act.id == "done" and self.is_mounted:
            missing = self._missing()
            if missing is not None:
                return f"first the {self.blanks[missing].label.lower()}"
        return None

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.refresh_keys()

    @on(Input.Submitted)
    async def _entered(self, message: Input.Submitted) -> None:
        if message.input.id == f"blank-{len(self.blanks) - 1}":
            await self.action_do("done")
            missing = self._missing() if self.is_current else None
            if missing is not None:
                self.query_one(f"#blank-{missing}").focus()
        else:
            self.focus_next()

    def action_done(self) -> None:
        """Take what stands here."""
        self.dismiss(self.texts())


class SureScreen(TabletopSheet[bool]):
    """Asks before something that people will feel: one key does it, every other way leaves."""

    SCREEN = "sure"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("sure")]
    AUTO_FOCUS = ""

    def __init__(self, question: str, warning: str) -> None:
        """Ask `question`; `warning` says what it would do."""
        super().__init__()
        self.question = clean_line(question, 300)
        self.warning = clean_text(warning, 600)

    def compose(self) -> ComposeResult:
        """The question, and what each key does."""
        with Vertical(classes="page"):
            yield Static(self.question, classes="title", markup=False)
            yield Static(self.warning, classes="body", markup=False)
            yield Static(
                Content.assemble(
                    ("y", Ink.HERE), "  yes, do it\n", ("n", Ink.HERE), "  no, go back"
                ),
                classes="after",
            )
        yield KeyBar()

    def action_yes(self) -> None:
        """Do it."""
        self.dismiss(True)
