"""A place in a replay: who looks, at which line of play, at which moment; and how it moves."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tabletop.exercise.table import Moment, Viewer
from tabletop.exercise.view import DecisionView, View

if TYPE_CHECKING:
    from tabletop.exercise.replay import LineCard, ReplayTable, Stop
    from tabletop.exercise.viewers import Perspective


class Playhead:
    """Moves over the moments of one line, event by event or turn by turn.

    The moments are the events by which the viewer learned something, and those at which a
    decision was waited for. It begins at the first decision.
    """

    def __init__(
        self, table: ReplayTable, viewer: Viewer | None = None, line: str | None = None
    ) -> None:
        """Look as `viewer`, else as who usually looks, at a line or team, else at the first.

        Raises `UsageError` where the viewer may not look at that line.
        """
        self.table = table
        self.viewer = viewer if viewer is not None else table.viewer
        self.line = table.line(self.viewer, line)
        self.place: int
        self.stops: Sequence[Stop]
        """The moments, in order; one at least."""
        self.openings: tuple[int, ...]
        """The places of the decisions and of the end among them."""
        self._read()
        self.place = self.openings[0]

    def _read(self) -> None:
        """Lay out the moments of the line; the place is for the caller to find."""
        turns = self.table.turns(self.viewer, self.line)
        steps = self.table.steps(self.viewer, self.line)
        known = {stop.event for stop in steps}
        # What a decision waits for may be an event that tells this viewer nothing.
        silent = [_waiting(stop) for stop in turns if stop.event not in known]
        self.stops = sorted((*steps, *silent), key=_number) if silent else steps
        events = [stop.event for stop in self.stops]
        self.openings = tuple(bisect_left(events, stop.event) for stop in turns)
        self._turns = tuple(stop.turn for stop in turns)
        self._newest: View | None = None

    # --- what stands there

    @property
    def stop(self) -> Stop:
        """The moment that it is at."""
        stop: Stop = self.stops[self.place]
        return stop

    @property
    def at_opening(self) -> bool:
        """Whether a decision is waited for at this moment, or the line is at its end."""
        return self.place in self.openings

    def view(self) -> View:
        """What the viewer could know at this moment."""
        return self.table.view(self.viewer, Moment(self.stop.line or self.line, self.stop.event))

    def newest(self) -> View:
        """What the viewer may know of the line at its end; worked out once."""
        if self._newest is None:
            end = Moment(self.line, self.stops[-1].event)
            self._newest = self.table.view(self.viewer, end)
        return self._newest

    @property
    def decided(self) -> DecisionView | None:
        """The decision of this moment's turn; None where the line never came to it."""
        turn = self.stop.turn
        return next((made for made in self.newest().decisions if made.turn == turn), None)

    @property
    def onlooker(self) -> str:
        """What the viewer is called."""
        titles = (each.title for each in self.table.viewers if each.viewer == self.viewer)
        return next(titles, self.viewer.name or self.viewer.kind)

    @property
    def onlookers(self) -> tuple[Perspective, ...]:
        """Everybody who may look at some line of this save."""
        return tuple(each for each in self.table.viewers if self.table.lines(each.viewer))

    @property
    def lines(self) -> tuple[LineCard, ...]:
        """The lines that the viewer may look at."""
        return self.table.lines(self.viewer)

    @property
    def branching_turn(self) -> int:
        """The turn from whose decision a game played on from here would go on."""
        return self._turns[max(bisect_right(self.openings, self.place) - 1, 0)]

    # --- moving; each says whether it moved

    def step(self, by: int) -> bool:
        """So many events on, or back where negative; as far as there are any."""
        return self._go(self.place + by)

    def step_turn(self, by: int) -> bool:
        """To the next decision, or with -1 to the one before; the end of the line counts as one."""
        if by > 0:
            return self._go(next((p for p in self.openings if p > self.place), self.place))
        return self._go(next((p for p in reversed(self.openings) if p < self.place), self.place))

    def to_start(self) -> bool:
        """To the first moment."""
        return self._go(0)

    def to_end(self) -> bool:
        """To the last moment."""
        return self._go(len(self.stops) - 1)

    def to_turn(self, turn: int) -> bool:
        """To the decision of a turn; False also where the line never came to it."""
        place = self.opening_of(turn)
        return place is not None and self._go(place)

    def opening_of(self, turn: int) -> int | None:
        """The place where the decision of a turn was waited for."""
        found = zip(self.openings, self._turns, strict=True)
        return next((place for place, each in found if each == turn), None)

    def to_event(self, event: int) -> bool:
        """To an event, or to the last moment before it."""
        return self._go(bisect_right([stop.event for stop in self.stops], event) - 1)

    def _go(self, place: int) -> bool:
        before, self.place = self.place, min(max(place, 0), len(self.stops) - 1)
        return before != self.place

    # --- who looks, and at what

    def look_as(self, viewer: Viewer) -> None:
        """Look as another: at the same moment, or at the same turn of a line that they may see."""
        event, turn = self.stop.event, self.stop.turn
        names = {card.name for card in self.table.lines(viewer)}
        same = self.line in names
        self.line = self.line if same else self.table.line(viewer)
        self.viewer = viewer
        self._read()
        if same:
            self.to_event(event)
        else:
            self._go_near(turn)

    def look_at(self, line: str) -> None:
        """Look at another line, at the decision of the same turn where it came so far.

        Raises `UsageError` where the viewer may not.
        """
        turn = self.stop.turn
        self.line = self.table.line(self.viewer, line)
        self._read()
        self._go_near(turn)

    def _go_near(self, turn: int) -> None:
        place = self.opening_of(turn)
        self.place = self.openings[-1] if place is None else place

    def find(self, text: str, most: int = 200) -> list[Stop]:
        """The moments of this line whose words hold `text`, as far as the viewer may know them."""
        if not text.strip():
            return []
        wanted = {found.stop.event for found in self.table.search(text, self.viewer, self.line)}
        return [stop for stop in self.stops if stop.event in wanted][:most]


def _number(stop: Stop) -> int:
    return stop.event


def _waiting(stop: Stop) -> Stop:
    """A moment at which nothing happened that the viewer hears of, but for the waiting."""
    opens = stop.label.startswith(f"Turn {stop.turn}: ")
    told = f"Turn {stop.turn} waits for its decision" if opens else stop.label
    return replace(stop, label=told, marks=(), text=told)
