"""The browser of saves: every game with the branches that were played from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tabletop.clean import clean_line
from tabletop.tui import start
from tabletop.tui.actions import Act, bindings
from tabletop.tui.choice import Menu
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink

if TYPE_CHECKING:
    from tabletop.exercise.desk import SaveCard


def family(cards: Sequence[SaveCard]) -> Iterator[tuple[str, SaveCard]]:
    """The saves as a tree, newest first: each with the twigs before its name."""
    names = {card.path.name for card in cards}
    children: dict[str | None, list[SaveCard]] = {}
    for card in sorted(cards, key=lambda card: card.played, reverse=True):
        parent = card.parent if card.parent in names and card.parent != card.path.name else None
        children.setdefault(parent, []).append(card)
    seen: set[str] = set()

    def walk(parent: str | None, before: str) -> Iterator[tuple[str, SaveCard]]:
        row = children.get(parent, [])
        for place, card in enumerate(row):
            if card.path.name in seen:
                continue
            seen.add(card.path.name)
            last = place == len(row) - 1
            twig = "" if parent is None else before + ("└ " if last else "├ ")
            yield twig, card
            deeper = "" if parent is None else before + ("  " if last else "│ ")
            yield from walk(card.path.name, deeper)

    yield from walk(None, "")
    # Saves that name one another as parents hang on no root.
    yield from (("", card) for card in cards if card.path.name not in seen)


class SavesScreen(TabletopSheet[None]):
    """All games, with where each of them stands."""

    SCREEN = "saves"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("saves")]

    def __init__(self, cards: Sequence[SaveCard]) -> None:
        """Show `cards` as a family tree."""
        super().__init__()
        self.rows = tuple(family(cards))

    def compose(self) -> ComposeResult:
        """The list, or a word where it is empty."""
        with Vertical(classes="page"):
            yield Static("Saves", classes="title", markup=False)
            yield Static(self._under(), classes="under")
            yield Menu(
                *(Option(row_prompt(*row), id=str(n)) for n, row in enumerate(self.rows))
            )
        yield KeyBar()

    def _under(self) -> Content:
        words = (
            "Newest first. A game that was branched off stands under the one it came from."
            if self.rows
            else "No game has been played yet."
        )
        return Content.styled(words, Ink.MUTED)

    def _card(self) -> SaveCard | None:
        place = self.query_one(Menu).highlighted
        return self.rows[place][1] if place is not None else None

    def why_not(self, act: Act, digit: int | None = None) -> str | None:
        """A save that cannot be read can be neither continued nor replayed."""
        if act.id not in {"continue_save", "replay_save"} or not self.is_mounted:
            return None
        card = self._card()
        if card is None:
            return "there is no save here yet"
        return clean_line(card.fault) if card.fault is not None else None

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_keys()

    @on(OptionList.OptionSelected)
    async def _select(self) -> None:
        await self.program.action_attempt("continue_save")

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


def row_prompt(twig: str, card: SaveCard) -> Content:
    """A save on two lines: which game and when, and where it stands."""
    if card.fault is not None:
        return Content.assemble(
            (twig, Ink.FAINT), (clean_line(card.path.name, 70), ""), "\n",
            (" " * len(twig), ""), (clean_line(card.fault, 160), Ink.DANGER),
        )
    stands = card.ending if card.ended else f"turn {card.turn} of {card.turns} · {card.stage}"
    return Content.assemble(
        (twig, Ink.FAINT),
        (clean_line(card.title, 48), Ink.STRONG),
        (f"   {clean_line(card.played, 16).replace('T', ' ')}\n", Ink.MUTED),
        (" " * len(twig), ""),
        (clean_line(stands or "ended", 60), Ink.MUTED if card.ended else Ink.HERE),
    )
