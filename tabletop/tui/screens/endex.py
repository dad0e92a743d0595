"""EndEx: how it ended, what they wanted, what both camps say, and what really happened."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tabletop.exercise.view import View
from tabletop.tui.actions import Act, bindings
from tabletop.tui.choice import Menu
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopScreen
from tabletop.tui.unsealed import SECTIONS, section_parts


class EndExScreen(TabletopScreen[None]):
    """One long page in sections; two keys start again at once."""

    SCREEN = "endex"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("endex")]

    def __init__(self, view: View) -> None:
        """Show the ending of `view`."""
        super().__init__()
        self.view = view
        assert view.ending is not None
        self.ending = view.ending
        self.again = False

    def compose(self) -> ComposeResult:
        """A list of the sections beside the page; the list shows where there is room."""
        with Horizontal(id="endex"):
            yield Menu(
                *(
                    Option(f"{number}  {title}", id=name)
                    for number, (name, title) in enumerate(SECTIONS, 1)
                ),
                id="endex-contents",
            )
            with VerticalScroll(id="endex-page"):
                for name, title in SECTIONS:
                    with Vertical(id=f"section-{name}", classes="section"):
                        if name != SECTIONS[0][0]:
                            yield Static(title, classes="label", markup=False)
                        yield from section_parts(name, self.view)
        yield KeyBar()

    def on_mount(self) -> None:
        """Let the page scroll with the arrows at once."""
        self.query_one("#endex-page").focus()

    def offers(self, act: Act) -> bool:
        """The rescue of a save is on the key line only while it is needed."""
        return act.id != "elsewhere" or self.program.warning is not None

    def label(self, act: Act) -> str:
        """The branch names its turn."""
        if act.id == "branch" and self.ending.pivot is not None:
            return f"Back to turn {self.ending.pivot}, same luck"
        return super().label(act)

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """No turn to go back to where nothing hung on any decision."""
        if act.id == "branch" and self.ending.pivot is None:
            return "no single turn stood out in this game"
        if act.id in {"branch", "another"} and self.again:
            return "the new game is being opened"
        if act.id == "elsewhere" and self.program.warning is None:
            return "the save is written and whole"
        if act.id == "section" and digit is not None and digit > len(SECTIONS):
            return f"there are {len(SECTIONS)} sections"
        return None

    def action_section(self, digit: int) -> None:
        """Go to a section."""
        self._go_to(SECTIONS[digit - 1][0])

    @on(OptionList.OptionSelected, "#endex-contents")
    def _section_chosen(self, message: OptionList.OptionSelected) -> None:
        if message.option_id is not None:
            self._go_to(message.option_id)

    def _go_to(self, name: str) -> None:
        section: Widget = self.query_one(f"#section-{name}")
        page = self.query_one("#endex-page", VerticalScroll)
        page.scroll_to(y=section.virtual_region.y, animate=False)
        page.focus()

    def action_branch(self) -> None:
        """Play again from the turn where most hung, with the same luck."""
        assert self.ending.pivot is not None
        self.again = True
        self.program.branch_from(self.ending.pivot)

    def action_another(self) -> None:
        """A new game with a new adversary."""
        self.again = True
        self.program.begin_anew()

    def action_replay(self) -> None:
        """Step through this game."""
        self.program.replay_this()

    def action_review(self) -> None:
        """What each decision cost, apart from luck."""
        self.program.look_back("review", [self.program.local.path])

    def action_debrief(self) -> None:
        """The whole story of this game."""
        self.program.look_back("debrief", [self.program.local.path])

    def action_elsewhere(self) -> None:
        """Write the save to another file."""
        from tabletop.tui.screens.elsewhere import ElsewhereScreen

        self.app.push_screen(ElsewhereScreen())

    def refused(self, action: object) -> None:  # noqa: ARG002
        """The new game could not be opened."""
        self.again = False

    def action_home(self) -> None:
        """Leave."""
        self.program.go_home()
