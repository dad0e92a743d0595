"""The browser of saves: every game with the branches that were played from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tabletop.clean import clean_line
from tabletop.exercise.listing import SaveSummary, family
from tabletop.exercise.table import SOLO
from tabletop.tui import start
from tabletop.tui.actions import Act, bindings
from tabletop.tui.choice import Menu
from tabletop.tui.keybar import KeyBar
from tabletop.tui.prose import plural
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink

_OF_A_SAVE = frozenset({"continue_save", "replay_save", "debrief_save", "mark", "compare"})
"""Acts that need a save that can be read."""
_TITLE = 26
_STANDS = 28


class SavesScreen(TabletopSheet[None]):
    """All games, with where each of them stands."""

    SCREEN = "saves"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("saves")]

    def __init__(self, cards: Sequence[SaveSummary], samples: Sequence[SaveSummary] = ()) -> None:
        """Show `cards` as a family tree, and below them `samples`, to be replayed alone."""
        super().__init__()
        self.marked: set[int] = set()
        """Places of the rows that are to be laid side by side."""
        self.rows = (*family(cards), *((0, sample) for sample in samples))
        """Every save with its depth under the one it came from."""
        self.samples = tuple(samples)

    def compose(self) -> ComposeResult:
        """The list, or a word where it is empty."""
        with Vertical(classes="page"):
            yield Static("Saves", classes="title", markup=False)
            yield Static(self._under(), classes="under")
            yield Menu(*(Option(self._prompt(n), id=str(n)) for n in range(len(self.rows))))
        yield KeyBar()

    def _under(self) -> Content:
        words = (
            "Newest first; a branch stands under the game it came from."
            if len(self.rows) > len(self.samples)
            else "No game has been played yet."
        )
        if self.marked:
            words = f"{plural(len(self.marked), 'game', 'games')} marked to stand side by side."
        return Content.styled(words, Ink.MUTED)

    def _prompt(self, place: int) -> Content:
        depth, card = self.rows[place]
        mark = "● " if place in self.marked else "  "
        row = row_prompt(depth, card, sample=card in self.samples)
        return Content.assemble((mark, Ink.HERE), row)

    def _card(self) -> SaveSummary | None:
        place = self.query_one(Menu).highlighted
        return self.rows[place][1] if place is not None else None

    def why_not(self, act: Act, digit: int | None = None) -> str | None:  # noqa: ARG002
        """A save that cannot be read can be neither continued nor looked at."""
        if act.id not in _OF_A_SAVE or not self.is_mounted:
            return None
        if act.id == "compare" and len(self.marked) > 1:
            return None
        card = self._card()
        if card is None:
            return "there is no save here yet"
        if card.fault is not None:
            return clean_line(card.fault)
        if act.id == "continue_save" and card in self.samples:
            return "a sample can be replayed, not played on"
        if act.id == "continue_save" and card.several:
            return "an exercise of several people: r replays it, tabletop host --resume leads it on"
        return None

    def offers(self, act: Act) -> bool:
        """On a sample, which cannot be played on, Enter replays as well."""
        return act.id != "continue_save" or not self.is_mounted or self._card() not in self.samples

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_keys()

    @on(OptionList.OptionSelected)
    async def _select(self) -> None:
        card = self._card()
        await self.program.attempt("replay_save" if card in self.samples else "continue_save")

    def action_mark(self) -> None:
        """Mark the game under the cursor, or take its mark away."""
        menu = self.query_one(Menu)
        place = menu.highlighted
        if place is not None:
            self.marked ^= {place}
            menu.replace_option_prompt_at_index(place, self._prompt(place))
            self.query_one(".under", Static).update(self._under())
            menu.action_cursor_down()
            self.refresh_keys()

    def action_compare(self) -> None:
        """Lay the marked games side by side; with none, the teams of the one under the cursor."""
        paths = [self.rows[place][1].path for place in sorted(self.marked)]
        card = self._card()
        if len(paths) < 2 and card is not None and card.path not in paths:
            paths.append(card.path)
        self.program.look_back("compare", paths)

    def action_debrief_save(self) -> None:
        """Tell the story of the game under the cursor."""
        card = self._card()
        if card is not None:
            self.program.look_back("debrief", [card.path])

    def action_continue_save(self) -> None:
        """Go on with the game under the cursor."""
        card = self._card()
        if card is not None:
            self.program.open(start.Resume(card.path))

    def action_replay_save(self) -> None:
        """Step through the game under the cursor."""
        card = self._card()
        if card is not None:
            self.program.open(start.Replay(card.path))


def row_prompt(depth: int, card: SaveSummary, *, sample: bool = False) -> Content:
    """A save on one line: which game, where it stands, and when it was played."""
    twig = "  " * (depth - 1) + "└ " if depth else ""
    if card.fault is not None:
        return Content.assemble(
            (twig, Ink.FAINT),
            (clean_line(card.path.name, 40), Ink.MUTED),
            (f"   {clean_line(card.fault, 120)}", Ink.DANGER),
        )
    stands = card.ending if card.ended else f"turn {card.turn} of {card.turns}, {card.stage}"
    title = Content.assemble((twig, Ink.FAINT), clean_line(_called(depth, card, sample=sample), 60))
    return Content.assemble(
        title.truncate(_TITLE - 2, pad=True, ellipsis=True),
        "  ",
        Content.styled(
            clean_line(stands or "ended", 60), Ink.MUTED if card.ended else Ink.TEXT
        ).truncate(_STANDS - 2, pad=True, ellipsis=True),
        "  ",
        ("a sample" if sample else when(card.played), Ink.MUTED),
    )


def _called(depth: int, card: SaveSummary, *, sample: bool) -> str:
    """What a game is called: a branch by what it shares with the game above it."""
    if sample:
        own = card.path.stem.removeprefix(f"{card.scenario}-")
        return card.title if own == card.scenario else own.replace("-", " ").capitalize()
    if not depth or card.branched is None:
        return card.title
    line = "" if card.branched.line in ("", SOLO.name) else f"{card.branched.line}, "
    luck = f", {card.luck} luck" if card.luck is not None else ""
    return f"{line}turn {card.branched.turn}{luck}"


def when(played: str) -> str:
    """A time in a save as people write it, in the time zone of the machine."""
    try:
        moment = datetime.fromisoformat(played).astimezone()
    except (ValueError, OverflowError):
        return clean_line(played, 16)
    return f"{moment.day} {moment:%b %Y, %H:%M}"
