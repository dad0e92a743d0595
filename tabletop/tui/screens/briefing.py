"""The briefing: what the crisis contains, who you are, and what you will value."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from tabletop.clean import clean_line, clean_text
from tabletop.exercise.introduction import Introduction
from tabletop.tui.actions import Act, acts, bindings
from tabletop.tui.choice import Choice
from tabletop.tui.columns import Columns, Row
from tabletop.tui.keybar import KeyBar
from tabletop.tui.prose import blocks, line, paragraph, under
from tabletop.tui.screens.base import TabletopScreen
from tabletop.tui.theme import Ink

if TYPE_CHECKING:
    from tabletop.exercise.table import Action
    from tabletop.exercise.view import View

PAGES = ("crisis", "office", "value")
_OF_THE_GAME = frozenset({"forward", "backward", "objective"})
"""Acts that need a game to be done in."""
_HEADINGS = {
    "crisis": "Before you begin",
    "office": "Your office",
    "value": "What you will value",
}


class BriefingScreen(TabletopScreen[None]):
    """Three pages; on the last one an objective is declared and the exercise begins.

    The first page is there before the game is: what is pressed meanwhile is done when it is.
    """

    SCREEN = "briefing"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("briefing")]

    def __init__(
        self, introduction: Introduction, view: View | None = None, wanted: str | None = None
    ) -> None:
        """Brief for `view`, or by an introduction until `seated` brings one.

        `wanted` is an objective that was named before, if any.
        """
        super().__init__()
        self.introduction = introduction
        self.wanted = wanted
        self.page = 0
        self.objective: str | None = None
        self._view: View | None = None
        self._pressed: list[tuple[Act, int | None]] = []
        if view is not None:
            self._brief_for(view)

    @property
    def view(self) -> View:
        """The game before its start; only once there is one."""
        assert self._view is not None
        return self._view

    @property
    def is_seated(self) -> bool:
        """Whether there is a game to brief for."""
        return self._view is not None

    def _brief_for(self, view: View) -> None:
        known = {objective.id for objective in view.objectives}
        self._view = view
        self.objective = view.objective or (self.wanted if self.wanted in known else None)

    async def seated(self, view: View) -> None:
        """There is a game now: do what was pressed before there was."""
        self._brief_for(view)
        pressed, self._pressed = self._pressed, []
        for act, digit in pressed:
            await self.action_do(act.id, digit)

    async def action_do(self, name: str, digit: int | None = None) -> None:
        """Do the act of that name, now or as soon as there is a game."""
        own = next((act for act in acts(self.SCREEN) if act.id == name), None)
        if own is not None and own.id in _OF_THE_GAME and not self.is_seated:
            self._pressed.append((own, digit))
        else:
            await super().action_do(name, digit)

    def compose(self) -> ComposeResult:
        """The first page; the others are made when they are turned to."""
        with Vertical(id="pages", classes="page"):
            yield Static(self._place(), id="briefing-place")
            yield Static(_HEADINGS[PAGES[0]], id="briefing-title", classes="title", markup=False)
            yield self._page(PAGES[0])
        yield KeyBar()

    def _page(self, name: str) -> VerticalScroll:
        if name == "crisis":
            return VerticalScroll(Static(crisis_text(self.introduction)), id=name)
        if name == "office":
            from tabletop.tui.screens.office import role_text

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
            f"{clean_line(self.introduction.title)} · briefing,"
            f" page {self.page + 1} of {len(PAGES)}\n",
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
            from tabletop.exercise.table import SOLO, Declare

            self.program.send(Declare(SOLO.name, self.objective))

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
        from tabletop.exercise.table import Begin, Declare

        if isinstance(action, Declare):
            self.program.send(Begin())
        elif isinstance(action, Begin):
            self.program.go_on()

    def action_home(self) -> None:
        """Leave; the save is kept."""
        self.program.go_home()


def crisis_text(told: Introduction) -> Content:
    """The content note first, then what the crisis is about."""
    return blocks(
        (
            under("What this contains", paragraph(told.content_note)),
            under("What it is about", paragraph(told.summary)),
            line(f"{told.turns} turns, in a model whose assumptions you can see.", Ink.MUTED),
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
