"""A save told again, stop by stop: all at once into a pipe, step by step to a person."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.errors import UsageError
from tabletop.exercise.replay import ReplayTable, Stop
from tabletop.exercise.table import Moment, Viewer
from tabletop.exercise.view import View
from tabletop.plain.aftermath import aftermath
from tabletop.plain.console import Console, EndOfInputError
from tabletop.plain.ending import ending
from tabletop.plain.prompt import BackError, Prompts, QuitError
from tabletop.plain.situation import opening
from tabletop.plain.wording import counted, joined, sentence


def replay(
    console: Console,
    table: ReplayTable,
    turn: int | None = None,
    *,
    viewer: Viewer | None = None,
    line: str | None = None,
) -> None:
    """Tell a save from its first stop on, or from the first of `turn`, as `viewer` knew it.

    Without a viewer it is told to the player of a solo save, else to the public; of every
    line of play that they may look at, or of one. A person is asked between the stops and
    may go back. Raises `UsageError` where the save has no such turn or line.
    """
    telling = _Telling(console, table, viewer or table.viewer, line)
    place = telling.place_of(turn)
    if not console.answered_by_person:
        for stop in range(place, len(telling.stops)):
            telling.tell(stop)
        return
    try:
        telling.step_through(place)
    except (QuitError, EndOfInputError):
        return


class _Telling:
    """Tells stops, each as what is new in it since the one before."""

    def __init__(
        self, console: Console, table: ReplayTable, viewer: Viewer, line: str | None
    ) -> None:
        self._console = console
        self._table = table
        self._viewer = viewer
        cards = table.lines(viewer)
        lines = [card.name for card in cards] if line is None else [table.line(viewer, line)]
        self.stops: Sequence[Stop] = [s for name in lines for s in table.turns(viewer, name)]
        self._place = 0
        self._prompts = Prompts(console, lambda: self._view(self._place))

    def place_of(self, turn: int | None) -> int:
        """The first stop of a turn."""
        stops = self.stops
        if turn is None:
            return 0
        for place, stop in enumerate(stops):
            if stop.turn == turn:
                return place
        turns = sorted({stop.turn for stop in stops})
        raise UsageError(f"no turn {turn} in this save: it has turns {turns[0]} to {turns[-1]}")

    def step_through(self, place: int) -> None:
        """Tell one stop after the other as a person asks for them."""
        stops = len(self.stops)
        while place < stops:
            self._place = place
            self.tell(place)
            last = place == stops - 1
            way = "finish" if last else "go on"
            try:
                text = self._prompts.words(
                    f"Press Enter to {way}, or type back or help:", back=True
                )
            except BackError:
                place = max(0, place - 1)
                continue
            if text is not None:
                self._console.say("Only Enter and commands are understood here; help lists them.")
            else:
                place += 1

    def tell(self, place: int) -> None:
        """Tell one stop."""
        self._console.tell(told(self.stops, place, self._before(place), self._view(place)))
        if place == len(self.stops) - 1 and self._table.fault:
            self._console.tell([sentence(f"The save cannot be used further: {self._table.fault}")])

    def _view(self, place: int) -> View:
        stop = self.stops[place]
        return self._table.view(self._viewer, Moment(stop.line, stop.event))

    def _before(self, place: int) -> View | None:
        stops = self.stops
        same_line = place > 0 and stops[place - 1].line == stops[place].line
        return self._view(place - 1) if same_line else None


def told(stops: Sequence[Stop], place: int, before: View | None, view: View) -> list[str]:
    """A stop in paragraphs: what came of the last decision, then where that leads."""
    stop = stops[place]
    lines = [f"Stop {place + 1} of {len(stops)}. {sentence(stop.label)}"]
    if before is None and place > 0:
        lines.append(joined(f"Another line of play: {stop.line}"))
    if before is None:
        lines.extend([sentence(view.title), *_declared(view)])
    else:
        after = view.aftermath
        earlier = before.aftermath.turn if before.aftermath is not None else 0
        if after is not None and after.turn > earlier:
            lines.extend(aftermath(view))
    if view.phase == "ended":
        lines.extend(ending(view))
    else:
        lines.extend(["", *opening(view), f"{counted(len(view.responses), 'response')} on offer."])
    return lines


def _declared(view: View) -> list[str]:
    titles = {each.id: each.title for each in view.objectives}
    return [f"Objective: {sentence(titles[view.objective])}"] if view.objective in titles else []
