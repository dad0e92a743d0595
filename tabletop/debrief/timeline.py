"""The story of a run, turn by turn: what was decided, why, what was expected, and what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tabletop.debrief.model import Came, GaugeCourse, GaugeMove, TurnStory
from tabletop.debrief.said import Words
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.view import HistoryView, View, WireView


def timeline(
    table: ReplayTable,
    words: Words,
    view: View,
    history: Mapping[int, tuple[HistoryView, ...]],
) -> tuple[TurnStory, ...]:
    """Every turn of a line so far; `view` is the newest one that its viewer may have of it."""
    calendar = table.program.scenario.calendar
    stages = _stages(words, view)
    closed = {turn for turn, _ in words.line.closings}
    stories = []
    for turn in range(1, view.turn + 1):
        items = [item for item in view.wire if item.turn == turn]
        stories.append(
            TurnStory(
                turn=turn,
                date=calendar[turn - 1].date,
                title=calendar[turn - 1].title,
                stage_before=stages[turn - 1],
                stage_after=stages[min(turn, len(stages) - 1)],
                decision=words.decision(turn),
                answers=words.answers(turn),
                came=tuple(_came(item) for item in items),
                moved=_moves(view, items, turn),
                rulings=words.rulings(turn),
                history=history.get(turn, ()),
                over=turn in closed,
            )
        )
    return tuple(stories)


def gauges(table: ReplayTable, view: View) -> tuple[GaugeCourse, ...]:
    """Every gauge that the viewer may see, over the whole run."""
    tracks = table.program.scenario.tracks
    return tuple(
        GaugeCourse(
            id=track.id,
            title=track.title,
            low=track.low,
            high=track.high,
            low_means=track.low_means,
            high_means=track.high_means,
            danger=track.danger,
            values=track.past,
            levels=tuple(level.replace("_", " ") for level in tracks[track.id].levels or ()),
        )
        for track in view.tracks
    )


def _stages(words: Words, view: View) -> list[str]:
    """Titles of the stages at the opening of each turn, and last as it stands."""
    titles = [stage.title for stage in words.scenario.stages.values()]
    found = [titles[0], *(titles[world.stage] for _, world in words.line.closings)]
    return found if len(found) > view.turn else [*found, view.stage_title]


def _came(item: WireView) -> Came:
    return Came(item.kind, item.by, item.title, item.text, item.changes, item.private)


def _moves(view: View, items: Sequence[WireView], turn: int) -> tuple[GaugeMove, ...]:
    """The gauges that something touched in a turn, by cause; in the order of the gauges."""
    moves = []
    for track in view.tracks:
        causes = [
            (item.by, item.title, delta)
            for item in items
            for title, delta in item.changes
            if title == track.title and delta
        ]
        if causes:
            before = track.past[min(turn - 1, len(track.past) - 1)]
            after = track.past[turn] if turn < len(track.past) else track.value
            moves.append(GaugeMove(track.title, before, after, tuple(causes)))
    return tuple(moves)
