"""A debrief and a comparison told line by line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tabletop.debrief.comparison import Place
from tabletop.debrief.comparison import compare as compared
from tabletop.debrief.sheet import debrief_of
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import CONTROL, Viewer
from tabletop.exercise.viewers import PUBLIC
from tabletop.plain.compare import compare
from tabletop.plain.console import Console
from tabletop.plain.debrief import debrief
from tests.exercise.classes import Exercise
from tests.exercise.games import play


@pytest.fixture
def table(tmp_path: Path) -> ReplayTable:
    """Two teams that part in the first turn."""
    exercise = Exercise(red=["premier"], blue=["premier"])
    exercise.decide("red", "patrol", "a claim must be seen", 90)
    exercise.rule("red", "too tame for this captain")
    exercise.decide("blue", "call", "we will telephone", 10)
    exercise.finish("red", "blue")
    return ReplayTable(exercise.save(tmp_path / "class.jsonl"))


def test_the_story_is_told_in_its_order(table: ReplayTable) -> None:
    """What was decided and why, what was expected, what came, then the ending and the rest."""
    said = "\n".join(debrief(debrief_of(table, CONTROL, "red")))
    marks = [
        "Debrief: The lighthouse. Save class.jsonl, line red.",
        "Turn 1. 1 May. A ship is sighted.",
        "Ann of red premier, Premier, decided: Send a patrol. Because: a claim must be seen.",
        "Expected: Will a flare go up before the next turn? Very likely, 90 percent. It did not come.",
        "Also open: ",
        "Control ruled otherwise: Tension +1. Reason: too tame for this captain.",
        "The gauges, turn by turn.",
        "The ending: ",
        "What they wanted: ",
        "Forecasts pooled: ",
        "Brier score ",
        "To talk over.",
        "What really happened afterwards.",
        "The model assumed.",
    ]
    places = [said.index(mark) for mark in marks]
    assert places == sorted(places)


def test_the_public_hears_no_reasons(table: ReplayTable) -> None:
    """The office decided, and nobody is named."""
    said = "\n".join(debrief(debrief_of(table, PUBLIC, "red")))
    assert "Premier decided: Send a patrol." in said
    assert "a claim must be seen" not in said
    assert "Ann of" not in said


def test_every_chart_stands_beside_its_numbers(table: ReplayTable) -> None:
    """Who hears the line gets the same as who sees it."""
    sheet = debrief_of(table, CONTROL, "red")
    lines = debrief(sheet)
    for gauge in sheet.gauges:
        names = gauge.levels or [str(value) for value in range(gauge.low, gauge.high + 1)]
        told = ", ".join(names[value - gauge.low] for value in gauge.values)
        (line,) = [line for line in lines if line.startswith(f"{gauge.title}: {told} (")]
        assert len(line.rpartition(" ")[2]) == len(gauge.values)


def test_a_running_exercise_says_that_things_are_left_out(tmp_path: Path) -> None:
    """And tells what there is."""
    table = ReplayTable(play(tmp_path / "half.jsonl", turns=1))
    said = "\n".join(debrief(debrief_of(table)))
    assert "what is sealed until EndEx is left out" in said
    assert "Nothing was decided yet." in said
    assert "What really happened" not in said
    assert "percent" not in said


def test_a_damaged_save_says_so_first(tmp_path: Path) -> None:
    """Before the first turn."""
    path = play(tmp_path / "game.jsonl")
    path.write_bytes(path.read_bytes()[:-30])
    said = "\n".join(debrief(debrief_of(ReplayTable(path))))
    assert said.index("The save cannot be used further: line ") < said.index("Turn 1. ")


def test_a_comparison_tells_where_runs_part_and_then_turn_by_turn(table: ReplayTable) -> None:
    """Then the gauges with their numbers, the endings and the forecasts."""
    found = compared([Place(table, PUBLIC, "red"), Place(table, PUBLIC, "blue")])
    said = "\n".join(compare(found))
    marks = [
        "They part first here. Turn 1: another decision.",
        "red: Decided: Send a patrol.",
        "blue: Decided: Telephone them.",
        "Turn 1.",
        "red: Send a patrol.",
        "Tension, from 0 to 5.",
        "How they ended.",
        "Forecasts pooled: 2 forecasts scored.",
    ]
    places = [said.index(mark) for mark in marks]
    assert places == sorted(places)


def test_hostile_words_are_harmless_by_the_time_they_are_written(tmp_path: Path) -> None:
    """The console cleans every line."""
    exercise = Exercise(red=["premier"])
    exercise.finish("red")
    path = exercise.save(tmp_path / "x.jsonl")
    from tabletop.exercise.save import read_save
    from tests.exercise.games import rewrite

    bad = "\x1b]52;c;eA==\x07\u202e[bold]x[/]"
    from tabletop.exercise.words import seal_words

    def spoil(draft: object) -> object:
        data = draft.data  # type: ignore[attr-defined]
        if "response" in data:
            data["rationale"] = seal_words(bad)
        return draft

    rewrite(path, spoil)  # type: ignore[arg-type]
    assert read_save(path).faults == ()
    table = ReplayTable(path)
    out = io.StringIO()
    Console(io.StringIO(), out).say(*debrief(debrief_of(table, Viewer("team", "red"))))
    assert "[bold]x[/]" in out.getvalue()
    assert not {"\x1b", "\x07", "\u202e"} & set(out.getvalue())
