"""Questions and answers: numbered choices, free words, and the commands open at every prompt."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.clean import clean_line
from tabletop.errors import TabletopError
from tabletop.exercise.view import View
from tabletop.plain import cards, ending, situation
from tabletop.plain.aftermath import aftermath
from tabletop.plain.console import Console
from tabletop.plain.launches import launches
from tabletop.plain.vocabulary import Command, no_command
from tabletop.plain.wording import joined

if TYPE_CHECKING:
    from tabletop.exercise.autoplay import DoctrineCard

_CARD = re.compile(r"(?:card\s+)?([0-9]{1,3})\s*\?|card\s+([0-9]{1,3})", re.IGNORECASE)
_NUMBER = re.compile(r"([0-9]{1,3})[.)]?")


class QuitError(Exception):
    """The player leaves."""


class BackError(Exception):
    """The player wants the question before this one again."""


class StandingOrderError(Exception):
    """The player leaves the rest of the game to a doctrine."""

    def __init__(self, doctrine: DoctrineCard) -> None:
        super().__init__(doctrine.id)
        self.doctrine = doctrine


COMMANDS = (
    Command("options", "", "repeats the choices of this prompt"),
    Command("card", "N", "reads the card of response N in full; N? does the same"),
    Command("brief", "", "repeats what this turn opened with"),
    Command("last", "", "repeats what came of your last decision"),
    Command("tracks", "", "reads every gauge with what moved it"),
    Command("ladder", "", "reads the escalation ladder and how each rung was reached"),
    Command("wire", "[TURN]", "reads what has happened, in all turns or in one"),
    Command("map", "", "tells of launches: how many, from where, how far, which way"),
    Command("sources", "[N]", "reads the evidence behind the brief and the news, or behind card N"),
    Command("decisions", "", "lists your decisions so far"),
    Command("adviser", "", "turns an adviser on or off: the model on each option, in words"),
    Command(
        "standing", "[DOCTRINE]", "hands your remaining turns to a doctrine; alone, lists them"
    ),
    Command("role", "", "reads your office and its goals"),
    Command("objective", "", "reads the objective that you declared"),
    Command("history", "", "after EndEx: what really happened"),
    Command("questions", "", "after EndEx: what to talk over"),
    Command("review", "", "after EndEx: what each decision cost, apart from luck, in this model"),
    Command("save", "FILE", "saves the game in another file, where it could not be written"),
    Command("back", "", "returns to the question before this one"),
    Command("help", "", "lists these commands"),
    Command("quit", "", "leaves; the save is kept"),
)
_WORDS = {command.word: command for command in COMMANDS}
_OTHER_WORDS = {"?": "help", "q": "quit", "exit": "quit", "b": "back"}


class Prompts:
    """Asks a player, and answers commands between a question and its answer.

    `look` gives the present view. `save` writes the game to another file; None where
    there is no game to save. `adviser` turns an adviser on or off and tells what it says.
    `standing` hands the rest of the game to a doctrine, or tells which there are; `review`
    tells what the decisions cost, once the game has ended.
    `more_help` tells of words that whoever asks understands as well.
    """

    def __init__(
        self,
        console: Console,
        look: Callable[[], View | None],
        save: Callable[[Path], None] | None = None,
        adviser: Callable[[View], list[str]] | None = None,
        more_help: Sequence[str] = (),
        standing: Callable[[str], list[str]] | None = None,
        review: Callable[[], list[str]] | None = None,
    ) -> None:
        self._standing = standing
        self._review = review
        self._more_help = more_help
        self._console = console
        self._look = look
        self._save = save
        self._adviser = adviser

    def choose(self, question: str, options: Sequence[str], *, back: bool = False) -> int:
        """Offer numbered `options`, each a paragraph of its own; the index of the chosen one.

        Raises `BackError` where the player goes back and `back` allows it, `QuitError`
        and `EndOfInputError`.
        """
        lines = [f"{number}. {option}" for number, option in enumerate(options, 1)]
        self._console.tell(lines)
        while True:
            text = self._console.ask(_ways(question, len(options), back=back))
            number = _NUMBER.fullmatch(text)
            if number is not None and 1 <= int(number[1]) <= len(options):
                return int(number[1]) - 1
            if number is not None or not text:
                self._console.say(f"Type {_numbers(len(options))}.")
            elif not self._obeyed(text, lines, back=back):
                self._console.say(no_command(text, _WORDS))

    def words(self, question: str, *, back: bool = False) -> str | None:
        """Ask for words; None where Enter skips. A lone command is obeyed, not taken as words."""
        while True:
            text = self._console.ask(question)
            if not text:
                return None
            if not self._obeyed(text, [question], back=back, words=True):
                return text

    def _obeyed(self, text: str, options: list[str], *, back: bool, words: bool = False) -> bool:
        """Carry out `text` if it is a command; `words` lets no sentence pass for one."""
        card = _CARD.fullmatch(text)
        word, _, argument = text.partition(" ")
        word = _OTHER_WORDS.get(word.lower(), word.lower())
        argument = argument.strip()
        if card is None:
            if word not in _WORDS:
                return False
            if words and argument and not (argument.isdecimal() or word == "save"):
                return False
        if card is not None:
            self._console.tell(self._card(int(card[1] or card[2])))
        elif word == "quit":
            raise QuitError
        elif word == "back" and back:
            raise BackError
        elif word == "options":
            self._console.tell(options)
        else:
            self._console.tell(self._told(word, argument))
        return True

    def _told(self, word: str, argument: str) -> list[str]:
        if word == "help":
            return [*help_lines(), *self._more_help]
        if word == "back":
            return ["There is nothing to go back to here."]
        if word == "save":
            return self._saved(argument)
        view = self._look()
        if view is None:
            return ["No game is open yet."]
        if word == "card":
            return ["Say which card: card 3, or 3? for short."]
        if word in {"wire", "sources"}:
            return self._numbered(view, word, argument)
        if word == "adviser" and self._adviser is None:
            return ["There is no adviser here."]
        if word == "standing":
            return self._handed_over(view, argument)
        if word == "review":
            return self._reviewed(view)
        plain: dict[str, Callable[[View], list[str]]] = {
            "adviser": self._adviser or situation.opening,
            "brief": situation.opening,
            "last": lambda seen: aftermath(seen) or ["No decision has been made yet."],
            "tracks": situation.track_lines,
            "ladder": situation.ladder,
            "map": launches,
            "decisions": lambda seen: situation.decisions(seen, digits=seen.phase == "ended"),
            "role": situation.role,
            "objective": situation.objective,
            "history": ending.history,
            "questions": ending.questions,
        }
        return plain[word](view)

    def _handed_over(self, view: View, doctrine: str) -> list[str]:
        if self._standing is None:
            return ["There is nobody here to give a standing order to."]
        if view.phase == "ended":
            return ["The exercise is over: there are no turns left to hand over."]
        return self._standing(doctrine)

    def _reviewed(self, view: View) -> list[str]:
        if view.phase != "ended":
            return ["The review of the decisions is sealed until the exercise has ended."]
        if self._review is None:
            return ["There is no review here."]
        return self._review()

    def _numbered(self, view: View, word: str, argument: str) -> list[str]:
        if argument and not (argument.isascii() and argument.isdecimal()):
            return [f"{word} takes a number, not {clean_line(argument, 40)!r}."]
        number = int(argument[:6]) if argument else None
        if word == "wire":
            return situation.wire(view, number)
        if number is None:
            return cards.source_lines(cards.evidence_in_sight(view))
        if not 1 <= number <= len(view.responses):
            return [_no_card(view)]
        return cards.source_lines(cards.evidence(view.responses[number - 1]))

    def _card(self, number: int) -> list[str]:
        view = self._look()
        if view is None or not 1 <= number <= len(view.responses):
            return [_no_card(view)]
        return cards.card(view, view.responses[number - 1])

    def _saved(self, argument: str) -> list[str]:
        if self._save is None:
            return ["There is no game to save here."]
        if not argument:
            return ["Say where: save FILE. The game saves itself; this is for a disk that failed."]
        try:
            self._save(Path(argument).expanduser())
        except (OSError, TabletopError, RuntimeError, ValueError) as error:
            return [joined(f"Not saved: {error}")]
        return [f"Saved in: {argument}"]


def help_lines() -> list[str]:
    """Every command with what it does."""
    return [
        "A number chooses. These words work at every prompt:",
        *(command.help for command in COMMANDS),
    ]


def _ways(question: str, count: int, *, back: bool) -> str:
    return f"{question} Type {_numbers(count)}{', back' if back else ''} or help:"


def _numbers(count: int) -> str:
    return {1: "1", 2: "1 or 2"}.get(count, f"1 to {count}")


def _no_card(view: View | None) -> str:
    count = len(view.responses) if view is not None else 0
    if not count:
        return "There are no cards at this moment."
    return f"There are cards 1 to {count}."
