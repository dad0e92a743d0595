"""The words by which a replay is moved about in line by line, and what each of them tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from tabletop.debrief.bookmark_export import as_markdown
from tabletop.debrief.report import sentences as say
from tabletop.debrief.said import Words
from tabletop.errors import TabletopError
from tabletop.exercise.bookmarks import Bookmark, read_notes
from tabletop.exercise.playhead import Playhead
from tabletop.exercise.viewers import viewer_named
from tabletop.plain.vocabulary import Command
from tabletop.plain.wording import joined, quoted, sentence

MOST_FOUND = 12
"""Places that a search reads out: more are only counted."""


WORDS = (
    Command("step", "[N]", "goes on by one event, or by N; step -1 goes back by one"),
    Command("turn", "N", "goes to the decision of turn N"),
    Command("go", "N", "goes to event N"),
    Command("find", "WORDS", "lists the events in which these words were told or said"),
    Command(
        "as",
        "WHO",
        "looks as another: control, public, projector, a team or a seat; alone it lists them",
    ),
    Command("line", "NAME", "looks at another line of play; alone it lists them"),
    Command(
        "why", "", "tells of this turn's decision: reason, dissent, forecast, what else was open"
    ),
    Command("mark", "[WORDS]", "puts a bookmark on this event, with a note if words follow"),
    Command("unmark", "", "takes the bookmark of this event away"),
    Command("marks", "[FILE]", "reads all bookmarks and notes, or writes them to a file"),
    Command(
        "branch", "[new]", "makes a new save that goes on from this turn, by the same luck or new"
    ),
)
"""What can be typed between the moments of a replay, beside the words of every prompt."""


class Branch(Protocol):
    """Makes a save that goes on from the decision of a turn of a line."""

    def __call__(self, turn: int, line: str, *, same_luck: bool) -> Path:
        """The new save. Raises `TabletopError`."""


class Guide:
    """Carries out the words of a replay; each answers in lines, and may move the playhead."""

    def __init__(self, head: Playhead, branch: Branch | None = None) -> None:
        """Move `head`; `branch` is None where no save can be made."""
        self.head = head
        self.notes = read_notes(head.table.path, head.table.save.header.id)
        self._branch = branch
        self.moved = False
        """Whether the last word led to another moment, which is still to be told."""

    def obey(self, text: str) -> list[str] | None:
        """What a line of input tells; None where it begins with none of the words."""
        word, _, argument = text.strip().partition(" ")
        does = self._words.get(word.lower())
        if does is None:
            return None
        before = (self.head.viewer, self.head.line, self.head.place)
        try:
            told = does(argument.strip())
        except TabletopError as error:
            told = [sentence(str(error))]
        self.moved = before != (self.head.viewer, self.head.line, self.head.place)
        return told

    @property
    def note_here(self) -> Bookmark | None:
        """The bookmark on this event, in the line that is looked at."""
        event, lines = self.head.stop.event, ("", self.head.line)
        marks = (mark for mark in self.notes.marks if mark.event == event)
        return next((mark for mark in marks if mark.line in lines), None)

    @property
    def _words(self) -> Mapping[str, Callable[[str], list[str]]]:
        return {
            "step": self._step,
            "turn": self._turn,
            "go": self._go,
            "find": self._find,
            "as": self._as,
            "line": self._line,
            "why": self._why,
            "mark": self._mark,
            "unmark": self._unmark,
            "marks": self._marks,
            "branch": self._branch_off,
        }

    # --- moving

    def _step(self, argument: str) -> list[str]:
        by = _number(argument or "1")
        if by is None:
            return ["Say how many events: step 3, or step -1 to go back."]
        end = "first" if by < 0 else "last"
        return [] if self.head.step(by) else [f"This is the {end} event."]

    def _turn(self, argument: str) -> list[str]:
        number = _number(argument)
        if number is None:
            return ["Say which turn: turn 3."]
        if self.head.opening_of(number) is None:
            return [f"This line of play has no turn {number}."]
        return [] if self.head.to_turn(number) else ["You are there."]

    def _go(self, argument: str) -> list[str]:
        number = _number(argument)
        if number is None:
            return ["Say which event: go 40."]
        last = self.head.stops[-1].event
        if not 0 <= number <= last:
            return [f"There is no event {number}: they go up to {last}."]
        return [] if self.head.to_event(number) else ["You are there."]

    # --- looking

    def _find(self, argument: str) -> list[str]:
        if not argument:
            return ["Say what to find: find missile."]
        found = self.head.find(argument)
        if not found:
            return ["Nothing is found by these words."]
        lines = [
            joined(f"Event {stop.event}, turn {stop.turn}: {stop.label}")
            for stop in found[:MOST_FOUND]
        ]
        if len(found) > MOST_FOUND:
            lines.append(f"And {len(found) - MOST_FOUND} more.")
        return [*lines, "Type go and a number to go there."]

    def _as(self, argument: str) -> list[str]:
        if not argument:
            known = (
                f"{each.viewer.name or each.viewer.kind}: {each.title}"
                for each in self.head.onlookers
            )
            return [f"You look as {self.head.onlooker}. Others are:", *map(joined, known)]
        self.head.look_as(viewer_named(self.head.table.record, argument))
        return [joined(f"You look as {self.head.onlooker}.")]

    def _line(self, argument: str) -> list[str]:
        if not argument:
            cards = self.head.lines
            known = (f"{card.name}: team {card.team}, came to turn {card.turn}" for card in cards)
            return [joined(f"You look at {self.head.line}. There are:"), *map(joined, known)]
        self.head.look_at(argument)
        return [joined(f"You look at {self.head.line}.")]

    def _why(self, argument: str) -> list[str]:  # noqa: ARG002
        head = self.head
        words = Words(head.table, head.viewer, head.table.record.lines[head.line], head.newest())
        made = words.decision(head.stop.turn)
        if made is None:
            return ["Nothing was decided in this turn."]
        lines = [sentence(f"Decided: {say.decided(made)}")]
        if made.rationale:
            lines.append(sentence(f"Because: {made.rationale}"))
        lines += [sentence(f"Dissent: {say.dissent(lost)}") for lost in made.dissents]
        if made.expected is not None:
            told = f"{say.forecast(made.expected)}; {say.outcome(made.expected)}"
            lines.append(sentence(f"Expected: {words.scenario.forecast.question} {told}"))
        if made.offered:
            lines.append(sentence(f"Also open: {'; '.join(made.offered)}"))
        lines += [sentence(f"Control: {say.ruling(each)}") for each in words.rulings(made.turn)]
        return lines

    # --- bookmarks and notes

    def _mark(self, argument: str) -> list[str]:
        stop = self.head.stop
        notes = self.notes.with_mark(stop.event, self.head.line, stop.label, argument)
        notes.write()
        self.notes = notes
        return [joined(f"Marked, in {notes.path.name}, beside the save.")]

    def _unmark(self, argument: str) -> list[str]:  # noqa: ARG002
        here = self.note_here
        if here is None:
            return ["There is no bookmark on this event."]
        notes = self.notes.without_mark(here.event, here.line)
        notes.write()
        self.notes = notes
        return ["The bookmark is taken away."]

    def _marks(self, argument: str) -> list[str]:
        if self.notes.fault:
            return [sentence(self.notes.fault)]
        if not self.notes.marks:
            return ["Nothing is marked yet."]
        if argument:
            return self._written(Path(argument).expanduser())
        return [
            joined(f"Event {mark.event}, {mark.line}: {mark.label}. {mark.text}".strip())
            for mark in self.notes.marks
        ]

    def _written(self, path: Path) -> list[str]:
        text = as_markdown(f"Notes on {self.head.table.path.name}", self.notes.marks)
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except (OSError, ValueError) as error:
            return [joined(f"Not written: {error}")]
        return [joined(f"Written to {path}")]

    # --- playing on

    def _branch_off(self, argument: str) -> list[str]:
        if argument.lower() not in ("", "same", "new"):
            return ["Say branch for the same luck, or branch new for new luck."]
        if self._branch is None:
            return ["No save can be made here."]
        same = argument.lower() != "new"
        turn = self.head.branching_turn
        path = self._branch(turn, self.head.line, same_luck=same)
        luck = "the same luck" if same else "new luck"
        return [
            f"A new save goes on from the decision of turn {turn}, with {luck}.",
            joined(f"Play it with: tabletop play --resume {quoted(path)}"),
        ]


def help_words() -> list[str]:
    """Every word of a replay with what it does."""
    return ["In a replay these words work as well:", *(each.help for each in WORDS)]


def _number(text: str) -> int | None:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None
