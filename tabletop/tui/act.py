"""One thing that can be done on a screen: its name, keys, place on the key line, and help."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Group = Literal["Lead", "Decide", "People", "Look", "Move", "Game", "Program"]
GROUPS: Final[tuple[Group, ...]] = (
    "Lead", "Decide", "People", "Look", "Move", "Game", "Program",
)  # fmt: skip
EVERYWHERE: Final = "everywhere"
DIGITS: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "9")


class Act(NamedTuple):
    """One thing that a player can do on some screens."""

    id: str
    """The name of the screen's method, without `action_`; unique on a screen."""
    screens: tuple[str, ...]
    keys: tuple[str, ...]
    """Textual's names of its keys; the first one is shown. Digits are handed to the method."""
    rank: int
    """Its place on the key line, 1 first; 0 leaves it to help and palette."""
    label: str
    """Two or three words, for the key line."""
    group: Group
    help: str
    """One sentence for the help screen and the palette."""

    @property
    def numbered(self) -> bool:
        """Whether its keys are digits, and its method takes the one that was pressed."""
        return self.keys[0] == DIGITS[0]

    @property
    def shown_key(self) -> str:
        """The key as people read it."""
        if self.numbered:
            return f"{self.keys[0]}–{self.keys[-1]}"
        return KEY_NAMES.get(self.keys[0], self.keys[0])


KEY_NAMES: Final = {
    "enter": "↵",
    "escape": "esc",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "shift+right": "⇧→",
    "shift+left": "⇧←",
    "question_mark": "?",
    "comma": ",",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "ctrl+q": "^q",
    "ctrl+p": "^p",
    "ctrl+t": "^t",
    "ctrl+s": "^s",
}

BACK: Final = ("q", "escape", "backspace")
"""Escape alone is slow: the driver waits a tenth of a second for what may follow it."""
