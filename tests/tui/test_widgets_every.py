"""What holds for every widget that draws lines: it fits, it is safe, and it idles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len
from textual.geometry import Size

from tabletop.exercise.view import View
from tabletop.tui.theme import ANSI, NAMES
from tabletop.tui.widgets.aftermath import Aftermath
from tabletop.tui.widgets.card import ResponseCard
from tabletop.tui.widgets.drawn import Drawn
from tabletop.tui.widgets.gauges import Gauges
from tabletop.tui.widgets.header import Header
from tabletop.tui.widgets.ladder import Ladder
from tabletop.tui.widgets.responses import ResponseMenu
from tests.tui.pictures import Stage, is_harmless, poisoned
from tests.tui.sample_view import (
    briefing_view,
    ended_view,
    flash_view,
    late_view,
    sample_view,
)

Kind = Callable[[], Drawn[Any]]
KINDS: list[Kind] = [
    Ladder,
    Gauges,
    ResponseMenu,
    ResponseCard,
    Aftermath,
    Header,
]
VIEWS = [briefing_view, sample_view, flash_view, late_view, ended_view]
SIZES = [(1, 1), (7, 2), (20, 5), (30, 8), (38, 22), (80, 24), (120, 40), (200, 50)]

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)


@every_kind
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_lines_fit_every_size(kind: Kind, view: Callable[[], View]) -> None:
    """No line is wider than the widget, in any phase and at any size."""
    widget = kind()
    try:
        subject = widget.pick(view())
    except LookupError:
        return
    for width, height in SIZES:
        for room in (height, None):
            lines = widget.lines(subject, width, room)
            wide = [line.plain for line in lines if line.cell_length > max(width, 24)]
            assert wide == []


@every_kind
async def test_hostile_text_is_harmless(kind: Kind) -> None:
    """Escape codes, markup, bidi and endless text stay text, and every row keeps its width."""
    widget = kind()
    app = Stage(widget)
    async with app.run_test(size=(60, 20)) as pilot:
        widget.show(poisoned(late_view()))
        await pilot.pause()
        assert app.text().strip()
        assert is_harmless(app.text())
        assert {strip.cell_length for strip in app.strips()} == {60}


@every_kind
@pytest.mark.parametrize("theme", NAMES)
async def test_it_paints_in_every_theme(kind: Kind, theme: str) -> None:
    """Every ink is known to every theme; sixteen colours get no RGB."""
    widget = kind()
    app = Stage(widget, theme=theme)
    async with app.run_test(size=(60, 20)) as pilot:
        widget.show(late_view())
        await pilot.pause()
        assert app.text().strip()
        if theme == ANSI:
            inks = [segment.style for strip in app.strips() for segment in strip]
            assert not any(ink and ink.color and ink.color.triplet for ink in inks)
            assert not any(ink and ink.bgcolor and ink.bgcolor.triplet for ink in inks)


@every_kind
async def test_the_same_part_is_not_drawn_again(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A view that differs elsewhere, or not at all, repaints nothing."""
    widget = kind()
    app = Stage(widget)
    async with app.run_test(size=(60, 20)):
        widget.show(sample_view())
        drawn: list[int] = []
        monkeypatch.setattr(type(widget), "refresh", lambda *_, **__: drawn.append(1))
        widget.show(sample_view())
        widget.show(replace(sample_view(), event=77, lesson="other", objective=None))
        assert drawn == []


@every_kind
async def test_it_lays_out_again_for_a_new_size(kind: Kind) -> None:
    """After a resize the lines are those of the new width."""
    widget = kind()
    app = Stage(widget)
    async with app.run_test(size=(100, 30)) as pilot:
        widget.show(sample_view())
        await pilot.pause()
        await pilot.resize_terminal(44, 18)
        await pilot.pause()
        assert all(cell_len(line) <= 44 for line in app.lines())
        subject = widget._subject
        expected = widget.lines(subject, *widget.size)[0].plain.rstrip()
        assert app.lines()[0].rstrip() == expected


@every_kind
async def test_a_height_of_auto_is_the_height_of_the_text(kind: Kind) -> None:
    """Inside a scrolling page a widget is as high as its lines."""
    widget = kind()
    app = Stage(widget)
    async with app.run_test(size=(60, 60)) as pilot:
        widget.styles.height = "auto"
        widget.show(sample_view())
        await pilot.pause()
        wanted = len(widget.lines(widget._subject, widget.size.width, None))
        assert widget.size.height == min(wanted, 60)
        assert widget.get_content_height(Size(60, 60), Size(60, 60), 60) >= 1


async def test_text_can_be_selected() -> None:
    """What a selection takes from a widget is the text as drawn."""
    widget = Gauges()
    app = Stage(widget)
    async with app.run_test(size=(60, 20)) as pilot:
        widget.show(sample_view())
        await pilot.pause()
        widget.text_select_all()
        await pilot.pause()
        assert "Tension" in (app.screen.get_selected_text() or "")
