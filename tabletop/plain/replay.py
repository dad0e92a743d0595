"""A save told again, stop by stop: all at once into a pipe, step by step to a person."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.errors import UsageError
from tabletop.exercise.playhead import Playhead
from tabletop.exercise.replay import ReplayTable, Stop
from tabletop.exercise.table import Moment, Viewer
from tabletop.exercise.view import View
from tabletop.plain.aftermath import aftermath
from tabletop.plain.console import Console, EndOfInputError
from tabletop.plain.ending import ending
from tabletop.plain.prompt import BackError, Prompts, QuitError
from tabletop.plain.replay_words import Branch, Guide, help_words
from tabletop.plain.situation import opening
from tabletop.plain.wording import counted, joined, sentence


def replay(
    console: Console,
    table: ReplayTable,
    turn: int | None = None,
    *,
    viewer: Viewer | None = None,
    line: str | None = None,
    branch: Branch | None = None,
) -> None:
    """Tell a save from its first stop on, or from the first of `turn`, as `viewer` knew it.

    Without a viewer it is told to the player of a solo save, else to the public; of every
    line of play that they may look at, or of one. A person is asked between the stops and
    may go back, step by events, look as another, search, mark, and `branch` off. Raises
    `UsageError` where the save has no such turn or line.
    """
    telling = _Telling(console, table, viewer or table.viewer, line)
    place = telling.place_of(turn)
    if not console.answered_by_person:
        for stop in range(place, len(telling.stops)):
            telling.tell(stop)
        return
    try:
        _Stepping(console, telling, place, branch).go_on()
    except (QuitError, EndOfInputError):
        return


class _Telling:
    """Tells stops, each as what is new in it since the one before."""

    def __init__(
        self, console: Console, table: ReplayTable, viewer: Viewer, line: str | None
    ) -> None:
        self._console = console
        self.table = table
        self.viewer = viewer
        cards = table.lines(viewer)
        lines = [card.name for card in cards] if line is None else [table.line(viewer, line)]
        self.stops: Sequence[Stop] = [s for name in lines for s in table.turns(viewer, name)]

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

    def tell(self, place: int) -> None:
        """Tell one stop."""
        self._console.tell(told(self.stops, place, self._before(place), self._view(place)))
        if place == len(self.stops) - 1 and self.table.fault:
            self._console.tell([sentence(f"The save cannot be used further: {self.table.fault}")])

    def _view(self, place: int) -> View:
        stop = self.stops[place]
        return self.table.view(self.viewer, Moment(stop.line, stop.event))

    def _before(self, place: int) -> View | None:
        stops = self.stops
        same_line = place > 0 and stops[place - 1].line == stops[place].line
        return self._view(place - 1) if same_line else None


class _Stepping:
    """Steps through a save with a person: Enter leads from stop to stop, words anywhere."""

    def __init__(
        self, console: Console, telling: _Telling, place: int, branch: Branch | None
    ) -> None:
        self._console = console
        self._telling = telling
        stop = telling.stops[place]
        self._head = Playhead(telling.table, telling.viewer, stop.line)
        self._head.to_event(stop.event)
        self._guide = Guide(self._head, branch)
        self._prompts = Prompts(console, self._head.view, more_help=help_words())

    def go_on(self) -> None:
        """Tell one moment after the other as a person asks for them."""
        self._tell()
        while True:
            way = "finish" if self._next() is None else "go on"
            try:
                text = self._prompts.words(
                    f"Press Enter to {way}, or type back or help:", back=True
                )
            except BackError:
                self._go(self._last())
                continue
            if text is not None:
                self._obey(text)
            elif (following := self._next()) is None:
                return
            else:
                self._go(following)

    def _obey(self, text: str) -> None:
        told = self._guide.obey(text)
        if told is None:
            self._console.say("Only Enter and commands are understood here; help lists them.")
            return
        if told:
            self._console.tell(told)
        if self._guide.moved:
            head, before = self._head, self._telling
            if head.viewer != before.viewer or all(s.line != head.line for s in before.stops):
                self._telling = _Telling(self._console, before.table, head.viewer, None)
            self._tell()

    def _next(self) -> int | None:
        """The stop after this moment; None at the last one."""
        return next((n for n, stop in self._own() if stop.event > self._event), None) or next(
            (n for n, _ in enumerate(self._telling.stops) if n > self._own()[-1][0]), None
        )

    def _last(self) -> int:
        """The stop before this moment; the first one where there is none."""
        earlier = [n for n, stop in self._own() if stop.event < self._event]
        return earlier[-1] if earlier else max(self._own()[0][0] - 1, 0)

    @property
    def _event(self) -> int:
        return self._head.stop.event

    def _own(self) -> list[tuple[int, Stop]]:
        """The stops of the line that is looked at, with their places."""
        stops = enumerate(self._telling.stops)
        return [(n, stop) for n, stop in stops if stop.line == self._head.line]

    def _go(self, place: int) -> None:
        stop = self._telling.stops[place]
        if stop.line != self._head.line:
            self._head.look_at(stop.line)
        self._head.to_event(stop.event)
        self._tell()

    def _tell(self) -> None:
        """The whole situation at a stop; at any other event what happened."""
        head = self._head
        here = [n for n, stop in self._own() if stop.event == self._event]
        if here:
            self._telling.tell(here[0])
        else:
            lines = [text for text in head.stop.text.split("\n") if text != head.stop.label]
            at = f"Event {self._event}, turn {head.stop.turn}."
            self._console.tell([f"{at} {sentence(head.stop.label)}", *map(sentence, lines)])
        note = self._guide.note_here
        if note is not None:
            self._console.tell([sentence(f"Marked: {note.label}"), sentence(note.text)])


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
