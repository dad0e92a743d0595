"""The debrief for whoever asks: the story of a line, and where it parted from the other teams'."""

from __future__ import annotations

from tabletop.debrief.comparison import Place, first_divergence
from tabletop.debrief.hot_wash import parted
from tabletop.debrief.model import Debrief, WashQuestion
from tabletop.debrief.story import story_of
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import Viewer


def debrief_of(
    table: ReplayTable, viewer: Viewer | None = None, line: str | None = None
) -> Debrief:
    """The debrief of one line of play, as far as its viewer may know it.

    Without a viewer it is for the one player of a solo save, else for the public; without a
    line for the newest one of the first team that the viewer may look at. Before EndEx
    nothing sealed is in it. Raises `UsageError` for a line that is not there for this viewer.
    """
    viewer = viewer or table.viewer
    name = table.line(viewer, line)
    return story_of(table, viewer, name, _parted(table, viewer, name))


def _parted(table: ReplayTable, viewer: Viewer, name: str) -> tuple[WashQuestion, ...]:
    """The question about where this line and the other teams' newest ones parted."""
    newest = {card.team: card.name for card in table.lines(viewer)}
    own = table.record.lines[name].team
    others = [line for team, line in newest.items() if team != own]
    if not others:
        return ()
    lines = (name, *others)
    first = first_divergence([Place(table, viewer, line) for line in lines])
    if first is None or first.kind != "decision":
        return ()
    groups: dict[str, list[str]] = {}
    for line, did in zip(lines, first.did, strict=True):
        groups.setdefault(did or "nothing yet", []).append(line)
    sides = [f"{did}: {', '.join(who)}" for did, who in groups.items()]
    return (parted(first.turn, first.text, sides, first.events[0]),)
