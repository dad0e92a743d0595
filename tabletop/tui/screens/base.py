"""What every screen shares: its part of the catalogue, and reasons for what cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from tabletop.exercise.table import Action
from tabletop.exercise.view import View
from tabletop.tui.actions import EVERYWHERE, Act, acts
from tabletop.tui.keybar import KeyBar

if TYPE_CHECKING:
    from tabletop.tui.app import TabletopApp

Result = TypeVar("Result")


class Catalogued(Widget):
    """A screen whose keys, key line, palette entries and help come from the catalogue."""

    SCREEN: ClassVar[str] = ""
    """Its name in the catalogue."""

    def why_not(self, act: Act, digit: int | None = None) -> str | None:  # noqa: ARG002
        """Why `act` cannot be done now, in a sentence; None where it can."""
        return None

    def label(self, act: Act) -> str:
        """How `act` is called on the key line now."""
        return act.label

    def offers(self, act: Act) -> bool:  # noqa: ARG002
        """Whether the key line shows `act` at all now."""
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Textual's question: None greys a key; the app then says why when it is pressed."""
        act = next((act for act in acts(self.SCREEN) if act.id == action), None)
        if act is None:
            return True
        digit = parameters[0] if parameters else None
        return None if self.why_not(act, cast("int | None", digit)) else True

    async def attempt(self, act: Act) -> None:
        """Do `act`, or say in a line why it cannot be done now."""
        reason = self.why_not(act)
        if reason is not None:
            self.program.say(reason, "warning")
        elif not act.numbered:
            await self.app.run_action(act.id, self.app if EVERYWHERE in act.screens else self)

    def explain(self, act: Act, key: str) -> None:
        """Say why the key of `act` does nothing now, where that is so."""
        reason = self.why_not(act, int(key) if act.numbered else None)
        if reason is not None:
            self.program.say(reason, "warning")

    def show(self, view: View) -> None:
        """Show a newer view of the same game, where the screen shows one."""

    def played(self, action: Action, view: View) -> None:
        """An action was carried out; `view` shows what came of it."""

    def refused(self, action: Action | None) -> None:
        """An action, or a table that was to be opened, was refused; the reason has been told."""

    def refresh_keys(self) -> None:
        """Draw the key line anew: what can be done has changed."""
        for bar in self.query(KeyBar):
            bar.refresh()

    @property
    def program(self) -> TabletopApp:
        """The app, as its own type."""
        return cast("TabletopApp", self.app)


class TabletopScreen(Catalogued, Screen[Result]):
    """A screen that fills the terminal."""


class TabletopSheet(Catalogued, ModalScreen[Result]):
    """A sheet over another screen; it gives its result back when it closes."""

    def action_close(self) -> None:
        """Close without a result."""
        self.dismiss(None)
