"""What the last turn brought, told by cause; and the decisions so far with what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.exercise.line import Decided
from tabletop.exercise.view import AftermathView, DecisionView

if TYPE_CHECKING:
    from tabletop.exercise.board import Board
    from tabletop.exercise.line import Said
    from tabletop.scenario.schema import Scenario


def decision_views(board: Board) -> tuple[DecisionView, ...]:
    """Every decision of the line, oldest first."""
    if board.line is None:
        return ()
    return tuple(decision_view(board, decided) for decided in board.line.decisions)


def decision_view(board: Board, decided: Decided) -> DecisionView:
    """A decision with its titles."""
    scenario = board.scenario
    # What people said is for their own team and for control.
    heard = board.viewer.kind in ("seat", "team", "control")
    return DecisionView(
        turn=decided.turn,
        date=scenario.calendar[decided.turn - 1].date,
        stage=list(scenario.stages)[decided.stage],
        response=decided.response,
        response_title=scenario.responses[decided.response].title,
        support=decided.support,
        support_title=scenario.supports[decided.support].title,
        rationale=decided.said.rationale if heard else None,
        forecast=decided.said.forecast if heard else None,
        came=decided.came,
        by_default=decided.said.by_default,
        offered=tuple(
            scenario.responses[name].title for name in decided.offered if name != decided.response
        ),
        standing=standing_title(scenario, decided.said),
    )


def standing_title(scenario: Scenario, said: Said) -> str:
    """The title of the doctrine whose standing order chose; "" where none did."""
    if said.standing is None:
        return ""
    doctrine = scenario.doctrines.get(said.standing)
    return said.standing if doctrine is None else doctrine.title


def aftermath(board: Board) -> AftermathView | None:
    """What the turn of the last decision brought; None before the first decision is resolved."""
    opening = board.last
    if board.line is None or opening is None or board.line.decisions[-1].came is None:
        return None
    turn = opening.turn
    since = [told for told in board.told if told.at >= opening.logged and told.item.turn == turn]
    before, after = opening.play.world, dict(board.line.closings).get(turn, board.world)
    titles = [part.title for part in board.scenario.stages.values()]
    climbs = [told.item.text for told in since if told.item.kind == "ladder"]
    return AftermathView(
        turn=turn,
        decision=decision_view(board, board.line.decisions[-1]),
        items=tuple(told.item for told in since if told.item.kind != "ladder"),
        tracks=tuple(track for track in board.tracks(before, after, turn) if track.changes),
        ladder=climbs[-1] if climbs else None,
        stage_before=titles[before.stage],
        stage_after=titles[after.stage],
        arcs=tuple(arc for told in since for arc in told.arcs),
    )
