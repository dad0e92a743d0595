"""Reads what control types without stopping the clock, and puts an act's questions line by line."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from typing import Protocol, TextIO

from tabletop.clean import clean_line
from tabletop.exercise.asking import Blank, LeftError, Option
from tabletop.plain.console import LONGEST_ANSWER, Console, EndOfInputError
from tabletop.plain.wording import joined, sentence

_BACK = frozenset({"back", "b", "no"})
_YES = frozenset({"yes", "y"})


class Lines:
    """Lines that somebody types, for a loop that has other things to do meanwhile."""

    def __init__(self, source: TextIO) -> None:
        """Read `source` in a thread of its own, which ends with the process."""
        self._source = source
        self._read: asyncio.Queue[str | None] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._run, name="lines", daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                text = self._source.readline()
            except (OSError, ValueError):
                text = ""
            try:
                self._loop.call_soon_threadsafe(self._read.put_nowait, text or None)
            except RuntimeError:
                return  # the loop has ended, and nobody asks any more
            if not text:
                return

    async def next(self) -> str | None:
        """The next line, cleaned; None where nobody types any more."""
        text = await self._read.get()
        if text is None:
            self._read.put_nowait(None)
            return None
        return clean_line(text.lstrip("\ufeff"), LONGEST_ANSWER)


class Typed(Protocol):
    """Where lines come from."""

    async def next(self) -> str | None:
        """The next line, cleaned; None where nobody types any more."""


class Awaited:
    """Lines that are read when they are asked for: nothing else happens meanwhile."""

    def __init__(self, console: Console) -> None:
        """Read from `console`."""
        self._console = console

    async def next(self) -> str | None:
        """The next line; None where there is nothing more to read."""
        try:
            return self._console.read()
        except EndOfInputError:
            return None


class EndError(LeftError):
    """Nobody answers any more."""


class LineAsker:
    """An `Asker` that asks in lines; what was typed after a command answers its first questions."""

    def __init__(self, console: Console, lines: Typed) -> None:
        """Ask on `console`, and read from `lines`."""
        self._console = console
        self._lines = lines
        self.given = ""
        """What is left of the words behind the command."""

    async def _line(self, question: str) -> str:
        self._console.tell([question])
        self._console.flush()
        text = await self._lines.next()
        if text is None:
            raise EndError
        if text.lower() in _BACK:
            raise LeftError
        return text

    async def pick(self, question: str, options: Sequence[Option], start: str = "") -> str:  # noqa: ARG002
        """The id of the option that is chosen, by its number, its id or the start of its title."""
        known = self._taken(options)
        if known is not None:
            return known
        self._console.tell([question, *_numbered(options)])
        while True:
            text = await self._line(f"Type 1 to {len(options)}, or back:")
            chosen = _chosen(text, options)
            if chosen is None:
                self._console.say(f"There is no answer {text!r} here.")
            elif chosen.closed:
                self._console.say(sentence(f"{chosen.title} is closed: {chosen.closed}"))
            else:
                return chosen.id

    def _taken(self, options: Sequence[Option]) -> str | None:
        """The option that the words behind the command begin with."""
        word, _, rest = self.given.partition(" ")
        if not word:
            return None
        for option in options:
            if word.lower() == option.id.lower() and not option.closed:
                self.given = rest.strip()
                return option.id
        return None

    async def several(
        self, question: str, options: Sequence[Option], chosen: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """The ids of all whose numbers are typed."""
        self._console.tell([question, *_numbered(options, set(chosen))])
        while True:
            text = await self._line("Type numbers with spaces between, none, or back:")
            if text.lower() == "none":
                return ()
            words = text.replace(",", " ").split()
            if words and all(word.isdecimal() and 1 <= int(word) <= len(options) for word in words):
                numbers = {int(word) for word in words}
                return tuple(each.id for at, each in enumerate(options, 1) if at in numbers)
            self._console.say(f"Numbers go from 1 to {len(options)}.")

    async def fill(self, title: str, blanks: Sequence[Blank]) -> tuple[str, ...]:
        """What is typed, one line a blank; an empty line keeps what stands there already."""
        if self.given and len(blanks) == 1:
            text, self.given = self.given, ""
            return (text,)
        self._console.tell([title])
        return tuple([await self._blank(blank) for blank in blanks])

    async def _blank(self, blank: Blank) -> str:
        hint = f" ({blank.hint})" if blank.hint else ""
        keeps = "; Enter keeps what stands there" if blank.value else ""
        skips = "; Enter leaves it empty" if not blank.needed and not blank.value else ""
        if blank.value:
            self._console.say(joined(f"{blank.label} now: {blank.value}"))
        while True:
            text = await self._line(f"{blank.label}{hint}{keeps}{skips}, or back:")
            if text or blank.value or not blank.needed:
                return text or blank.value
            self._console.say(f"{blank.label} is needed.")

    async def sure(self, question: str, warning: str) -> None:
        """Return where control types yes."""
        self._console.tell([question, warning])
        text = await self._line("Type yes to do it; anything else goes back:")
        if text.lower() not in _YES:
            raise LeftError


def _numbered(options: Sequence[Option], chosen: set[str] | None = None) -> list[str]:
    return [
        joined(
            f"{at}. {each.title}",
            "chosen" if chosen and each.id in chosen else "",
            f"Closed: {each.closed}" if each.closed else each.note,
        )
        for at, each in enumerate(options, 1)
    ]


def _chosen(text: str, options: Sequence[Option]) -> Option | None:
    word = text.lower().rstrip(".)")
    if word.isdecimal():
        at = int(word[:6])
        return options[at - 1] if 1 <= at <= len(options) else None
    for option in options:
        if word and (word == option.id.lower() or option.title.lower().startswith(word)):
            return option
    return None
