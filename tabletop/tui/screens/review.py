"""The decision review of a game: a page of EndEx, worked out in a process of its own.

The page stands at once and tells how far the work is; leaving it stops the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from tabletop.debrief.aside import Answer, NoReview
from tabletop.debrief.chapters import Chapter, for_whom
from tabletop.debrief.report.model import Review
from tabletop.debrief.review_chapters import review_chapters
from tabletop.tui.screens.debrief import DebriefScreen


class ReviewScreen(DebriefScreen):
    """What each decision cost beside what was at stake, apart from luck and from control."""

    ENOUGH: ClassVar[tuple[type[Answer], ...]] = (Review, NoReview)

    def told(self) -> Sequence[Chapter]:
        """What it adds up to, then each decision."""
        return review_chapters(self.run, self.odds)

    def heading(self) -> str:
        """What is reviewed, and for whom."""
        return f"Decision review · {for_whom(self.run.story)}"
