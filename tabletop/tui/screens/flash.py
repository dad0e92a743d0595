"""A flash decision: news that must be answered before anything else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tabletop.clean import clean_line, clean_text
from tabletop.exercise.table import Action, Answer
from tabletop.exercise.view import AnswerView, FlashView, View
from tabletop.tui.actions import Act, bindings
from tabletop.tui.adviser import advised
from tabletop.tui.choice import Menu
from tabletop.tui.columns import Entry
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink


class FlashScreen(TabletopSheet[View]):
    """Two or three answers; the sheet may be put aside to look, but play waits for it."""

    SCREEN = "flash"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("flash")]

    def __init__(
        self, flash: FlashView, date: str, advice: Mapping[str, str] | None = None
    ) -> None:
        """Ask for an answer to `flash`, with an adviser's words where there are any."""
        super().__init__()
        self.advice = advice or {}
        self.flash = flash
        self.date = date
        self.sent = False

    def compose(self) -> ComposeResult:
        """What has come in, and what can be said to it."""
        with Vertical(classes="page"):
            yield Static(
                Content.assemble(
                    ("FLASH", Ink.DANGER), (f"   {clean_line(self.date)} · answer now", Ink.MUTED)
                )
            )
            yield Static(clean_line(self.flash.title), classes="title", markup=False)
            yield Static(clean_text(self.flash.text), classes="body", markup=False)
            yield Menu(
                *(
                    Option(self._prompt(number, answer), id=answer.id)
                    for number, answer in enumerate(self.flash.answers, 1)
                )
            )
            yield Static(id="flash-advice", classes="after", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Tell what an adviser has said by now."""
        self.advise(self.advice)

    def advise(self, words: Mapping[str, str]) -> None:
        """Put an adviser's words on the answers below them; none take them away."""
        self.advice = words
        for said in self.query("#flash-advice").results(Static):
            self._write(said, words)

    def _write(self, said: Static, words: Mapping[str, str]) -> None:
        known = [(each.title, words[each.id]) for each in self.flash.answers if each.id in words]
        said.display = bool(known)
        lines = [f"{title}: {advice}" for title, advice in known]
        said.update(advised("\n".join(lines)))

    @staticmethod
    def _prompt(number: int, answer: AnswerView) -> Entry:
        return Entry(
            (
                Content.styled(str(number), Ink.HERE),
                Content.styled(clean_line(answer.title), "bold"),
            ),
            ("", Content.styled(clean_text(answer.act, 900), Ink.MUTED)),
            label_width=3,
        )

    def label(self, act: Act) -> str:
        """Closing only puts the question aside."""
        return "Look first" if act.id == "close" else super().label(act)

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """Only the answers that stand here can be given, and once."""
        if act.id == "answer" and self.sent:
            return "the answer is on its way"
        if act.id == "answer" and digit is not None and digit > len(self.flash.answers):
            return f"there are {len(self.flash.answers)} answers"
        return None

    @on(OptionList.OptionSelected)
    def _select(self, message: OptionList.OptionSelected) -> None:
        self._give(message.option_index)

    def action_answer(self, digit: int) -> None:
        """Give the answer with that number."""
        self._give(digit - 1)

    def _give(self, place: int) -> None:
        if not self.sent:
            self.sent = True
            self.program.send(Answer("solo", self.flash.answers[place].id))

    def played(self, action: Action, view: View) -> None:
        """The answer was given."""
        if isinstance(action, Answer):
            self.dismiss(view)

    def refused(self, action: Action | None) -> None:  # noqa: ARG002
        """Let the player answer again."""
        self.sent = False
