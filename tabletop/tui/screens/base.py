"""What every screen shares: its part of the catalogue, and reasons for what cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar, cast

from textual.events import Resize
from textual.geometry import Region
from textual.screen import Screen

from tabletop.tui.actions import EVERYWHERE, Act, acts
from tabletop.tui.keybar import KeyBar

if TYPE_CHECKING:
    from tabletop.exercise.table import Action
    from tabletop.exercise.view import View
    from tabletop.tui.app import TabletopApp

Result = TypeVar("Result")


class TabletopScreen(Screen[Result]):
    """A screen whose keys, key line, palette entries and help come from the catalogue."""

    SCREEN: ClassVar[str] = ""
    """Its name in the catalogue."""
    _was_shown = False
    _awaits_size = False
    _is_painted = False
    """Whether the layout of this very moment has painted everything."""

    def on_compose(self) -> None:
        """Know the size of the terminal before the first layout, and not by a second one."""
        # Nothing is styled again for it: what the classes are about is not made yet.
        self.add_class(*self._breakpoint_classes(), update=False)

    def on_resize(self, event: Resize) -> None:
        """Do nothing for the first size: the layout that gave it is the layout for it."""
        if self._awaits_size:
            self._awaits_size = False
            if event.size == self.app.size:
                event.prevent_default()
                event.stop()

    def _breakpoint_classes(self) -> tuple[str, str]:
        app = self.app
        return (
            breakpoint_class(app.HORIZONTAL_BREAKPOINTS or [], app.size.width),
            breakpoint_class(app.VERTICAL_BREAKPOINTS or [], app.size.height),
        )

    def _know_size(self) -> None:
        app, here = self.app, self._breakpoint_classes()
        for _, name in (*(app.HORIZONTAL_BREAKPOINTS or []), *(app.VERTICAL_BREAKPOINTS or [])):
            self.set_class(name in here, name)

    def on_screen_resume(self) -> None:
        """The first time, Textual paints the whole screen with its layout, and then once more."""
        if self._was_shown:
            self._know_size()  # which may have changed while a sheet lay over it
        else:
            self._was_shown = self._is_painted = self._awaits_size = True
            self.call_next(self._paint_again)

    def _paint_again(self) -> None:
        """Forget what the layout asked for by giving sizes: it has painted all of that."""
        self._is_painted = False
        for widget in self._compositor.visible_widgets:
            widget._repaint_required = False  # noqa: SLF001
            widget._exchange_repaint_regions()  # noqa: SLF001

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Refresh; where the layout is done anew, what it moves is painted, and no more."""
        if self._is_painted and not (layout or recompose or regions):
            return self
        repaint = repaint and not layout
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def why_not(self, act: Act, digit: int | None = None) -> str | None:  # noqa: ARG002
        """Why `act` cannot be done now, in a sentence; None where it can."""
        return None

    def label(self, act: Act) -> str:
        """How `act` is called on the key line now."""
        return act.label

    def offers(self, act: Act) -> bool:  # noqa: ARG002
        """Whether the key line shows `act` at all now."""
        return True

    def _pop_result_callback(self) -> None:
        """Nobody waits for the result of the first screen: it was never pushed."""
        if self._result_callbacks:
            super()._pop_result_callback()

    async def action_do(self, name: str, digit: int | None = None) -> None:
        """Do the act of that name, or say in a line why it cannot be done now."""
        act = next(act for act in acts(self.SCREEN) if act.id == name)
        reason = self.why_not(act, digit)
        if reason is not None:
            self.program.say(reason, "warning")
            return
        call = act.id if digit is None else f"{act.id}({digit})"
        await self.app.run_action(call, self.app if EVERYWHERE in act.screens else self)

    async def attempt(self, act: Act) -> None:
        """Do an act that was clicked or found in the palette; digits need their key."""
        if not act.numbered:
            await self.action_do(act.id)

    def show(self, view: View) -> None:
        """Show a newer view of the same game, where the screen shows one."""

    def played(self, action: Action, view: View) -> None:
        """An action was carried out; `view` shows what came of it."""

    def look_again(self) -> None:
        """What the app follows has changed: show it as it stands now, where the screen does."""

    def refused(self, action: Action | None) -> None:
        """An action, or a table that was to be opened, was refused; the reason has been told."""

    def refresh_keys(self) -> None:
        """Draw the key line anew where what can be done has changed."""
        for bar in self.query(KeyBar):
            bar.redraw()

    @property
    def program(self) -> TabletopApp:
        """The app, as its own type."""
        return cast("TabletopApp", self.app)


def breakpoint_class(breakpoints: list[tuple[int, str]], cells: int) -> str:
    """The class of the largest breakpoint that so many cells reach."""
    return max((minimum, name) for minimum, name in breakpoints if minimum <= cells)[1]


class TabletopSheet(TabletopScreen[Result]):
    """A sheet over another screen; it gives its result back when it closes.

    It covers the whole screen and is not modal in Textual's sense: then the keys that hold
    everywhere still work, and nothing below is painted.
    """

    def action_close(self) -> None:
        """Close without a result."""
        self.dismiss(None)
