"""The map alone on a screen: six missiles fly over the Sea of Japan, again and again."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.app import App, ComposeResult

from tabletop.exercise.desk import Desk
from tabletop.exercise.table import SOLO
from tabletop.exercise.view import ArcView, View
from tabletop.tui.theme import NIGHT, themes
from tabletop.tui.widgets.theatre import TheatreMap

AGAIN = 2.0
"""Seconds from one launch to the next: hardly more than a flight takes."""
SITE, SEA = (124.7, 39.7), (135.0, 39.5)


class MapAlone(App[None]):
    """The map of the shipped crisis."""

    def __init__(self, view: View, *, flying: bool) -> None:
        """Show `view`; `flying` launches six missiles over and over."""
        super().__init__()
        for theme in themes():
            self.register_theme(theme)
        self.theme = NIGHT
        self.view = view
        self.flying = flying

    def compose(self) -> ComposeResult:
        """The map."""
        yield TheatreMap()

    def on_mount(self) -> None:
        """Show it, and launch."""
        self.launch(0)
        if self.flying:
            self.set_interval(AGAIN, self.launch)

    def launch(self, turn: int | None = None) -> None:
        """Six new arcs; none for turn 0."""
        turn = self.view.turn + 1 if turn is None else turn
        arcs = tuple(
            ArcView(turn, SITE, (SEA[0] + number / 2, SEA[1] - number / 3), 1, 0, "")
            for number in range(6 if turn else 0)
        )
        self.view = replace(self.view, turn=turn, arcs=arcs)
        self.query_one(TheatreMap).show(self.view)


def main() -> None:
    """Run until the process is ended."""
    with TemporaryDirectory() as folder:
        table = Desk(Path(folder)).new("north-korea-2017", seed=7)
        MapAlone(table.view(SOLO), flying="flying" in sys.argv).run()


if __name__ == "__main__":
    main()
