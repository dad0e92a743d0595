"""The seat's part of the catalogue: what a student can do from a terminal, and by which keys."""

from __future__ import annotations

from typing import Final

from tabletop.tui.act import BACK, DIGITS, Act

# A table is read by its rows.
# fmt: off
SEAT_ACTS: Final[tuple[Act, ...]] = (
    Act("respond", ("seat",), DIGITS, 1, "Read a response", "Decide",
        "Open the card of a response: read it, prefer it, or lock it where that is yours."),
    Act("open", ("seat",), ("enter",), 0, "Open", "Decide",
        "Open the card of the response under the cursor."),
    Act("flash", ("seat",), ("f",), 1, "Answer the flash", "Decide",
        "Answer what must be answered at once; the head of the team does."),
    Act("objective", ("seat",), ("b",), 1, "Objective", "Decide",
        "Declare by what your team will value how it ends; the head of the team does."),
    Act("why", ("seat",), ("y",), 2, "Your reason", "Decide",
        "Say why you prefer what you prefer."),
    Act("dissent", ("seat",), ("d",), 2, "Dissent", "Decide",
        "Put on record why you would have chosen otherwise."),
    Act("guess", ("seat",), ("u",), 2, "Forecast others", "Decide",
        "While you wait: forecast another team's turn."),
    Act("standing", ("seat",), ("s",), 3, "Standing order", "Decide",
        "The doctrine that plays the turns that nobody decides; the head gives it."),
    Act("ticket", ("seat",), ("t",), 1, "Exit ticket", "Decide",
        "Say what you think otherwise now, and hand it in."),
    Act("office", ("seat",), ("o",), 4, "Your office", "Look",
        "Your brief, your private goals, your objective and the model's assumptions."),
    Act("mates", ("seat",), ("i",), 5, "Your team", "Look",
        "Who sits with you, who decides, and how."),
    Act("messages", ("seat",), ("n",), 5, "Messages", "Look",
        "Everything that came from whoever leads the exercise."),
    Act("map", ("seat",), ("m",), 6, "Map", "Look",
        "The map over the whole screen, and what flew."),
    Act("wire", ("seat",), ("w",), 7, "Wire", "Look",
        "Everything that has happened, newest first."),
    Act("gauges", ("seat",), ("g",), 8, "Gauges", "Look",
        "Every gauge, with what moved it and what its ends mean."),
    Act("aftermath", ("seat",), ("a",), 9, "Last turn", "Look",
        "What the last turn brought, told by cause."),
    Act("sources", ("seat", "seat_card"), ("e",), 10, "Sources", "Look",
        "The evidence behind what stands here."),
    Act("keepsake", ("seat",), ("x",), 3, "Take home", "Look",
        "Write your decisions, forecasts and words to a file, with the debrief once it is out."),
    Act("read_on", ("seat",), ("space", "pagedown"), 11, "Read on", "Move",
        "The rest of what stands here."),
    Act("read_back", ("seat",), ("pageup",), 0, "Read back", "Move", "Back to its beginning."),
    Act("quit", ("seat",), ("q", "ctrl+q"), 0, "Leave", "Program",
        "Leave the terminal; your seat stays yours, and the same command takes you back."),

    Act("choose", ("seat_card",), ("enter",), 1, "Prefer it", "Decide",
        "Make this your silent preference; you may change it until the choice is locked."),
    Act("lock", ("seat_card",), ("l",), 2, "Lock it", "Decide",
        "Settle your team's choice: with what, your forecast and the reason."),
    Act("next", ("seat_card",), ("right",), 3, "Next", "Move", "The next card."),
    Act("previous", ("seat_card",), ("left",), 4, "Before", "Move", "The card before."),
    Act("card", ("seat_card",), DIGITS, 5, "Any", "Move", "The card of another response."),
    Act("close", ("seat_card",), BACK, 10, "Back", "Move",
        "Back to the screen below; nothing is lost."),
)
# fmt: on
