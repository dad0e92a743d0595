"""The model's assumptions before a game: a whole world at once, or dial by dial."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tabletop.clean import clean_line, clean_text
from tabletop.tui import start
from tabletop.tui.actions import bindings
from tabletop.tui.choice import Menu
from tabletop.tui.columns import Entry
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink

if TYPE_CHECKING:
    from tabletop.exercise.desk import DialCard, ScenarioCard

_WORLD = "world"
_LABEL = 35
_DEFAULT_TEXT = "Every dial as the scenario sets it."
_OWN_TEXT = "Your own: the dials below differ from each of these worlds."


class DialsScreen(TabletopSheet[None]):
    """Worlds on the first line and dials below; left and right turn what the cursor is on."""

    SCREEN = "dials"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dials")]

    def __init__(self, card: ScenarioCard) -> None:
        """Set the dials of one scenario, from their defaults on."""
        super().__init__()
        self.card = card
        default = {dial.id: dial.default for dial in card.dials}
        self._worlds = [
            ("Default", _DEFAULT_TEXT, default),
            *((each.title, each.text, {**default, **dict(each.set)}) for each in card.presets),
        ]
        self.values = dict(default)
        """The value of every dial."""

    def compose(self) -> ComposeResult:
        """One line for the worlds, one for each dial, and what the one under the cursor means."""
        with VerticalScroll(classes="page", id="dials", can_focus=False):
            yield Static(clean_line(self.card.title, 60), classes="title", markup=False)
            yield Static(
                "People dispute what the model assumes. Set it before you play.",
                classes="under",
                markup=False,
            )
            yield Menu(
                Option(self._world_line(), id=_WORLD),
                Option("", disabled=True),
                *(Option(self._dial_line(dial), id=f"dial-{dial.id}") for dial in self.card.dials),
            )
            yield Static(id="dial-text", classes="after")
        yield KeyBar()

    @property
    def _world(self) -> int | None:
        """Which of the worlds the dials make up; None where none of them."""
        made = (place for place, (*_, values) in enumerate(self._worlds) if values == self.values)
        return next(made, None)

    def _world_line(self) -> Content:
        chosen = self._world
        return Content("  ").join(
            _marked(clean_line(title, 40), chosen=place == chosen)
            for place, (title, _, _) in enumerate(self._worlds)
        )

    def _dial_line(self, dial: DialCard) -> Entry:
        values = Content(" ").join(
            _marked(clean_line(value, 20).replace("_", " "), chosen=value == self.values[dial.id])
            for value in dial.values
        )
        return Entry((clean_line(dial.title, _LABEL - 1), values), label_width=_LABEL)

    def _dial(self) -> DialCard | None:
        """The dial under the cursor; None for the line of worlds."""
        option = self.query_one(Menu).highlighted_option
        return next((d for d in self.card.dials if option and option.id == f"dial-{d.id}"), None)

    def _tell(self) -> None:
        dial = self._dial()
        if dial is not None:
            text = clean_text(dial.text, 900)
        elif self._world is None:
            text = _OWN_TEXT
        else:
            text = clean_text(self._worlds[self._world][1], 900)
        self.query_one("#dial-text", Static).update(Content.styled(text, Ink.MUTED))

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._tell()

    def action_more(self) -> None:
        """The next value of the dial, or the next world."""
        self._turn(1)

    def action_less(self) -> None:
        """The value before, or the world before."""
        self._turn(-1)

    def action_defaults(self) -> None:
        """All dials back, wherever the cursor is."""
        self.values = dict(self._worlds[0][2])
        self._show()

    def _turn(self, steps: int) -> None:
        dial = self._dial()
        if dial is None:
            place = self._world
            # Beside all worlds, either way leads back to one of them.
            place = 0 if place is None else (place + steps) % len(self._worlds)
            self.values = dict(self._worlds[place][2])
        else:
            known = list(dial.values)
            place = known.index(self.values[dial.id])
            self.values[dial.id] = known[(place + steps) % len(known)]
        self._show()

    def _show(self) -> None:
        menu = self.query_one(Menu)
        menu.replace_option_prompt(_WORLD, self._world_line())
        for dial in self.card.dials:
            menu.replace_option_prompt(f"dial-{dial.id}", self._dial_line(dial))
        self._tell()

    @on(OptionList.OptionSelected)
    def _begin(self) -> None:
        changed = {
            dial.id: self.values[dial.id]
            for dial in self.card.dials
            if self.values[dial.id] != dial.default
        }
        self.program.open(start.NewGame(self.card.id, assumptions=changed))

    def action_start(self) -> None:
        """Begin with the dials as they stand."""
        self._begin()


def _marked(text: str, *, chosen: bool) -> Content:
    mark, ink = ("●", Ink.HERE) if chosen else ("○", Ink.MUTED)
    return Content.assemble((f"{mark} ", ink), (text, Ink.STRONG if chosen else Ink.MUTED))
