"""The briefing: what the crisis contains, who you are, and what you will value."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from tabletop.clean import clean_line, clean_text
from tabletop.exercise.table import Action, Begin, Declare
from tabletop.exercise.view import View
from tabletop.tui.actions import Act, bindings
from tabletop.tui.choice import Choice
from tabletop.tui.columns import Columns, Row
from tabletop.tui.keybar import KeyBar
from tabletop.tui.prose import blocks, line, paragraph, under
from tabletop.tui.screens.base import TabletopScreen
from tabletop.tui.screens.office import role_text
from tabletop.tui.theme import Ink

PAGES = ("crisis", "office", "value")
_HEADINGS = {
    "crisis": "Before you begin",
    "office": "Your office",
    "value": "What you will value",
}


class BriefingScreen(TabletopScreen[None]):
    """Three pages; on the last one an objective is declared and the exercise begins."""

    SCREEN = "briefing"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("briefing")]

    def __init__(self, view: View, wanted: str | None = None) -> None:
        """Brief for `view`; `wanted` is an objective that was named before, if any."""
        super().__init__()
        self.view = view
        self.page = 0
        known = {objective.id for objective in view.objectives}
        self.objective = view.objective or (wanted if wanted in known else None)

    def compose(self) -> ComposeResult:
        """The first page; the others are made when they are turned to."""
        with Vertical(id="pages", classes="page"):
            yield Static(self._place(), id="briefing-place")
            yield Static(_HEADINGS[PAGES[0]], id="briefing-title", classes="title", markup=False)
            yield self._page(PAGES[0])
        yield KeyBar()

    def _page(self, name: str) -> VerticalScroll:
        if name == "crisis":
            return VerticalScroll(Static(crisis_text(self.view)), id=name)
        if name == "office":
            return VerticalScroll(Static(role_text(self.view)), id=name)
        parts: list[Widget] = [
            Static(
                "At the end you will see what the ending is worth by what you choose here.",
                classes="under",
                markup=False,
            ),
            Choice(self._labels(), chosen=self.objective, numbered=True, id="objectives"),
        ]
        if self.view.assumptions:
            parts.append(Static("The model's assumptions", classes="label", markup=False))
            parts.append(Columns(assumption_rows(self.view), label_width=34))
        return VerticalScroll(*parts, id=name, can_focus=False)

    def _labels(self) -> list[tuple[str, list[Content | str]]]:
        return [
            (
                objective.id,
                [
                    Content.styled(clean_line(objective.title), Ink.STRONG),
                    Content.styled(clean_text(objective.text, 900), Ink.MUTED),
                ],
            )
            for objective in self.view.objectives
        ]

    def _place(self) -> Content:
        return Content.styled(
            f"{clean_line(self.view.title)} · briefing, page {self.page + 1} of {len(PAGES)}\n",
            Ink.MUTED,
        )

    async def _turn_to(self, page: int) -> None:
        self.page = page
        pages = self.query_one("#pages")
        if not pages.query(f"#{PAGES[page]}"):
            await pages.mount(self._page(PAGES[page]))
        for made in pages.query(VerticalScroll):
            made.display = made.id == PAGES[page]
        self.query_one("#briefing-title", Static).update(_HEADINGS[PAGES[page]])
        self.query_one("#briefing-place", Static).update(self._place())
        last = page == len(PAGES) - 1
        self.set_focus(self.query_one("#objectives" if last else f"#{PAGES[page]}"))
        self.refresh_keys()

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """The exercise begins when an objective is declared."""
        last = self.page == len(PAGES) - 1
        if act.id == "forward" and last and self.objective is None:
            return "choose an objective first, by its digit or with Enter"
        if act.id == "backward" and self.page == 0:
            return "this is the first page"
        if act.id == "objective" and not last:
            return "the objectives are on the last page"
        if act.id == "objective" and digit is not None and digit > len(self.view.objectives):
            return f"there are {len(self.view.objectives)} objectives"
        return None

    def label(self, act: Act) -> str:
        """The last page begins the exercise."""
        last = self.page == len(PAGES) - 1
        return "Begin" if act.id == "forward" and last else super().label(act)

    def offers(self, act: Act) -> bool:
        """Objectives are chosen on the last page alone."""
        return act.id != "objective" or self.page == len(PAGES) - 1

    async def action_forward(self) -> None:
        """The rest of this page, the next one, or begin."""
        page = self.query_one(f"#{PAGES[self.page]}", VerticalScroll)
        if page.scroll_offset.y < page.max_scroll_y:
            page.scroll_page_down(animate=False)
        elif self.page < len(PAGES) - 1:
            await self._turn_to(self.page + 1)
        elif self.objective is not None:
            self.program.send(Declare("solo", self.objective))

    async def action_backward(self) -> None:
        """The page before."""
        await self._turn_to(self.page - 1)

    def action_objective(self, digit: int) -> None:
        """Choose an objective by its digit."""
        name = self.query_one("#objectives", Choice).nth(digit)
        if name is not None:
            self._choose(name)

    @on(OptionList.OptionSelected, "#objectives")
    async def _select(self, message: OptionList.OptionSelected) -> None:
        assert message.option_id is not None
        if message.option_id == self.objective:
            await self.action_forward()
        else:
            self._choose(message.option_id)

    def _choose(self, name: str) -> None:
        self.objective = name
        self.query_one("#objectives", Choice).choose(name)
        self.refresh_keys()

    def played(self, action: Action, view: View) -> None:  # noqa: ARG002
        """When the objective is declared the exercise begins, and then the first turn opens."""
        if isinstance(action, Declare):
            self.program.send(Begin())
        elif isinstance(action, Begin):
            self.program.go_on()

    def action_home(self) -> None:
        """Leave; the save is kept."""
        self.program.go_home()


def crisis_text(view: View) -> Content:
    """The content note first, then what the crisis is about."""
    return blocks(
        (
            under("What this contains", paragraph(view.content_note)),
            under("What it is about", paragraph(view.summary)),
            line(f"{view.turns} turns, in a model whose assumptions you can see.", Ink.MUTED),
        )
    )


def assumption_rows(view: View) -> list[Row]:
    """The dials of the model as they are set, with a word where one was changed."""
    return [
        (
            Content.styled(clean_line(title, 32), Ink.MUTED),
            Content.assemble(
                clean_line(value).replace("_", " "), ("" if default else "   changed", Ink.HERE)
            ),
        )
        for title, value, default in view.assumptions
    ]
