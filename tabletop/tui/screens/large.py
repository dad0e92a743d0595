"""One part of the situation over the whole screen: the map, the wire, or the gauges."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tabletop.clean import clean_line, clean_text
from tabletop.exercise.view import TrackView, View
from tabletop.tui.actions import bindings
from tabletop.tui.columns import Columns, Row
from tabletop.tui.keybar import KeyBar
from tabletop.tui.screens.base import TabletopSheet
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.gauges import signed
from tabletop.tui.widgets.theatre import TheatreMap
from tabletop.tui.widgets.wire import Wire


class LargeScreen(TabletopSheet[None]):
    """Holds the view of which it shows a part."""

    SCREEN = "sheet"

    def __init__(self, view: View) -> None:
        """Show a part of `view`."""
        super().__init__()
        self.view = view


class MapScreen(LargeScreen):
    """The map, and in words what was launched."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("sheet")]

    def compose(self) -> ComposeResult:
        """Map above, words below."""
        with Vertical(classes="page broad"):
            chart = TheatreMap(id="large-map")
            # Nothing flies a second time.
            chart.show(self.view, still=True)
            yield chart
            yield Static(clean_text(chart.describe()), id="map-words", markup=False)
        yield KeyBar()


class WireScreen(LargeScreen):
    """Everything that has happened, newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("sheet")]

    def compose(self) -> ComposeResult:
        """The wire alone."""
        with Vertical(classes="page"):
            yield Static("The wire", classes="title", markup=False)
            wire = Wire(id="large-wire")
            wire.show(self.view)
            yield wire
        yield KeyBar()


class GaugesScreen(LargeScreen):
    """Every gauge: what its ends mean, what moved it, and why it began where it did."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("sheet")]

    def compose(self) -> ComposeResult:
        """One row a gauge."""
        with Vertical(classes="page"):
            yield Static("Gauges", classes="title", markup=False)
            with VerticalScroll():
                yield Columns(
                    [gauge_row(track) for track in self.view.tracks], label_width=20, gap=1
                )
        yield KeyBar()


def gauge_row(track: TrackView) -> Row:
    """A gauge in words."""
    moved = track.value - track.before
    stands = clean_line(track.level) if track.level else f"{track.value} of {track.high}"
    change = f"   {signed(moved)} since the last decision" if moved else ""
    causes = "".join(
        f"\n{signed(change.delta)}  {clean_line(change.cause)}: {clean_line(change.reason)}"
        for change in track.changes
    )
    return (
        Content.styled(clean_line(track.title), Ink.STRONG),
        Content.assemble(
            (stands, Ink.HERE),
            (change, ""),
            (f"\n{clean_line(track.low_means)} … {clean_line(track.high_means)}", Ink.MUTED),
            causes,
            (f"\nAt the start: {clean_text(track.why)}", Ink.MUTED),
        ),
    )
