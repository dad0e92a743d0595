"""The console line by line: commands that lead the hour, and a line when something happens."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from tabletop.errors import ActionError, TabletopError
from tabletop.exercise.asking import LeftError
from tabletop.exercise.console.acts import FLOWS
from tabletop.exercise.console.facts import PAPER, RoomFacts
from tabletop.exercise.console.leading import ControlTable, Leading
from tabletop.exercise.console.troubles import Telling, troubles
from tabletop.exercise.console.wording import reach_words, seat_name
from tabletop.exercise.hour.view import HourView
from tabletop.exercise.table import CONTROL, Viewer
from tabletop.plain import control_telling as telling
from tabletop.plain.asking import EndError, LineAsker, Lines
from tabletop.plain.console import Console
from tabletop.plain.vocabulary import Command, no_command
from tabletop.plain.wording import sentence

COMMANDS = (
    Command("status", "", "tells the phase, the clock and who is here"),
    Command("teams", "", "tells every team on a line"),
    Command("team", "NAME", "tells a team: seats, choice, preferences, words"),
    Command("see", "TEAM|SEAT", "tells the situation as they see it"),
    Command("join", "", "tells how to join"),
    Command("next", "", "goes on to the next phase now", "next"),
    Command("begin", "", "StartEx: begins play", "begin"),
    Command("pause", "", "stops the clock", "pause"),
    Command("resume", "", "lets the clock run on", "resume"),
    Command("stretch", "SECONDS", "gives this phase more seconds, or fewer", "stretch"),
    Command("hold", "", "holds the reveal back", "hold"),
    Command("release", "", "releases the reveal", "hold"),
    Command("clock", "", "lets the clock lead from phase to phase", "timed"),
    Command("hand", "", "leads from phase to phase by hand", "timed"),
    Command("rule", "[RULE]", "sets who settles a choice: head, majority, ...", "govern"),
    Command("close", "", "closes the room against new seats", "bar"),
    Command("open", "", "opens the room for new seats", "bar"),
    Command("enter", "TEAM", "enters a team's choice from paper", "enter"),
    Command("unlock", "TEAM", "opens a team's locked choice again", "unlock"),
    Command("standing", "TEAM [DOCTRINE]", "sets a team's standing order", "standing"),
    Command("rewind", "TEAM [TURN]", "takes a team back to a turn as a new line", "rewind"),
    Command("override", "TEAM", "changes an adjudication, with a reason", "override"),
    Command("effects", "TEAM", "moves gauges and facts by hand, with a reason", "effects"),
    Command("injects", "", "lists what can be fired"),
    Command("fire", "[TEAM|all] [INJECT]", "fires an inject of the scenario now", "fire"),
    Command("withhold", "[TEAM|all] [INJECT]", "holds one back ahead of its time", "withhold"),
    Command("allow", "[TEAM|all] [INJECT]", "lets one that is held back come", "allow"),
    Command("write", "[TEAM|all]", "writes an inject; sends or holds it", "write"),
    Command("edit", "[TEAM|all] [INJECT]", "takes an inject as a draft of your own", "edit"),
    Command("deck", "", "sends, changes or drops what you hold", "deck"),
    Command("message", "TEAM|SEAT|all TEXT", "sends a message", "message"),
    Command("rename", "SEAT NAME", "gives a seat another name", "rename"),
    Command("move", "SEAT TEAM", "moves a seat to another team", "move"),
    Command("office", "SEAT [OFFICE]", "gives a seat another office", "office"),
    Command("remove", "SEAT", "takes a seat away", "remove"),
    Command("pin", "SEAT", "makes a code that seats another phone", "pin"),
    Command("projector", "", "makes a code for the projector's machine", "projector_pin"),
    Command("show", "WHAT [TEAM]", "sets the projector: situation, ladder, ...", "show"),
    Command("reasons", "[TEAM]", "lets reasons through to the projector", "reasons"),
    Command("share", "", "releases the debrief to every page", "share"),
    Command("mark", "[TEAM|all] TEXT", "notes something for yourself", "mark"),
    Command("notes", "", "tells your notes"),
    Command("words", "[TEAM]", "tells reasons and dissents"),
    Command("tickets", "", "tells the exit tickets"),
    Command("faults", "", "tells what went wrong with the room, and what to do"),
    Command("save", "FILE", "writes the save to another file, where the disk failed"),
    Command("quiet", "", "stops or starts the lines about what happens meanwhile"),
    Command("help", "", "lists these commands"),
    Command("quit", "", "closes the room, after asking"),
)
_WORDS: Mapping[str, Command] = {command.word: command for command in COMMANDS}
_OTHER: Mapping[str, str] = {"?": "help", "q": "quit", "exit": "quit", "n": "next", "s": "status"}
_STANDS: Mapping[str, tuple[str, bool]] = {
    "hold": ("held", True),
    "release": ("held", False),
    "clock": ("timed", True),
    "hand": ("timed", False),
    "close": ("barred", True),
    "open": ("barred", False),
}
"""Commands that set what may stand so already: the field of the hour, and how it is set."""


class ControlLines:
    """A console that is read and typed line by line."""

    def __init__(
        self, table: ControlTable, facts: RoomFacts, console: Console, lines: Lines
    ) -> None:
        """Lead `table`, whose room tells `facts`."""
        self._table = table
        self._facts = facts
        self._console = console
        self._lines = lines
        self._ask = LineAsker(console, lines)
        self._quiet = False
        self._telling = Telling(lambda: troubles(table, facts))
        self._reached = facts.reached()

    @property
    def _hour(self) -> HourView:
        return self._table.hour_view(CONTROL)

    async def run(self, *, announced: bool = False, stay: bool = False) -> int:
        """Obey until control leaves; gives the exit code.

        How to join is told first, unless that was `announced` already. At the end of the input
        the room closes, or with `stay` goes on by its clock until the process is ended.
        """
        joining = [] if announced else telling.joining(self._facts)
        self._console.tell([*joining, "Type help for all commands."])
        self._facts.watch(self._stirred)
        self._tell_troubles()
        watching = asyncio.create_task(self._watch())
        try:
            if await self._obey() and stay:
                self._console.say("Nobody types any more: the clock leads on.")
                self._console.flush()
                await asyncio.Event().wait()  # until the process is told to end
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
            self._console.flush()
        return 0

    async def _obey(self) -> bool:
        """Obey line after line; whether the input ended before control left."""
        with contextlib.suppress(EndError):
            while True:
                self._console.flush()
                text = await self._lines.next()
                if text is None:
                    return True
                if await self._left(text):
                    return False
        return True

    async def _left(self, text: str) -> bool:
        """Obey one line; whether control leaves."""
        word, _, rest = text.partition(" ")
        word = _OTHER.get(word.lower(), word.lower())
        if not word:
            return False
        command = _WORDS.get(word)
        if command is None:
            self._console.say(no_command(word, _WORDS))
        elif command.word == "quit":
            return await self._leaves()
        elif command.act:
            await self._act(command, rest.strip())
        elif command.word == "save":
            await self._save(rest.strip())
        else:
            self._tell(command.word, rest.strip())
        return False

    async def _leaves(self) -> bool:
        try:
            await self._ask.sure(
                "Close the room?",
                f"It goes on with --resume. All is kept in {self._table.path}",
            )
        except EndError:
            raise
        except LeftError:
            self._console.say("The room stays open.")
            return False
        return True

    async def _save(self, name: str) -> None:
        if not name:
            self._console.say("Say where: save FILE. It saves itself; this is for a failed disk.")
            return
        try:
            await self._table.save_elsewhere(_path(name))
        except (TabletopError, OSError, RuntimeError, ValueError) as fault:
            self._console.say(sentence(f"Not saved: {fault}"))
        else:
            self._console.say(f"The save is {self._table.path} now.")

    # --- acts

    async def _act(self, command: Command, rest: str) -> None:
        stands = _STANDS.get(command.word)
        if stands is not None and getattr(self._hour, stands[0]) is stands[1]:
            self._console.say("It stands so already.")
            return
        team, seat, named, rest = self._whom(command, rest)
        self._ask.given = rest
        at = Leading(self._table, self._facts, self._ask, team, seat, named)
        try:
            done = await FLOWS[command.act](at)
            if self._quiet or command.act != "next":  # else the phase has been told already
                self._console.say(sentence(done))
        except EndError:
            raise
        except LeftError:
            self._console.say("Nothing was done.")
        except TabletopError as refused:
            self._console.say(sentence(f"Refused: {refused}"))
        finally:
            self._ask.given = ""

    def _whom(self, command: Command, rest: str) -> tuple[str, str, bool, str]:
        """The team or seat that the words begin with, whether one was named, and what is left."""
        word, _, after = rest.partition(" ")
        hour = self._hour
        takes = command.argument.strip("[").split(" ")[0].strip("]")
        if "TEAM" in takes and word.lower() in {row.team.lower() for row in hour.teams}:
            team = next(row.team for row in hour.teams if row.team.lower() == word.lower())
            return team, "", True, after.strip()
        if "all" in takes and word.lower() == "all":
            return "", "", True, after.strip()
        if "SEAT" in takes and word:
            for seat in hour.mates:
                for name in (seat.id, seat_name(seat)):
                    if (rest + " ").lower().startswith(name.lower() + " "):
                        return seat.team, seat.id, True, rest[len(name) :].strip()
        return "", "", False, rest

    # --- telling

    def _tell(self, word: str, rest: str) -> None:
        if word == "quiet":
            self._quiet = not self._quiet
            self._console.say("Nothing is told meanwhile." if self._quiet else "Told again.")
            return
        try:
            self._console.tell(self._told(word, rest))
        except ActionError as refused:
            self._console.say(sentence(str(refused)))

    def _told(self, word: str, rest: str) -> Iterable[str]:
        hour = self._hour
        match word:
            case "teams":
                return telling.teams(hour, self._facts)
            case "team":
                row = Leading(self._table, self._facts, self._ask).row(rest)
                return telling.team(self._table, self._facts, row)
            case "see":
                return telling.seen(self._table, self._viewer(rest))
            case "join":
                return telling.joining(self._facts)
            case "injects":
                return telling.deck(self._table)
            case "notes":
                return telling.notes(hour)
            case "words":
                return list(telling.said(hour, rest)) or ["Nobody has given a reason yet."]
            case "tickets":
                return telling.tickets(hour)
            case "faults":
                return telling.wrong(self._table, self._facts)
            case "help":
                return help_lines()
        return telling.status(self._table, self._facts)

    def _viewer(self, name: str) -> Viewer:
        _, seat, _, _ = self._whom(_WORDS["see"], name)
        if seat:
            return Viewer("seat", seat)
        return Viewer("team", Leading(self._table, self._facts, self._ask).row(name).team)

    async def _watch(self) -> None:
        """Say in a line when a phase begins, when a team locks, and when something fails."""
        before = self._hour
        async for _ in self._table.changes():
            now = self._hour
            if not self._quiet:
                self._console.say(*_news(before, now, self._table.now()))
            self._tell_troubles()
            self._console.flush()
            before = now

    def _stirred(self, seat: str) -> None:
        """Somebody came or went, a device tried the way here, or something went wrong."""
        if seat:
            return
        self._tell_troubles()
        before, self._reached = self._reached, self._facts.reached()
        if self._reached != before and not self._quiet:
            self._console.say(reach_words(self._reached))
        self._console.flush()

    def _tell_troubles(self) -> None:
        """What has gone wrong, and what is well again: told at once, though it be quiet."""
        fresh, over = self._telling.news()
        for trouble in fresh:
            self._console.say(sentence(f"Fault: {trouble.words}"))
        self._console.say(*over)


def _news(before: HourView, now: HourView, moment: float) -> Iterator[str]:
    if (before.phase, before.round) != (now.phase, now.round):
        yield telling.phase_line(now, moment)
    elif now.round:
        locked = {row.team for row in before.teams if row.locked}
        yield from (
            f"Team {row.team} has locked."
            for row in now.teams
            if row.locked and row.team not in locked
        )
    ended = {row.team for row in before.teams if row.ending}
    yield from (
        sentence(f"Team {row.team} has ended: {row.ending}")
        for row in now.teams
        if row.ending and row.team not in ended
    )


def help_lines() -> Iterator[str]:
    """Every command with what it does."""
    yield "Words in capitals stand for names; what is left out is asked for, and back goes back."
    for command in COMMANDS:
        yield command.help


def _path(name: str) -> Path:
    return Path(name).expanduser()


async def control(
    table: ControlTable,
    facts: RoomFacts = PAPER,
    console: Console | None = None,
    source: TextIO | None = None,
    *,
    announced: bool = False,
    stay: bool = False,
) -> int:
    """Run the console in the loop of the caller until control leaves or the input ends.

    The caller opens and closes `table` and the room. `announced` and `stay` are as in
    `ControlLines.run`. Gives the exit code.
    """
    lines = Lines(source if source is not None else sys.stdin)
    return await ControlLines(table, facts, console or Console.of_process(), lines).run(
        announced=announced, stay=stay
    )
