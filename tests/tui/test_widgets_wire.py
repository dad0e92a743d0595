"""The wire: newest first, by turn, with who, what, and for whom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.content import Content

from tabletop.exercise.view import WireView
from tabletop.tui.widgets import wire as wire_of
from tabletop.tui.widgets.wire import Wire, wire_lines
from tests.tui.pictures import Stage
from tests.tui.sample_view import WIRE, sample_view


def plain(width: int) -> list[str]:
    """The wire's lines as plain text."""
    return [line.plain.rstrip() for line in wire_lines(WIRE, width)]


def test_the_newest_stands_first() -> None:
    """Turns run backwards, and so do the items of a turn."""
    text = "\n".join(plain(60))
    assert text.startswith("Turn 2 · 6 March 2017")
    order = ["For the President's eyes", "Four missiles in one salvo", "Turn 1 ·", "Holds, with"]
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_a_private_item_is_marked_at_every_width() -> None:
    """That only you can read it is never cut off."""
    for width in (24, 36, 60, 100):
        assert any("for you alone" in line for line in plain(width))


def test_an_item_says_who_and_what_moved() -> None:
    """The cause stands beside the title, or under it where it is narrow."""
    wide = plain(60)
    row = next(i for i, line in enumerate(wide) if "Four missiles in one salvo" in line)
    assert wide[row].endswith("Their programme")
    assert "  Tension +1 · Capability +1" in wide
    narrow = plain(30)
    row = next(i for i, line in enumerate(narrow) if "Four missiles in one salvo" in line)
    assert narrow[row + 1] == "  Their programme"


def test_a_move_along_the_ladder_is_a_sentence_with_a_mark() -> None:
    """It has no title and nobody did it."""
    assert "≡ Four missiles flew together into the Sea of Japan." in plain(60)


def test_own_acts_are_marked() -> None:
    """What we did is told from what was done to us."""
    assert any(line.startswith("▸ Carry the exercises through") for line in plain(60))


async def test_a_thousand_items_are_one_widget() -> None:
    """The wire never mounts a widget an item, and it scrolls."""
    wire = Wire()
    app = Stage(wire)
    async with app.run_test(size=(60, 20)) as pilot:
        wire.show(replace(sample_view(), wire=WIRE * 60))
        await pilot.pause()
        assert not wire.children
        assert wire.max_scroll_y > 500


async def test_what_is_known_is_not_laid_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """News cost what they are, however long the wire is, until it gets another width."""
    laid: list[WireView] = []

    def counted(item: WireView, width: int) -> list[Content]:
        laid.append(item)
        return [Content(item.title[:width])]

    monkeypatch.setattr(wire_of, "_item", counted)
    wire = Wire()
    heard = tuple(WIRE[n % len(WIRE)]._replace(title=f"{n}") for n in range(2_000))
    app = Stage(wire)
    async with app.run_test(size=(60, 10)) as pilot:
        wire.show(replace(sample_view(), wire=heard[:-1]))
        await pilot.pause()
        before = len(laid)
        wire.show(replace(sample_view(), wire=heard))
        wire.show(replace(sample_view(), wire=heard[:-3]))
        await pilot.pause()
        assert (before, len(laid)) == (1_999, 2_000)
        await pilot.resize_terminal(50, 10)
        await pilot.pause()
        assert len(laid) > 2_000


async def test_news_bring_the_wire_back_to_its_top() -> None:
    """It stays where it was scrolled to until something new is heard."""
    wire = Wire()
    app = Stage(wire)
    async with app.run_test(size=(60, 10)) as pilot:
        wire.show(replace(sample_view(), wire=WIRE[:5]))
        await pilot.pause()
        wire.scroll_to(y=4, animate=False)
        await pilot.pause()
        wire.show(replace(sample_view(), wire=WIRE[:5], event=99))
        await pilot.pause()
        assert wire.scroll_y == 4
        wire.show(sample_view())
        await pilot.pause()
        assert wire.scroll_y == 0
