"""The decision: what goes with it, what you expect, why; then it is made."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tabletop.clean import clean_line, clean_text
from tabletop.exercise.table import Decide
from tabletop.exercise.view import ResponseView, SupportView, View
from tabletop.tui.actions import Act, bindings
from tabletop.tui.choice import Choice, Field
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import MARKS, Ink

RATIONALE_LIMIT = 500


class Reason(Input):
    """One line for the reason; the arrows leave it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "app.focus_previous", "Field above"),
        ("down", "app.focus_next", "Field below"),
    ]


class DecisionScreen(TabletopSheet[None]):
    """Three fields and a last line that makes the decision; nothing is final before it."""

    SCREEN = "decision"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("decision")]

    def __init__(self, view: View, response: ResponseView) -> None:
        """Decide for `response`."""
        super().__init__()
        self.view = view
        self.response = response
        self.support = next((s.id for s in view.supports if s.id in response.supports), "")
        self.forecast: int | None = None
        open_first = sorted(view.supports, key=lambda support: support.id != self.support)
        self._told = next(iter(open_first), None)
        """The support whose text is shown: that with the cursor."""

    def compose(self) -> ComposeResult:
        """The fields in the order in which they are filled in."""
        closed = [s.id for s in self.view.supports if s.id not in self.response.supports]
        with VerticalScroll(classes="page", can_focus=False):
            yield Static(self._head(), classes="title")
            yield Static(
                clean_text(self.response.act), classes="under", markup=False, id="decision-act"
            )
            yield Static("With it", classes="label", markup=False)
            with Horizontal(id="supports"):
                yield Choice(
                    self._supports(),
                    chosen=self.support,
                    closed=closed,
                    numbered=True,
                    id="support",
                )
                yield Static(
                    self._support_text(self._told) if self._told else "",
                    id="support-text",
                    markup=False,
                )
            yield Static(self._question(), classes="label")
            yield Choice(
                [
                    (str(percent), [clean_line(words)])
                    for percent, words in self.view.forecast.answers
                ],
                numbered=True,
                start=None,
                id="forecast",
            )
            yield Static(self._why_label(), classes="label", id="decision-why")
            reason = Reason(
                placeholder="why? one line, or nothing",
                id="rationale",
                max_length=RATIONALE_LIMIT,
                # Who comes back to it goes on; a letter does not wipe what stands there.
                select_on_focus=False,
            )
            reason.cursor_blink = False
            yield reason
            yield Field(Option(self._last_line(), id="confirm"), id="confirm")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the first field."""
        self.query_one("#support").focus()

    def _head(self) -> Content:
        mark = MARKS[self.response.instrument]
        return Content.assemble(
            (f"{mark.glyph} ", mark.style),
            (clean_line(self.response.title), Ink.STRONG),
            (f"   {mark.word}", mark.style),
        )

    def _supports(self) -> list[tuple[str, list[Content | str]]]:
        return [
            (
                support.id,
                [
                    Content.styled(
                        clean_line(support.title),
                        "" if support.id in self.response.supports else Ink.MUTED,
                    )
                ],
            )
            for support in self.view.supports
        ]

    def _support_text(self, support: SupportView) -> Content:
        if support.id in self.response.supports:
            return Content.styled(clean_text(support.act, 900), Ink.MUTED)
        reason = support.closed or self.response.consent or "it does not go with this response"
        return Content.assemble(("Closed: ", Ink.STRONG), (clean_text(reason, 900), Ink.MUTED))

    @on(OptionList.OptionHighlighted, "#support")
    def _tell_support(self, message: OptionList.OptionHighlighted) -> None:
        support = next(s for s in self.view.supports if s.id == message.option_id)
        if support != self._told:
            self._told = support
            self.query_one("#support-text", Static).update(self._support_text(support))

    def _question(self) -> Content:
        return Content.assemble(
            "Your forecast", (f"   {clean_line(self.view.forecast.question)}", Ink.TEXT)
        )

    @staticmethod
    def _why_label() -> Content:
        return Content.assemble(
            "Why", ("   may be left empty; you will read it at the end", Ink.MUTED)
        )

    def _last_line(self) -> Content:
        reason = self._missing()
        if reason is not None:
            return Content.styled(f"Decide: {reason}", Ink.MUTED)
        return Content.assemble(
            ("Decide", Ink.HERE), ("   what follows cannot be taken back", Ink.MUTED)
        )

    def _missing(self) -> str | None:
        if not self.support:
            return "nothing can go with this response now"
        if self.forecast is None:
            return "first say what you expect"
        return None

    def why_not(self, act: Act, digit: int | None = None) -> str | None:  # noqa: ARG002
        """A decision needs a forecast; digits pick in the list with the cursor."""
        if act.id == "confirm":
            return self._missing()
        if act.id == "pick" and not isinstance(self.focused, Choice):
            return "digits pick in the lists above"
        return None

    @on(OptionList.OptionSelected)
    async def _select(self, message: OptionList.OptionSelected) -> None:
        if message.option_id == "confirm":
            await self.action_do("confirm")
        elif message.option_id is not None and isinstance(message.option_list, Choice):
            self._pick(message.option_list, message.option_id)

    def _pick(self, choice: Choice, name: str) -> None:
        if not choice.choose(name):
            self.program.say("that is closed now; the reason stands beside it", "warning")
            return
        if choice.id == "support":
            self.support = name
        else:
            self.forecast = int(name)
            self.query_one("#confirm", Field).replace_option_prompt("confirm", self._last_line())
        self.refresh_keys()
        self.focus_next()

    def action_pick(self, digit: int) -> None:
        """Pick the line with that number in the list that has the cursor."""
        choice = self.focused
        if isinstance(choice, Choice):
            name = choice.nth(digit)
            if name is not None:
                self._pick(choice, name)

    @on(Input.Submitted)
    def _reason_given(self) -> None:
        self.query_one("#confirm").focus()

    async def action_do(self, name: str, digit: int | None = None) -> None:
        """Do an act; where the decision lacks its forecast, lead there."""
        await super().action_do(name, digit)
        if name == "confirm" and self.support and self.forecast is None:
            self.query_one("#forecast").focus()

    def action_confirm(self) -> None:
        """Make the decision."""
        rationale = clean_line(self.query_one(Reason).value, RATIONALE_LIMIT)
        self.program.decide(
            Decide(
                self.view.seat or "solo",
                self.response.id,
                self.support,
                rationale or None,
                self.forecast,
            )
        )
