"""The board: ladder, story, map, wire and gauges, as the situation and the replay share them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widget import Widget

from tabletop.exercise.view import View
from tabletop.tui.story import story
from tabletop.tui.widgets.gauges import Gauges
from tabletop.tui.widgets.ladder import Ladder
from tabletop.tui.widgets.reading import Reading
from tabletop.tui.widgets.theatre import TheatreMap
from tabletop.tui.widgets.wire import Wire


class Board(Container):
    """Ladder, story and map above; gauges, one more part and the wire below.

    In a small terminal the map and the wire are left to sheets of their own, and the
    story tells the news that else stand in the wire.
    """

    def __init__(self, part: Widget) -> None:
        """Keep a place for `part`: what can be done, or what was decided."""
        super().__init__(id="board")
        self._part = part
        self._view: View | None = None

    def compose(self) -> ComposeResult:
        """Row by row, as the grid is filled."""
        yield Ladder(id="ladder")
        yield Reading(id="story")
        with Vertical(id="abroad"):
            yield TheatreMap(id="map")
            yield Wire(id="wire")
        yield Gauges(id="gauges")
        yield self._part

    def show(self, view: View, *, still: bool = False) -> None:
        """Show a view; `still` lets nothing fly on the map."""
        self._view = view
        self.query_one(Ladder).show(view)
        chart = self.query_one(TheatreMap)
        chart.display = view.theatre is not None
        chart.show(view, still=still)
        self.query_one(Wire).show(view)
        self.query_one(Gauges).show(view)
        self._tell_story()
        self._window.scroll_to(y=0, animate=False)

    @property
    def _window(self) -> Reading:
        return self.query_one("#story", Reading)

    def _tell_story(self) -> None:
        if self._view is not None:
            wire_shown = self.query_one("#abroad").display
            self._window.put(story(self._view, with_news=not wire_shown))

    def on_resize(self) -> None:
        """Another size may show or hide the wire."""
        self.call_after_refresh(self._tell_story)

    @property
    def has_more(self) -> bool:
        """Whether the story is longer than its window."""
        return self.is_mounted and self._window.max_scroll_y > 0

    def read_on(self, pages: int) -> None:
        """Scroll the story by so many pages; back where negative."""
        if pages > 0:
            self._window.scroll_page_down(animate=False)
        else:
            self._window.scroll_page_up(animate=False)
