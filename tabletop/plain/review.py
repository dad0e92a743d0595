"""The decision review line by line: what the model says of each decision, and of luck."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tabletop.plain.wording import joined

if TYPE_CHECKING:
    from pathlib import Path

    from tabletop.debrief.report.model import Run
    from tabletop.odds.store import Progress
    from tabletop.rules.program import Program

WORKING = (
    "The review is worked out. The first time that may take a minute; Ctrl-C stops it, and the"
    " game is kept."
)
STOPPED = "The review was stopped. Ask for it again at any time."


def own_review(save: Path) -> list[str]:
    """The review of the only player's line of a save; raises `SaveError`."""
    from tabletop.debrief.comparison import Place
    from tabletop.debrief.report.gather import report_of
    from tabletop.exercise.replay import ReplayTable
    from tabletop.odds import store

    table = ReplayTable(save)
    place = Place(table, table.viewer, table.line(table.viewer, None))
    run = report_of([place], store.solved).runs[0]
    return review_lines(run, table.program, store.quietly)


def review_lines(run: Run, program: Program, progress: Progress) -> list[str]:
    """The review as it was worked out; where it could not be, why, and sampled odds instead."""
    from tabletop.debrief.chapters import Odds, debrief_chapters
    from tabletop.plain.parts import beside_decisions, part_lines

    instead: tuple[str, ...] = ()
    if run.review is None and run.story.unsealed:
        from tabletop.debrief.estimates import estimates

        instead = estimates(program, progress)
    found = debrief_chapters(run, None, Odds(instead=instead))
    chapter = next((each for each in found if each.id == "review"), None)
    if chapter is None:
        return []
    return [f"{chapter.title}.", *part_lines(chapter.parts), *beside_decisions(run)]


def reviewed(save: Path, tell: Callable[[str], None]) -> list[str]:
    """As `own_review`, for somebody at a prompt, who may stop it; every fault is a line."""
    from tabletop.errors import TabletopError

    tell(WORKING)
    try:
        return own_review(save)
    except KeyboardInterrupt:
        return [STOPPED]
    except TabletopError as error:
        return [joined(f"There is no review: {error}")]
