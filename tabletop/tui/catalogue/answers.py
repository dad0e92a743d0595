"""The catalogue's part of questions: by which keys they are answered, whoever is asked."""

from __future__ import annotations

from typing import Final

from tabletop.tui.act import BACK, DIGITS, Act

# A table is read by its rows.
# fmt: off
ANSWER_ACTS: Final[tuple[Act, ...]] = (
    Act("choose", ("question",), ("enter",), 1, "Choose", "Decide",
        "Answer with the line under the cursor."),
    Act("nth", ("question",), DIGITS, 2, "Any", "Decide", "Answer with the line of that number."),
    Act("mark", ("several",), ("space",), 1, "Mark", "Decide",
        "Mark the line under the cursor, or take its mark away."),
    Act("done", ("several",), ("enter",), 2, "Done", "Decide", "These, and no others."),
    Act("done", ("fill",), ("ctrl+s",), 1, "Done", "Decide", "Take what stands here."),
    Act("yes", ("sure",), ("y",), 1, "Yes", "Decide", "Do it."),

    Act("close", ("question", "several"), BACK, 20, "Back", "Move",
        "Back to the screen below; what was asked is not done."),
    Act("close", ("sure",), ("n", *BACK), 2, "No", "Move",
        "Back to the screen below; what was asked is not done."),
    Act("close", ("fill",), ("escape",), 20, "Back", "Move",
        "Back to the screen below; what was asked is not done."),
)
# fmt: on
