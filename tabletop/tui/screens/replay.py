"""The replay: a save stepped through, forward and back, through anybody's eyes."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from tabletop.exercise.playhead import Playhead
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import Viewer
from tabletop.tui.actions import Act, bindings
from tabletop.tui.board import Board
from tabletop.tui.happening import happening
from tabletop.tui.keybar import KeyBar
from tabletop.tui.playing import SPEEDS, Player
from tabletop.tui.screens.annotated import AnnotatedScreen
from tabletop.tui.widgets.header import Header
from tabletop.tui.widgets.reading import Reading
from tabletop.tui.widgets.timeline import Course, Timeline

_FAST = 4
"""From this speed on nothing flies: it would still be in the air at the next moment."""


class ReplayScreen(AnnotatedScreen):
    """Moves over the moments of a save; nothing in it can be changed here."""

    SCREEN = "replay"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("replay")]
    AUTO_FOCUS = ""

    def __init__(
        self,
        table: ReplayTable,
        viewer: Viewer | None = None,
        line: str | None = None,
        turn: int | None = None,
    ) -> None:
        """Begin at a turn of a line of `table`, as `viewer` or whoever usually looks.

        It is the first decision where no turn is given, or one that the line never came to.

        Raises `UsageError` where the viewer may not look at that line.
        """
        super().__init__(Playhead(table, viewer, line))
        self.table = table
        if turn is not None:
            self.head.to_turn(turn)
        self.view = self.head.view()
        self.player = Player(self, self._play_on)

    def compose(self) -> ComposeResult:
        """The situation as it stood, with the line of moments above the keys."""
        yield Header()
        yield Board(Reading(id="decided"))
        yield Timeline(id="timeline")
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw the first moment, and say what of the save or its notes cannot be used."""
        for fault in (self.table.fault, self.notes.fault):
            if fault is not None:
                self.program.say(fault, "warning")
        self.draw()

    def on_screen_suspend(self) -> None:
        """Stand still while a sheet lies over this."""
        self._pause()

    def draw(self, *, fly: bool = False) -> None:
        """Draw the moment; `fly` lets what was launched at it fly, where things may move."""
        self.view = view = self.head.view()
        self.query_one(Header).show(view)
        self.query_one(Board).show(view, still=not fly)
        told = happening(self.head, view, self.note_here)
        self.query_one("#decided", Reading).put(told)
        self.draw_course()

    def draw_course(self) -> None:
        """Draw the line of moments and the keys."""
        flagged = frozenset(mark.event for mark in self.marks_here)
        course = Course(self.head.stops, self.head.place, flagged, self._beside())
        self.query_one(Timeline).put(course)
        self.refresh_keys()

    def _beside(self) -> str:
        parts = [self.head.onlooker]
        if len(self.head.lines) > 1:
            parts.append(f"line {self.head.line}")
        if self.player.playing or self.player.speed != SPEEDS[0]:
            parts.append(f"{'▶' if self.player.playing else '‖'} {self.player.speed}×")
        return " · ".join(parts)

    # --- what can be done

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """Only what the save has."""
        head, last = self.head, len(self.head.stops) - 1
        if act.id in {"step_on", "forth", "end", "play"} and head.place == last:
            return None if self.player.playing else "this is the last moment"
        if act.id in {"step_back", "back", "start"} and head.place == 0:
            return "this is the first moment"
        if act.id == "back" and head.place <= head.openings[0]:
            return "this is the first moment"
        if act.id == "turn" and digit is not None and head.opening_of(digit) is None:
            return f"this save has no turn {digit}"
        if act.id == "decided" and head.decided is None:
            return "nothing was decided in this turn"
        if act.id == "other_line" and len(head.lines) < 2:
            return "this save has one line of play to look at from here"
        if act.id in {"faster", "slower"}:
            return self._no_speed(act.id)
        return super().why_not(act, digit)

    def _no_speed(self, way: str) -> str | None:
        if way == "faster" and self.player.speed == SPEEDS[-1]:
            return "it plays as fast as it can"
        if way == "slower" and self.player.speed == SPEEDS[0]:
            return "it plays at its slowest"
        return None

    def offers(self, act: Act) -> bool:
        """The key of the lines shows where there are several; reading on, where there is more."""
        if act.id == "read_on":
            return self.query_one(Board).has_more
        return act.id != "other_line" or len(self.head.lines) > 1

    def label(self, act: Act) -> str:
        """The key that plays also pauses."""
        return "Pause" if act.id == "play" and self.player.playing else super().label(act)

    # --- moving

    def _move(self, *, moved: bool, fly: bool = False) -> None:
        """Draw where one has come to; a hand on the keys takes over from the player."""
        self.player.pause()
        if moved:
            self.draw(fly=fly and not self.program.still)
        else:
            self.draw_course()

    def action_step_on(self) -> None:
        """One event on."""
        self._move(moved=self.head.step(1), fly=True)

    def action_step_back(self) -> None:
        """One event back."""
        self._move(moved=self.head.step(-1))

    def action_forth(self) -> None:
        """To the next decision."""
        self._move(moved=self.head.step_turn(1))

    def action_back(self) -> None:
        """To the decision before."""
        self._move(moved=self.head.step_turn(-1))

    def action_start(self) -> None:
        """To the first moment."""
        self._move(moved=self.head.to_start())

    def action_end(self) -> None:
        """To the last moment."""
        self._move(moved=self.head.to_end())

    def action_turn(self, digit: int) -> None:
        """To the decision of a turn."""
        self._move(moved=self.head.to_turn(digit))

    @on(Timeline.Picked)
    def _picked(self, message: Timeline.Picked) -> None:
        self._move(moved=self.head.step(message.place - self.head.place))

    # --- playing by itself

    def action_play(self) -> None:
        """Go on by itself, or stand still."""
        if self.player.playing:
            self._pause()
        else:
            self.player.play()
            self.draw_course()

    def action_faster(self) -> None:
        """Twice as fast."""
        self.player.change(1)
        self.draw_course()

    def action_slower(self) -> None:
        """Half as fast."""
        self.player.change(-1)
        self.draw_course()

    def _pause(self) -> None:
        if self.player.playing:
            self.player.pause()
            self.draw_course()

    def _play_on(self) -> bool:
        moved = self.head.step(1)
        more = moved and self.head.place < len(self.head.stops) - 1
        if not more:
            self.player.pause()
        if moved:
            self.draw(fly=not self.program.still and self.player.speed < _FAST)
        return more

    # --- other eyes, other lines, other games

    def action_other_viewer(self) -> None:
        """Ask through whose eyes to look."""
        from tabletop.tui.screens.pick import onlookers_sheet

        def look(place: int | None) -> None:
            if place is not None:
                self.head.look_as(self.head.onlookers[place].viewer)
                self.draw()

        self.app.push_screen(onlookers_sheet(self.head), look)

    def action_other_line(self) -> None:
        """Ask which line of play to look at."""
        from tabletop.tui.screens.pick import lines_sheet

        def look(place: int | None) -> None:
            if place is not None:
                self.head.look_at(self.head.lines[place].name)
                self.draw()

        self.app.push_screen(lines_sheet(self.head), look)

    def action_find(self) -> None:
        """Ask for a moment, and go there."""
        from tabletop.tui.screens.find import FindScreen

        def go(event: int | None) -> None:
            if event is not None:
                self._move(moved=self.head.to_event(event))

        self.app.push_screen(FindScreen(self.head), go)

    def action_decided(self) -> None:
        """The card of this turn's decision, with what was said at it."""
        from tabletop.tui.screens.decided import DecidedScreen

        self.app.push_screen(DecidedScreen(self.head))

    def action_branch(self) -> None:
        """Ask with which luck to play on from here, and open the new game."""
        from tabletop.exercise.alone import is_alone
        from tabletop.tui.screens.pick import branch_sheet

        turn, line = self.head.branching_turn, self.head.line

        def branch(place: int | None) -> None:
            if place is not None:
                self.program.branch_off(self.table.path, turn, line, same_luck=place == 0)

        self.app.push_screen(branch_sheet(turn, line, alone=is_alone(self.table.record)), branch)

    def action_leave(self) -> None:
        """Leave the replay for the home screen."""
        self.program.go_home()
