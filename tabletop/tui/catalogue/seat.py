"""The seat's part of the catalogue: what a student can do from a terminal, and by which keys."""

from __future__ import annotations

from typing import Final

from tabletop.tui.act import DIGITS, Act

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
    Act("keepsake", ("seat",), ("x",), 3, "Take home", "Look",
        "Write your decisions, forecasts and words to a file, with the debrief once it is out."),
    Act("read_on", ("seat",), ("space", "pagedown"), 11, "Read on", "Move",
        "The rest of what stands here."),
    Act("quit", ("seat",), ("q", "ctrl+q"), 0, "Leave", "Program",
        "Leave the terminal; your seat stays yours, and the same command takes you back."),

    Act("choose", ("seat_card",), ("enter",), 1, "Prefer it", "Decide",
        "Make this your silent preference; you may change it until the choice is locked."),
    Act("lock", ("seat_card",), ("l",), 2, "Lock it", "Decide",
        "Settle your team's choice: with what, your forecast and the reason."),
)
# fmt: on
