"""The one catalogue of what a player can do: keys, key line, palette and help come from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from textual.binding import Binding

Group = Literal["Decide", "Look", "Move", "Game", "Program"]
GROUPS: Final[tuple[Group, ...]] = ("Decide", "Look", "Move", "Game", "Program")
EVERYWHERE: Final = "everywhere"
DIGITS: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "9")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a player can do on some screens."""

    id: str
    """The name of the screen's method, without `action_`; unique on a screen."""
    keys: tuple[str, ...]
    """Textual's names of its keys; the first one is shown."""
    label: str
    """Two words at most, for the key line."""
    group: Group
    help: str
    """One sentence for the help screen and the palette."""
    screens: tuple[str, ...]
    rank: int = 0
    """Its place on the key line, 1 first; 0 leaves it to help and palette."""
    key_label: str = ""
    """How its keys are written, where their names do not say it well."""
    numbered: bool = False
    """Whether the method takes the digit that was pressed."""
    palette: bool = True

    @property
    def shown_key(self) -> str:
        """The key as people read it."""
        return self.key_label or _KEY_NAMES.get(self.keys[0], self.keys[0])


_KEY_NAMES: Final = {
    "enter": "↵",
    "escape": "esc",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "question_mark": "?",
    "comma": ",",
    "ctrl+q": "^q",
    "ctrl+p": "^p",
    "ctrl+t": "^t",
    "ctrl+s": "^s",
}

_BACK: Final = ("q", "escape", "backspace")

CATALOGUE: Final[tuple[Act, ...]] = (
    # --- home
    Act(
        "resume_newest",
        ("c",),
        "Continue",
        "Game",
        "Take up the newest unfinished game where it was left.",
        ("home",),
    ),
    Act("new_game", ("n",), "New game", "Game", "Choose a crisis and begin.", ("home",)),
    Act(
        "first_game", ("f",), "First game", "Game", "Three minutes that teach the keys.", ("home",)
    ),
    Act("saves", ("s",), "Saves", "Look", "All games so far, to continue or to replay.", ("home",)),
    Act("settings", ("comma",), "Settings", "Program", "Theme, contrast and motion.", ("home",)),
    Act(
        "quit",
        ("q", "ctrl+q"),
        "Quit",
        "Program",
        "Leave the program; every game is kept in its save.",
        ("home",),
    ),
    # --- new game
    Act(
        "start",
        ("enter",),
        "Begin",
        "Game",
        "Begin the crisis under the cursor.",
        ("newgame",),
        1,
        palette=False,
    ),
    # --- saves
    Act(
        "continue_save",
        ("enter",),
        "Continue",
        "Game",
        "Continue the game under the cursor, or read how it ended.",
        ("saves",),
        1,
    ),
    Act(
        "replay_save",
        ("r",),
        "Replay",
        "Look",
        "Step through the game under the cursor.",
        ("saves",),
        2,
    ),
    # --- briefing
    Act(
        "forward",
        ("enter", "space", "right"),
        "Go on",
        "Move",
        "Read on; on the last page, begin.",
        ("briefing",),
        1,
    ),
    Act("backward", ("left", "backspace"), "Back", "Move", "The page before.", ("briefing",), 2),
    Act(
        "objective",
        DIGITS,
        "Choose",
        "Decide",
        "Choose the objective by which you will value how it ends.",
        ("briefing",),
        3,
        "1–9",
        numbered=True,
        palette=False,
    ),
    # --- situation
    Act(
        "respond",
        DIGITS,
        "Read a response",
        "Decide",
        "Open the card of a response: the cases for and against it, and what it needs.",
        ("situation",),
        1,
        "1–9",
        numbered=True,
        palette=False,
    ),
    Act(
        "open",
        ("enter",),
        "Open",
        "Decide",
        "Open the card of the response under the cursor.",
        ("situation",),
        2,
        palette=False,
    ),
    Act(
        "flash",
        ("f",),
        "Answer",
        "Decide",
        "Answer what must be answered at once.",
        ("situation",),
        3,
    ),
    Act("map", ("m",), "Map", "Look", "The map, and what flew.", ("situation", "replay"), 4),
    Act(
        "wire",
        ("w",),
        "Wire",
        "Look",
        "Everything that has happened, newest first.",
        ("situation", "replay"),
        5,
    ),
    Act(
        "gauges",
        ("g",),
        "Gauges",
        "Look",
        "Every gauge, with what moved it and why.",
        ("situation", "replay"),
        6,
    ),
    Act(
        "aftermath",
        ("a",),
        "Last turn",
        "Look",
        "What the last turn brought, told by cause.",
        ("situation",),
        7,
    ),
    Act(
        "office",
        ("o",),
        "Your office",
        "Look",
        "Your brief, your private goals, the objective and the model's assumptions.",
        ("situation",),
        8,
    ),
    Act(
        "sources",
        ("e",),
        "Sources",
        "Look",
        "The evidence behind what stands here.",
        ("situation", "card", "replay"),
        9,
    ),
    Act(
        "elsewhere",
        ("ctrl+s",),
        "Save elsewhere",
        "Game",
        "Write the save to another file.",
        ("situation", "endex"),
    ),
    Act(
        "home",
        ("q", "escape"),
        "Home",
        "Game",
        "Leave for the home screen; the game is kept in its save.",
        ("situation", "briefing"),
        10,
    ),
    # --- response card
    Act(
        "choose",
        ("enter",),
        "Choose it",
        "Decide",
        "Choose this response and go on to decide.",
        ("card",),
        1,
    ),
    Act("previous", ("left",), "Before", "Move", "The card before.", ("card",), 2, "← →"),
    Act("next", ("right",), "Next", "Move", "The next card.", ("card",)),
    Act(
        "card",
        DIGITS,
        "Another",
        "Move",
        "The card of another response.",
        ("card",),
        3,
        "1–9",
        numbered=True,
        palette=False,
    ),
    # --- decision
    Act(
        "confirm",
        ("ctrl+s",),
        "Decide",
        "Decide",
        "Make the decision as it stands here.",
        ("decision",),
        1,
    ),
    Act(
        "pick",
        DIGITS[:5],
        "Pick",
        "Decide",
        "Pick an answer of the list with the cursor.",
        ("decision",),
        2,
        "1–5",
        numbered=True,
        palette=False,
    ),
    # --- flash decision
    Act(
        "answer",
        DIGITS,
        "Answer",
        "Decide",
        "Give that answer.",
        ("flash",),
        1,
        "1–9",
        numbered=True,
        palette=False,
    ),
    # --- reaction
    Act(
        "onward",
        ("enter", "space"),
        "Go on",
        "Move",
        "Skip the pause, then go on to the next turn.",
        ("reaction",),
        1,
    ),
    # --- EndEx
    Act(
        "branch",
        ("b",),
        "Back to the turn that mattered",
        "Game",
        "Play again from the turn where most hung on the decision, with the same luck.",
        ("endex",),
        1,
    ),
    Act(
        "another",
        ("n",),
        "New adversary",
        "Game",
        "A new game of the same crisis, against an adversary drawn anew.",
        ("endex",),
        2,
    ),
    Act("replay", ("r",), "Replay", "Look", "Step through this game.", ("endex",), 3),
    Act(
        "section",
        DIGITS,
        "Section",
        "Move",
        "Go to a section of this page.",
        ("endex",),
        4,
        "1–7",
        numbered=True,
        palette=False,
    ),
    Act("home", ("q", "escape"), "Home", "Game", "Leave for the home screen.", ("endex",), 5),
    # --- replay
    Act("forth", ("right", "space"), "Step", "Move", "One step forward.", ("replay",), 1, "→"),
    Act("back", ("left",), "Back", "Move", "One step back.", ("replay",), 2),
    Act("start", ("home",), "Start", "Move", "To the first moment.", ("replay",), 3, "home"),
    Act("end", ("end",), "End", "Move", "To the last moment.", ("replay",), 3, "end"),
    Act(
        "turn",
        DIGITS,
        "Turn",
        "Move",
        "To the opening of a turn.",
        ("replay",),
        3,
        "1–9",
        numbered=True,
        palette=False,
    ),
    Act("leave", _BACK, "Leave", "Game", "Leave the replay.", ("replay",), 10),
    # --- sheets over a screen
    Act(
        "close",
        _BACK,
        "Back",
        "Move",
        "Back to the screen below; nothing is lost.",
        ("card", "flash", "help", "sheet", "saves", "newgame", "settings"),
        10,
    ),
    Act(
        "close",
        ("escape",),
        "Back",
        "Move",
        "Back to the screen below; nothing is lost.",
        ("decision", "elsewhere"),
        10,
    ),
    # --- everywhere
    Act(
        "help",
        ("question_mark", "f1"),
        "Help",
        "Program",
        "What can be done here, and by which key.",
        (EVERYWHERE,),
        90,
    ),
    Act(
        "command_palette",
        ("ctrl+p",),
        "Commands",
        "Program",
        "Find anything by typing its name.",
        (EVERYWHERE,),
        palette=False,
    ),
    Act(
        "next_theme",
        ("ctrl+t",),
        "Theme",
        "Program",
        "The next theme: night, day, the terminal's own colours, high contrast.",
        (EVERYWHERE,),
    ),
    Act(
        "toggle_motion",
        ("f4",),
        "Motion",
        "Program",
        "Movement on or off: the beat after a choice, and missiles on the map.",
        (EVERYWHERE,),
    ),
    Act(
        "picture",
        ("f5",),
        "Picture",
        "Program",
        "Keep a picture of this screen as an SVG file.",
        (EVERYWHERE,),
    ),
    Act(
        "quit",
        ("ctrl+q",),
        "Quit",
        "Program",
        "Leave the program; every game is kept in its save.",
        (EVERYWHERE,),
    ),
)


@cache
def acts(screen: str) -> tuple[Act, ...]:
    """What can be done on a screen, what is possible everywhere last."""
    here = [act for act in CATALOGUE if screen in act.screens]
    own = {act.id for act in here}
    return (
        *here,
        *(act for act in CATALOGUE if EVERYWHERE in act.screens and act.id not in own),
    )


def act_for_key(screen: str, key: str) -> Act | None:
    """What a key does on a screen, whether it can be done now or not."""
    return next((act for act in acts(screen) if key in act.keys), None)


def bindings(screen: str) -> list[Binding]:
    """The keys of one screen as Textual wants them, or with `EVERYWHERE` those of the app."""
    return [
        Binding(
            key,
            f"{act.id}({index})" if act.numbered else act.id,
            act.label,
        )
        for act in CATALOGUE
        if screen in act.screens
        for index, key in enumerate(act.keys, 1)
    ]


def key_line(screen: str) -> tuple[Act, ...]:
    """The acts of the key line of a screen, the most important first."""
    return tuple(sorted((act for act in acts(screen) if act.rank), key=lambda act: act.rank))
