"""What the screens of the console share: the hour as it stands, and the acts of control."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tabletop.exercise.console.acts import FLOWS, why_not
from tabletop.exercise.hour.view import HourView, TeamRow
from tabletop.tui.actions import Act
from tabletop.tui.screens.base import TabletopScreen

if TYPE_CHECKING:
    from tabletop.tui.console.app import ControlApp

Result = TypeVar("Result")


def _acting(name: str) -> Callable[[ConsoleScreenBase[Any]], None]:
    def act(self: ConsoleScreenBase[Any]) -> None:
        self.control.carry_out(name, self.team, self.seat)

    act.__doc__ = FLOWS[name].__doc__
    return act


class ConsoleScreenBase(TabletopScreen[Result]):
    """A screen that control leads from; its acts are about the team and seat under the cursor."""

    @property
    def control(self) -> ControlApp:
        """The app, as its own type."""
        return cast("ControlApp", self.app)

    @property
    def hour(self) -> HourView:
        """The hour as control saw it last."""
        return self.control.hour

    @property
    def team(self) -> str:
        """The team in view; empty for none."""
        return ""

    @property
    def seat(self) -> str:
        """The seat in view; empty for none."""
        return ""

    @property
    def row(self) -> TeamRow | None:
        """The team in view as it stands."""
        return next((row for row in self.hour.teams if row.team == self.team), None)

    def why_not(self, act: Act, digit: int | None = None) -> str | None:  # noqa: ARG002
        """Why an act of control cannot be done now."""
        if act.id == "pause":
            return None
        return why_not(act.id, self.hour, self.row) if act.id in FLOWS else None

    def label(self, act: Act) -> str:
        """What a key that goes two ways would do now."""
        hour = self.hour
        other = {
            "pause": hour.paused and "Run on",
            "hold": hour.held and "Release the reveal",
            "timed": not hour.timed and "By the clock",
            "bar": hour.barred and "Open the room",
        }
        return other.get(act.id) or super().label(act)

    def action_pause(self) -> None:
        """Stop the clock, or let it run on."""
        self.control.carry_out("resume" if self.hour.paused else "pause", "", "")

    action_begin = _acting("begin")
    action_next = _acting("next")
    action_longer = _acting("longer")
    action_shorter = _acting("shorter")
    action_stretch = _acting("stretch")
    action_timed = _acting("timed")
    action_hold = _acting("hold")
    action_govern = _acting("govern")
    action_bar = _acting("bar")
    action_enter = _acting("enter")
    action_unlock = _acting("unlock")
    action_standing = _acting("standing")
    action_rewind = _acting("rewind")
    action_override = _acting("override")
    action_write = _acting("write")
    action_message = _acting("message")
    action_mark = _acting("mark")
    action_rename = _acting("rename")
    action_move = _acting("move")
    action_office = _acting("office")
    action_remove = _acting("remove")
    action_pin = _acting("pin")
    action_projector_pin = _acting("projector_pin")
    action_show = _acting("show")
    action_reasons = _acting("reasons")
    action_share = _acting("share")
