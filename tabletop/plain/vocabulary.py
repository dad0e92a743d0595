"""Words that can be typed at a prompt: what they do, and what was meant by one that is none."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from typing import NamedTuple

from tabletop.clean import clean_line
from tabletop.plain.wording import sentence


class Command(NamedTuple):
    """A word that can be typed, what may follow it, and what it does."""

    word: str
    argument: str
    does: str
    act: str = ""
    """The act of control that it carries out; empty where it only tells."""

    @property
    def help(self) -> str:
        """How it is typed and what it does, in a sentence."""
        return sentence(f"{self.word} {self.argument}".strip() + f": {self.does}")


def no_command(text: str, words: Collection[str]) -> str:
    """That the first word of a text is no command, with the nearest one that is."""
    word = clean_line(text.split(maxsplit=1)[0], 40)
    near = difflib.get_close_matches(word.lower(), words, 1)
    hint = f"Did you mean {near[0]}?" if near else "Type help for all commands."
    return f"There is no command {word!r}. {hint}"
