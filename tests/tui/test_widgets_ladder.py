"""The ladder: where we are can be told without colour, in every form."""

from __future__ import annotations

from tabletop.exercise.view import RungView
from tabletop.tui.widgets.ladder import Ladder
from tests.tui.sample_view import RUNGS, late_view


def drawn(rungs: tuple[RungView, ...], width: int, height: int | None) -> list[str]:
    """The ladder's lines as plain text."""
    return [line.plain.rstrip() for line in Ladder().lines(rungs, width, height)]


def test_rungs_stand_in_the_order_of_the_scenario() -> None:
    """Nothing is sorted or left out."""
    text = "\n".join(drawn(RUNGS, 40, 30))
    places = [text.index(rung.title) for rung in RUNGS]
    assert places == sorted(places)


def test_the_present_rung_has_a_mark_and_a_word() -> None:
    """Exactly one line says where we are, by glyph and in words."""
    lines = drawn(RUNGS, 40, 30)
    here = [line for line in lines if "here" in line]
    assert len(here) == 1
    assert here[0].startswith("●  Salvo launch")
    assert sum(line.startswith("●") for line in lines) == 1


def test_the_tall_form_tells_how_each_rung_was_reached() -> None:
    """Every arrival has its sentence, under its rung."""
    text = " ".join(" ".join(drawn(RUNGS, 60, 30)).replace("│", " ").split())
    assert "Spring exercises Turn 1: the drills opened on 1 March." in text


def test_with_less_room_the_present_rung_keeps_its_sentence() -> None:
    """Sentences of rungs behind us go before that of the present one."""
    rungs = (RUNGS[0]._replace(reached=("Turn 1: one.", "Turn 3: three.")), *RUNGS[1:])
    lines = drawn(rungs, 70, 8)
    assert len(lines) <= 8
    assert any("four missiles" in line for line in lines)
    assert not any("Turn 1" in line for line in lines)


def test_one_line_a_rung_where_there_is_no_more() -> None:
    """Four rows hold four rungs."""
    lines = drawn(RUNGS, 30, 4)
    assert [line.split("  ")[1] for line in lines] == [rung.title for rung in RUNGS]


def test_one_row_is_a_chain() -> None:
    """A single row names all rungs, or the present one alone."""
    assert drawn(RUNGS, 100, 1) == [
        "○ Spring exercises  ─  ● Salvo launch  ─  · ICBM test  ─  · Talks"
    ]
    assert drawn(RUNGS, 40, 1) == ["○ ─ ● Salvo launch ─ · ─ ·"]


def test_a_rung_reached_out_of_order_is_shown_as_reached() -> None:
    """Talks may have come before the rung we stand on, and stay marked."""
    lines = drawn(late_view().rungs, 40, 30)
    assert any(line.startswith("○  Talks") for line in lines)
    assert any(line.startswith("●  ICBM test") for line in lines)


def test_no_rungs_is_no_ladder() -> None:
    """A view without stages draws nothing."""
    assert drawn((), 40, 10) == []
