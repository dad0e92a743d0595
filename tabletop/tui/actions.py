"""The one catalogue of what a player can do: keys, key line, palette and help come from it."""

from __future__ import annotations

from functools import cache
from typing import Final

from textual.binding import Binding

from tabletop.tui.act import BACK, DIGITS, EVERYWHERE, GROUPS, Act, Group
from tabletop.tui.catalogue.answers import ANSWER_ACTS
from tabletop.tui.catalogue.control import CONTROL_ACTS
from tabletop.tui.catalogue.seat import SEAT_ACTS

__all__ = (
    "CATALOGUE", "DIGITS", "EVERYWHERE", "GROUPS", "Act", "Group", "acts", "bindings", "key_line",
)  # fmt: skip

_LOOK: Final = ("situation", "replay", "seat", "look_as")
_CARD: Final = ("card", "seat_card")
_CHAPTERS: Final = ("debrief", "compare")

# A table is read by its rows.
# fmt: off
CATALOGUE: Final[tuple[Act, ...]] = (
    Act("resume_newest", ("home",), ("c",), 0, "Continue", "Game",
        "Take up the newest unfinished game where it was left."),
    Act("new_game", ("home",), ("n",), 0, "New game", "Game", "Choose a crisis and begin."),
    Act("first_game", ("home",), ("f",), 0, "First game", "Game",
        "Three minutes that teach the keys."),
    Act("saves", ("home",), ("s",), 0, "Saves", "Look",
        "All games so far, to continue or to replay."),
    Act("compare", ("home",), ("x",), 0, "Compare", "Look",
        "Two or more games side by side: mark them in the list."),
    Act("settings", ("home",), ("comma",), 0, "Settings", "Program",
        "Theme, contrast and movement."),
    Act("quit", ("home",), ("q", "ctrl+q"), 0, "Quit", "Program",
        "Leave the program; every game is kept in its save."),

    Act("start", ("newgame",), ("enter",), 1, "Begin", "Game",
        "Begin the crisis under the cursor."),
    Act("dials", ("newgame",), ("a",), 2, "Assumptions", "Decide",
        "Set what the model of the crisis under the cursor assumes, and begin."),

    Act("start", ("dials",), ("enter",), 1, "Begin", "Game",
        "Begin with the assumptions as they stand here."),
    Act("more", ("dials",), ("right",), 2, "Next", "Decide",
        "The next world, or the next value of the dial under the cursor."),
    Act("less", ("dials",), ("left",), 3, "Before", "Decide",
        "The world before, or the value before."),
    Act("defaults", ("dials",), ("d",), 4, "Defaults", "Decide",
        "Every dial as the scenario sets it."),

    Act("continue_save", ("saves",), ("enter",), 1, "Continue", "Game",
        "Continue the game under the cursor, or read how it ended."),
    Act("replay_save", ("saves",), ("r",), 2, "Replay", "Look",
        "Step through the game under the cursor."),
    Act("debrief_save", ("saves",), ("d",), 3, "Debrief", "Look",
        "What was decided in the game under the cursor, why, and what came."),
    Act("mark", ("saves",), ("space",), 4, "Mark", "Look",
        "Mark the game under the cursor, to be laid beside others."),
    Act("compare", ("saves",), ("x",), 5, "Compare", "Look",
        "Lay the marked games side by side; without marks, the teams of the one under the cursor."),

    Act("forward", ("briefing",), ("enter", "space", "right"), 1, "Go on", "Move",
        "Read on; on the last page, begin."),
    Act("backward", ("briefing",), ("left", "backspace"), 2, "Back", "Move", "The page before."),
    Act("objective", ("briefing",), DIGITS, 3, "Choose", "Decide",
        "Choose the objective by which you will value how it ends."),

    Act("respond", ("situation",), DIGITS, 1, "Read a response", "Decide",
        "Open the card of a response: the cases for and against it, and what it needs."),
    Act("open", ("situation",), ("enter",), 0, "Open", "Decide",
        "Open the card of the response under the cursor."),
    Act("flash", ("situation",), ("f",), 1, "Answer the flash", "Decide",
        "Answer what must be answered at once."),
    Act("adviser", ("situation",), ("v",), 0, "Adviser", "Decide",
        "An adviser on or off: what the model makes of each option, in words beside it."),
    Act("standing", ("situation",), ("s",), 0, "Standing order", "Decide",
        "Hand the turns that are left to a doctrine; the save says that it played them."),
    Act("map", _LOOK, ("m",), 4, "Map", "Look", "The map over the whole screen, and what flew."),
    Act("wire", _LOOK, ("w",), 5, "Wire", "Look", "Everything that has happened, newest first."),
    Act("gauges", _LOOK, ("g",), 6, "Gauges", "Look",
        "Every gauge, with what moved it and what its ends mean."),
    Act("aftermath", _LOOK, ("a",), 7, "Last turn", "Look",
        "What the last turn brought, told by cause."),
    Act("office", ("situation",), ("o",), 8, "Your office", "Look",
        "Your brief, your private goals, your objective and the model's assumptions."),
    Act("sources", (*_LOOK, *_CARD), ("e",), 9, "Sources", "Look",
        "The evidence behind what stands here."),
    Act("read_on", ("situation",), ("space", "pagedown"), 2, "Read on", "Move",
        "The rest of the brief."),
    Act("read_on", ("replay",), ("pagedown",), 0, "Read on", "Move", "The rest of the brief."),
    Act("read_back", _LOOK, ("pageup",), 0, "Read back", "Move", "Back to its beginning."),
    Act("elsewhere", ("situation", "endex"), ("ctrl+s",), 3, "Save elsewhere", "Game",
        "Write the save to another file, where the first cannot be written."),
    Act("home", ("situation", "briefing"), ("q",), 10, "Home", "Game",
        "Leave for the home screen; the game is kept in its save."),

    Act("choose", ("card",), ("enter",), 1, "Choose it", "Decide",
        "Choose this response and go on to decide."),
    Act("next", _CARD, ("right",), 2, "Next", "Move", "The next card."),
    Act("previous", _CARD, ("left",), 3, "Before", "Move", "The card before."),
    Act("card", _CARD, DIGITS, 4, "Any", "Move", "The card of another response."),

    Act("pick", ("decision",), DIGITS[:5], 1, "Pick", "Decide",
        "Pick a line of the list that has the cursor."),
    Act("confirm", ("decision",), ("ctrl+s",), 2, "Decide", "Decide",
        "Make the decision as it stands here."),

    Act("answer", ("flash",), DIGITS, 1, "Answer", "Decide", "Give that answer."),

    Act("onward", ("reaction",), ("enter", "space"), 1, "Go on", "Move",
        "Skip the pause, then go on to the next turn."),

    Act("branch", ("endex",), ("b",), 1, "Back to the turn that mattered", "Game",
        "Play again from the turn where most hung on the decision, with the same luck."),
    Act("another", ("endex",), ("n",), 2, "New adversary", "Game",
        "A new game of the same crisis, against an adversary drawn anew."),
    Act("review", ("endex",), ("v",), 3, "Review", "Look",
        "What each decision cost beside what was at stake, apart from luck; never a grade."),
    Act("debrief", ("endex",), ("d",), 3, "Debrief", "Look",
        "The whole story, its forecasts, the review of the decisions, and what to talk over."),
    Act("replay", ("endex",), ("r",), 4, "Replay", "Look", "Step through this game."),
    Act("section", ("endex",), DIGITS[:7], 5, "Section", "Move", "Go to a section of this page."),
    Act("home", ("endex",), ("q",), 6, "Home", "Game", "Leave for the home screen."),

    Act("chapter_on", _CHAPTERS, ("right", "n"), 1, "Next chapter", "Move", "The next chapter."),
    Act("chapter_back", _CHAPTERS, ("left", "p"), 2, "Back", "Move", "The chapter before."),
    Act("chapter", _CHAPTERS, DIGITS, 3, "Chapter", "Move", "Go to a chapter."),
    Act("other_viewer", ("debrief",), ("v",), 4, "Who looks", "Look",
        "Tell it for another: a seat, a team, the public or control."),
    Act("other_line", ("debrief",), ("t",), 5, "Other team", "Look",
        "The next team's line of play, or the next one of the same team."),
    Act("replay", ("debrief",), ("r",), 6, "Replay", "Look", "Step through this game."),

    Act("step_on", ("replay",), ("right",), 1, "Step", "Move", "One event on."),
    Act("step_back", ("replay",), ("left",), 0, "Back", "Move", "One event back."),
    Act("forth", ("replay",), ("n", "shift+right"), 2, "Turn", "Move",
        "To the next decision, or to the end."),
    Act("back", ("replay",), ("p", "shift+left"), 0, "Turn back", "Move",
        "To the decision before."),
    Act("play", ("replay",), ("space",), 3, "Play", "Move",
        "Go on by itself, one event after another; again to pause."),
    Act("faster", ("replay",), ("plus", "equals_sign"), 0, "Faster", "Move",
        "Play twice as fast, up to sixteen times."),
    Act("slower", ("replay",), ("minus",), 0, "Slower", "Move", "Play half as fast."),
    Act("find", ("replay",), ("slash", "j"), 3, "Find", "Move",
        "Find a moment by words, by its turn or by its number, and go there."),
    Act("start", ("replay",), ("home",), 0, "Start", "Move", "To the first moment."),
    Act("end", ("replay",), ("end",), 0, "End", "Move", "To the last moment."),
    Act("turn", ("replay",), DIGITS, 0, "Turn", "Move", "To the decision of a turn."),
    Act("decided", ("replay",), ("c", "enter"), 3, "Decision", "Look",
        "What was decided in this turn, why, who disagreed, and what else was open."),
    Act("other_viewer", ("replay",), ("v",), 3, "Eyes", "Look",
        "Look as a seat, a team, the public or control: what each could know then."),
    Act("other_line", ("replay",), ("t",), 3, "Line", "Look",
        "Another team's line of play, or another one of the same team."),
    Act("branch", ("replay",), ("b",), 3, "Play on", "Game",
        "Play on from this turn in a new save, with the same luck or with new."),
    Act("bookmark", ("replay",), ("k",), 3, "Mark", "Look",
        "Put a bookmark on this moment, or take it away."),
    Act("note", ("replay",), ("i",), 3, "Note", "Look", "Write a note on this moment."),
    Act("bookmarks", ("replay",), ("l",), 3, "Notes", "Look",
        "All bookmarks and notes: go to one, take it away, write them all to a file."),
    Act("leave", ("replay",), BACK, 12, "Leave", "Game", "Leave the replay."),

    Act("take_this", ("pick",), ("enter",), 1, "Choose", "Decide",
        "Take the line under the cursor."),
    Act("take", ("pick",), DIGITS, 2, "Choose", "Decide", "Take a line by its number."),

    Act("down", ("find",), ("down",), 1, "Next", "Move", "The next moment of the list."),
    Act("up", ("find",), ("up",), 2, "Before", "Move", "The moment before."),

    Act("keep", ("note",), ("ctrl+s",), 1, "Keep", "Look", "Keep the note; Enter does the same."),

    Act("go_there", ("notes",), ("enter",), 1, "Go there", "Move",
        "To the place under the cursor."),
    Act("forget", ("notes",), ("d", "delete"), 2, "Take away", "Look",
        "Take the bookmark under the cursor and its note away."),
    Act("write_out", ("notes",), ("x",), 3, "Write to a file", "Look",
        "Write all notes to a Markdown file in the folder where the program was started."),

    Act("sources", ("decided",), ("e",), 1, "Sources", "Look", "The evidence behind the card."),

    Act("close", _CHAPTERS, BACK, 10, "Leave", "Move", "Back to where you came from."),

    Act("close", (*_CARD, "flash", "help", "sheet", "saves", "newgame", "dials", "settings",
        "pick", "notes", "decided"), BACK, 10, "Back", "Move",
        "Back to the screen below; nothing is lost."),

    Act("close", ("decision", "elsewhere", "find", "note"), ("escape",), 10, "Back", "Move",
        "Back to the screen below; nothing is lost."),

    *CONTROL_ACTS, *ANSWER_ACTS,

    *SEAT_ACTS,

    Act("help", (EVERYWHERE,), ("question_mark", "f1"), 90, "Help", "Program",
        "What can be done here, and by which key."),
    Act("command_palette", (EVERYWHERE,), ("ctrl+p",), 0, "Commands", "Program",
        "Find anything by typing its name."),
    Act("next_theme", (EVERYWHERE,), ("ctrl+t",), 0, "Theme", "Program",
        "The next theme: night, day, your terminal's colours, high contrast."),
    Act("toggle_motion", (EVERYWHERE,), ("f4",), 0, "Movement", "Program",
        "Movement on or off: the beat after a choice, and missiles on the map."),
    Act("picture", (EVERYWHERE,), ("f5",), 0, "Picture", "Program",
        "Keep a picture of this screen as an SVG file."),
    Act("quit", (EVERYWHERE,), ("ctrl+q",), 0, "Quit", "Program",
        "Leave the program; every game is kept in its save."),
)
# fmt: on


@cache
def acts(screen: str) -> tuple[Act, ...]:
    """What can be done on a screen, what is possible everywhere last."""
    here = [act for act in CATALOGUE if screen in act.screens]
    own = {act.id for act in here}
    return (
        *here,
        *(act for act in CATALOGUE if EVERYWHERE in act.screens and act.id not in own),
    )


def bindings(screen: str) -> list[Binding]:
    """The keys of one screen as Textual wants them, or with `EVERYWHERE` those of the app.

    All of a screen's keys lead to one action, `do`, which asks first whether it can be done.
    """
    return [
        Binding(key, _action(act, digit), act.label)
        for act in CATALOGUE
        if screen in act.screens
        for digit, key in enumerate(act.keys, 1)
    ]


def _action(act: Act, digit: int) -> str:
    if EVERYWHERE in act.screens:
        return act.id
    return f"do('{act.id}', {digit})" if act.numbered else f"do('{act.id}')"


@cache
def key_line(screen: str) -> tuple[Act, ...]:
    """The acts of the key line of a screen, the most important first."""
    return tuple(sorted((act for act in acts(screen) if act.rank), key=lambda act: act.rank))
