"""A small app that shows one widget in our themes, for the tests of widgets."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widget import Widget

import tabletop.tui
from tabletop.tui.theme import NIGHT, themes

STYLES = Path(tabletop.tui.__file__).parent / "styles" / "widgets.tcss"
HOSTILE = "\x1b[31m\x1b]52;c;aGk=\x07[/b][bold] \u202edlrow\u202c \x9b2J 한국 🚀 " + "x" * 100_000
"""What a name or a text may hold: escape codes, markup, bidi, wide cells, and no end."""


class Stage(App[None]):
    """One widget alone on the screen, with its real styles and without motion."""

    CSS_PATH: ClassVar = [STYLES]
    ENABLE_COMMAND_PALETTE: ClassVar = False

    def __init__(self, widget: Widget, *, theme: str = NIGHT, motion: bool = False) -> None:
        super().__init__()
        self.widget = widget
        self.heard: list[Any] = []
        for ours in themes():
            self.register_theme(ours)
        self.theme = theme
        self.animation_level = "full" if motion else "none"

    def compose(self) -> ComposeResult:
        yield self.widget

    def lines(self) -> list[str]:
        """The text of the whole screen, row by row."""
        return ["".join(segment.text for segment in strip).rstrip() for strip in self.strips()]

    def strips(self) -> list[Strip]:
        """The screen as it is painted, row by row."""
        return self.screen._compositor.render_strips()

    def text(self) -> str:
        """The text of the whole screen."""
        return "\n".join(self.lines())


def is_harmless(text: str) -> bool:
    """Whether nothing in a painted text could drive a terminal or turn its lines around."""
    return not any(
        (ord(char) < 32 and char != "\n")
        or 0x7F <= ord(char) < 0xA0
        or 0x202A <= ord(char) <= 0x202E
        for char in text
    )


_NAMES = frozenset(
    {"id", "instrument", "state", "danger", "kind", "phase", "scenario", "supports", "stage"}
)
"""Fields that hold names of the program's own, never words of people."""


def parts_of(thing: Any) -> dict[str, Any] | None:
    """What a frozen dataclass or a NamedTuple holds, by name; None for anything else."""
    if isinstance(thing, type):
        return None
    if is_dataclass(thing):
        return {field.name: getattr(thing, field.name) for field in fields(thing)}
    return thing._asdict() if hasattr(thing, "_asdict") else None


def with_parts(thing: Any, changes: dict[str, Any]) -> Any:
    """The same with other parts."""
    return thing._replace(**changes) if hasattr(thing, "_replace") else replace(thing, **changes)


def poisoned(part: Any, words: str = HOSTILE) -> Any:
    """The same view with every word in it replaced by hostile text."""
    if isinstance(part, str):
        return words
    given = parts_of(part)
    if given is not None:
        kept = {name for name, value in given.items() if name in _NAMES or value is None}
        return with_parts(
            part, {name: poisoned(given[name], words) for name in given if name not in kept}
        )
    if isinstance(part, tuple):
        return tuple(poisoned(each, words) for each in part)
    return part
