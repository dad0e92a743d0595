"""A response's card at a seat: it can be preferred, and locked where that is the seat's."""

from __future__ import annotations

from typing import ClassVar, cast

from textual.binding import BindingType

from tabletop.tui.actions import Act, bindings
from tabletop.tui.classroom.acts import ALLOWED
from tabletop.tui.classroom.app import SeatApp
from tabletop.tui.screens.card import CardScreen


class SeatCardScreen(CardScreen):
    """Enter prefers the response; l goes on to lock it."""

    SCREEN = "seat_card"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("seat_card")]

    @property
    def seat(self) -> SeatApp:
        """The app, as its own type."""
        return cast("SeatApp", self.app)

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """What the hour does not allow, and what is closed."""
        if act.id in {"choose", "lock"} and ALLOWED[act.id][0] not in self.seat.hour.can:
            return ALLOWED[act.id][1]
        if act.id == "choose":
            return None
        if act.id == "lock" and not self.response.supports:
            return self.response.closed or self.response.consent or "it is closed now"
        return super().why_not(act, digit)

    def offers(self, act: Act) -> bool:
        """Locking is on the key line of who may lock."""
        return act.id != "lock" or "lock" in self.seat.hour.can

    def look_again(self) -> None:
        """The hour went on: what can be done may have changed."""
        self.refresh_keys()

    def action_choose(self) -> None:
        """Prefer it."""
        self.seat.prefer(self.response.id, self.response.title)

    def action_lock(self) -> None:
        """Go on to what goes with it, the forecast and the reason."""
        super().action_choose()
