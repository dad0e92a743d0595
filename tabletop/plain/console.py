"""Lines in and lines out: every text is cleaned before it is written."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from typing import TextIO

from tabletop.clean import clean_line, clean_text

LONGEST_PARAGRAPH = 8_000
LONGEST_ANSWER = 10_000
_READ_AT_ONCE = 65_536
_NARROWEST = 20


class EndOfInputError(Exception):
    """Nobody answers any more: the input has ended."""


class Console:
    """Where a game is told and answered, one paragraph or answer a line.

    `width` is in terminal cells and wraps paragraphs between words; None writes each
    paragraph as one line, which suits pipes.
    """

    def __init__(self, source: TextIO, out: TextIO, width: int | None = None) -> None:
        self._source = source
        self._out = out
        self._width = width

    @classmethod
    def of_process(cls) -> Console:
        """The console of this process; wraps where its output is a terminal."""
        width = None
        if sys.stdout.isatty():
            import shutil

            width = max(_NARROWEST, shutil.get_terminal_size().columns)
        return cls(sys.stdin, sys.stdout, width)

    @property
    def answered_by_person(self) -> bool:
        """Whether answers come from a terminal, so that somebody can be asked to go on."""
        return self._source.isatty()

    def say(self, *paragraphs: str) -> None:
        """Write each paragraph; an empty one becomes an empty line."""
        for paragraph in paragraphs:
            for line in clean_text(paragraph, LONGEST_PARAGRAPH).split("\n"):
                self._out.write("\n".join(self._wrapped(line)) + "\n")

    def point_out(self, lines: Iterable[str]) -> None:
        """Write paths and commands, whole lines that people copy, after an empty line."""
        self._out.write("\n")
        for line in lines:
            self._out.write(clean_line(line, LONGEST_PARAGRAPH) + "\n")

    def tell(self, paragraphs: Iterable[str]) -> None:
        """Write a block of paragraphs with an empty line before it."""
        self.say("", *paragraphs)

    def ask(self, prompt: str) -> str:
        """Write `prompt` on a line of its own and read an answer, on one cleaned line.

        Raises `EndOfInputError` where there is nothing more to read.
        """
        self.say("", prompt)
        self._out.flush()
        return self.read()

    def read(self) -> str:
        """Read a line that nobody is asked for; raises `EndOfInputError` where there is none."""
        # Not `input`: with readline it writes escape sequences to a terminal.
        text = self._source.readline(_READ_AT_ONCE)
        if not text:
            raise EndOfInputError
        rest = text
        while rest and not rest.endswith("\n"):
            rest = self._source.readline(_READ_AT_ONCE)
        return clean_line(text.lstrip("\ufeff"), LONGEST_ANSWER)

    def flush(self) -> None:
        """Hand over everything written so far."""
        self._out.flush()

    def _wrapped(self, line: str) -> list[str]:
        if self._width is None:
            return [line]
        lines, used = [""], 0
        for word in line.split(" "):
            wide = cells(word)
            if used and used + 1 + wide > self._width:
                lines.append(word)
                used = wide
            else:
                lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
                used += wide + (1 if used else 0)
        return lines


def cells(text: str) -> int:
    """The cells of a terminal that `text` fills: two for a wide character."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
