"""The home screen: continue, begin, look back, leave."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tabletop.clean import clean_line
from tabletop.errors import TabletopError
from tabletop.tui import start
from tabletop.tui.actions import Act, acts, bindings
from tabletop.tui.choice import Menu
from tabletop.tui.keybar import KeyBar
from tabletop.tui.prose import plural
from tabletop.tui.screens.base import TabletopScreen
from tabletop.tui.theme import Ink

if TYPE_CHECKING:
    from tabletop.exercise.desk import ScenarioCard
    from tabletop.exercise.listing import SaveSummary

MENU = ("resume_newest", "new_game", "first_game", "saves", "compare", "settings", "quit")
TITLE = "T A B L E T O P"
TAGLINE = "Decide before you know. Live with the answer."


@dataclass(frozen=True)
class Shelf:
    """What the desk holds: scenarios to begin and saves to go on with."""

    scenarios: tuple[ScenarioCard, ...] = ()
    saves: tuple[SaveSummary, ...] = ()
    samples: tuple[SaveSummary, ...] = ()
    """Saves that ship with the program: to be replayed, not to be played on."""
    read: bool = False

    @property
    def newest(self) -> SaveSummary | None:
        """The unfinished game that was played last; an exercise of several is none."""
        open_games = [
            card for card in self.saves if not (card.ended or card.several) and card.fault is None
        ]
        return max(open_games, key=lambda card: card.played, default=None)

    @property
    def lesson(self) -> ScenarioCard | None:
        """The scenario that teaches the keys."""
        return next((card for card in self.scenarios if card.lesson), None)


class HomeScreen(TabletopScreen[None]):
    """Where the program opens; it reads the shelf of games after its first picture."""

    SCREEN = "home"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("home")]

    class Read(Message):
        """The shelf has been read."""

        def __init__(self, shelf: Shelf, fault: str | None = None) -> None:
            """Carry the shelf, or why it could not be read."""
            super().__init__()
            self.shelf = shelf
            self.fault = fault

    def __init__(self) -> None:
        """Begin with an empty shelf."""
        super().__init__()
        self.shelf = Shelf()
        self._wanted: str | None = None
        """An act that needs the shelf and was asked for before it was read."""

    def compose(self) -> ComposeResult:
        """Title, menu, keys."""
        with Vertical(id="home"):
            yield Static(Content.styled(TITLE, Ink.STRONG), id="home-title")
            yield Static(Content.styled(TAGLINE, Ink.MUTED), id="home-tagline")
            yield Menu(*self._options(), id="home-menu")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read what there is, once the first picture stands."""
        self.call_after_refresh(self._read)

    @work(group="shelf", exclusive=True)
    async def _read(self) -> None:
        try:
            shelf = await asyncio.to_thread(self._look)
        except (TabletopError, OSError) as error:
            self.post_message(self.Read(Shelf(read=True), str(error)))
        else:
            self.post_message(self.Read(shelf))

    def _look(self) -> Shelf:
        desk = self.program.desk
        return Shelf(tuple(desk.scenarios()), tuple(desk.saves()), tuple(desk.samples()), read=True)

    @on(Read)
    async def _show_shelf(self, message: Read) -> None:
        self.shelf = message.shelf
        menu = self.query_one("#home-menu", Menu)
        menu.put(self._options())
        menu.highlighted = 0 if self.shelf.newest else (2 if self._is_first_time() else 1)
        self.refresh_keys()
        if message.fault is not None:
            self.program.say(message.fault, "error")
        if self._wanted is not None and self.is_current:
            await self.program.attempt(self._wanted)
        self._wanted = None

    def _is_first_time(self) -> bool:
        return not self.shelf.saves and self.shelf.lesson is not None

    def _options(self) -> list[Option]:
        by_id = {act.id: act for act in acts("home")}
        return [
            Option(
                self._prompt(by_id[name]), id=name, disabled=self.why_not(by_id[name]) is not None
            )
            for name in MENU
        ]

    def _prompt(self, act: Act) -> Content:
        reason = self.why_not(act)
        words = "" if not self.shelf.read and reason else (reason or self._tells(act.id))
        return Content.assemble(
            (f"{act.shown_key:<4}", Ink.HERE if reason is None else Ink.MUTED),
            (f"{act.label:<14}", "" if reason is None else Ink.MUTED),
            (words, Ink.MUTED),
        )

    def _tells(self, name: str) -> str:
        newest = self.shelf.newest
        if name == "resume_newest" and newest is not None:
            return clean_line(f"{newest.title} · turn {newest.turn} of {newest.turns}", 60)
        if name == "saves":
            return _counted(self.shelf.saves)
        return {
            "new_game": "choose a crisis and begin",
            "first_game": "three minutes that teach the keys",
            "compare": "two or more games side by side",
            "settings": "theme, contrast, movement",
            "quit": "every game is kept in its save",
        }.get(name, "")

    def why_not(self, act: Act, digit: int | None = None) -> str | None:  # noqa: ARG002
        """Continue needs a game, the first game its scenario."""
        if act.id in {"resume_newest", "first_game", "compare"} and not self.shelf.read:
            return "the games are still being read"
        if act.id == "resume_newest" and self.shelf.newest is None:
            return "no unfinished game"
        if act.id == "first_game" and self.shelf.lesson is None:
            return "no scenario for a first game was found"
        if act.id == "compare" and len(self.shelf.saves) + len(self.shelf.samples) < 2:
            return "it takes two games"
        return None

    @on(OptionList.OptionSelected)
    async def _choose(self, message: OptionList.OptionSelected) -> None:
        if message.option_id is not None:
            await self.program.attempt(message.option_id)

    def action_resume_newest(self) -> None:
        """Go on with the game that was played last."""
        newest = self.shelf.newest
        if newest is not None:
            self.program.open(start.Resume(newest.path))

    def action_new_game(self) -> None:
        """Choose a crisis, once it is known which there are."""
        if not self.shelf.read:
            self._wanted = "new_game"
            return
        from tabletop.tui.screens.newgame import NewGameScreen

        self.app.push_screen(NewGameScreen(self.shelf.scenarios))

    def action_first_game(self) -> None:
        """Begin the scenario that teaches the keys."""
        lesson = self.shelf.lesson
        if lesson is not None:
            self.program.open(start.NewGame(lesson.id))

    def action_saves(self) -> None:
        """Browse all games, once they are read."""
        if not self.shelf.read:
            self._wanted = "saves"
            return
        from tabletop.tui.screens.saves import SavesScreen

        self.app.push_screen(SavesScreen(self.shelf.saves, self.shelf.samples))

    def action_compare(self) -> None:
        """Choose the games in the list of all."""
        self.action_saves()
        self.program.say("Mark two games or more with the space bar; x lays them side by side.")

    def action_settings(self) -> None:
        """Theme and motion."""
        from tabletop.tui.screens.settings import SettingsScreen

        self.app.push_screen(SettingsScreen())

    async def action_quit(self) -> None:
        """Leave the program."""
        await self.app.action_quit()


def _counted(saves: Sequence[SaveSummary]) -> str:
    """How many games there are, how many have ended, and how many files cannot be opened."""
    games = [card for card in saves if card.fault is None]
    told = [f"{plural(len(games), 'game', 'games')}, {sum(card.ended for card in games)} ended"]
    if len(saves) > len(games):
        told.append(f"{len(saves) - len(games)} that cannot be opened")
    return ", ".join(told) if saves else "none yet"
