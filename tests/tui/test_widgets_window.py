"""Windows on lines: safe, wrapped for their width, copied as written, and without a layout."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from textual.content import Content

from tabletop.tui.theme import NAMES
from tabletop.tui.widgets.reading import MEASURE, Reading
from tabletop.tui.widgets.wire import Wire
from tests.tui.pictures import Stage, is_harmless, poisoned
from tests.tui.sample_view import late_view, sample_view

LONG = Content("A word and another one. " * 40 + "\n\nThe end.")


async def test_other_text_of_any_length_costs_no_layout_of_the_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The window keeps its size; only what it shows changes, and how far it scrolls."""
    window = Reading(id="text")
    app = Stage(window)
    async with app.run_test(size=(60, 10)) as pilot:
        window.put(Content("Short."))
        await pilot.pause()
        laid_out: list[int] = []
        compositor = app.screen._compositor
        reflow = compositor.reflow

        def counted(screen: Any, size: Any) -> Any:
            laid_out.append(1)
            return reflow(screen, size)

        monkeypatch.setattr(compositor, "reflow", counted)
        window.put(LONG)
        await pilot.pause()
        assert "A word and another one." in app.text()
        assert window.max_scroll_y > 0
        window.put(Content("Short."))
        await pilot.pause()
        assert window.max_scroll_y == 0
        assert laid_out == []


async def test_text_is_wrapped_for_each_width_and_never_beyond_its_measure() -> None:
    """A wide terminal makes no longer lines."""
    window = Reading(id="text")
    app = Stage(window)
    async with app.run_test(size=(160, 30)) as pilot:
        window.put(LONG)
        await pilot.pause()
        assert MEASURE - 10 < max(map(len, map(str.rstrip, app.lines()))) <= MEASURE + 1
        await pilot.resize_terminal(44, 30)
        await pilot.pause()
        assert max(map(len, map(str.rstrip, app.lines()))) <= 44


async def test_what_is_copied_has_the_lines_of_the_text() -> None:
    """However it was wrapped for the screen; a part of it begins and ends where it was marked."""
    window = Reading(id="text")
    app = Stage(window)
    async with app.run_test(size=(40, 20)) as pilot:
        window.put(LONG)
        await pilot.pause()
        window.text_select_all()
        await pilot.pause()
        assert (app.screen.get_selected_text() or "").strip() == LONG.plain.strip()
        app.screen.clear_selection()
        await pilot.mouse_down(window, offset=(2, 1))
        await pilot.hover(window, offset=(10, 2))
        await pilot.mouse_up(window, offset=(10, 2))
        part = app.screen.get_selected_text() or ""
        assert part
        assert part in LONG.plain
        assert "\n" not in part


@pytest.mark.parametrize("theme", NAMES)
async def test_hostile_news_are_harmless_in_every_theme(theme: str) -> None:
    """Every row keeps its width."""
    wire = Wire()
    app = Stage(wire, theme=theme)
    async with app.run_test(size=(60, 20)) as pilot:
        wire.show(poisoned(late_view()))
        await pilot.pause()
        assert app.text().strip()
        assert is_harmless(app.text())
        assert {strip.cell_length for strip in app.strips()} == {60}


async def test_the_same_wire_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A view that differs elsewhere repaints nothing."""
    wire = Wire()
    async with Stage(wire).run_test(size=(60, 20)):
        wire.show(sample_view())
        drawn: list[int] = []
        monkeypatch.setattr(Wire, "refresh", lambda *_, **__: drawn.append(1))
        wire.show(replace(sample_view(), event=77, lesson="other"))
        assert drawn == []
