"""What is unsealed at EndEx: the ending, the aim, what each camp says, and what really happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.exercise.view import CampView, EndingView, HistoryView

if TYPE_CHECKING:
    from tabletop.exercise.board import Board


def ending_view(board: Board) -> EndingView:
    """The ending of the board's line, with all that was sealed until now.

    What would tell other teams about their own game stays sealed until every line is over.
    """
    scenario, teller, line = board.scenario, board.teller, board.line
    name = (line.play.ending if line else None) or ""
    part = scenario.endings[name]
    over = board.record.over
    aim = list(scenario.aims.values())[board.world.aim]
    extra = teller.words(part)
    tells = [
        f"Turn {told.item.turn}, {told.item.title}: {told.tell}" for told in board.told if told.tell
    ]
    return EndingView(
        id=name,
        title=part.title,
        epilogue="\n\n".join(text for text in (part.epilogue, extra) if text),
        value=_value(board, name),
        aim_title=aim.title if over else "",
        aim_text=aim.text if over else "",
        tells=tuple(dict.fromkeys(tells)) if over else (),
        camps=_camps(board, name),
        history=tuple(
            HistoryView(entry.date, entry.text, teller.cites(entry.cites))
            for entry in (scenario.history if over else ())
        ),
        assumptions=board.assumptions(),
        # Some of them tell what may come, and others still play towards it.
        questions=tuple(question.text for question in (scenario.hot_wash if over else ())),
        seal=board.record.seal,
        pivot=None,
        disclaimer=scenario.disclaimer,
    )


def _value(board: Board, ending: str) -> float | None:
    team = board.line.team if board.line else ""
    objective = board.record.objectives.get(team)
    return board.scenario.objectives[objective].values[ending] if objective else None


def _camps(board: Board, ending: str) -> tuple[CampView, ...]:
    comments = board.scenario.endings[ending].camps
    return tuple(
        CampView(name, camp.title, comments.get(name, ""), ending in camp.accepts, camp.case)
        for name, camp in board.scenario.camps.items()
    )
