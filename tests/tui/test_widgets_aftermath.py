"""What followed: in order, by cause, with its marks on the gauges and the ladder."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tabletop.exercise.view import View
from tabletop.tui.widgets.aftermath import Aftermath
from tests.tui.pictures import Stage
from tests.tui.sample_view import AFTERMATH, DECISION, briefing_view, sample_view


def plain(width: int, view: View | None = None) -> list[str]:
    """The story's lines as plain text."""
    widget = Aftermath()
    subject = widget.pick(view or sample_view())
    return [line.plain.rstrip() for line in widget.lines(subject, width, None)]


def test_it_is_told_in_order_and_by_cause() -> None:
    """Each happening has its actor at the left and comes in its place."""
    lines = plain(90)
    causes = ("Your act", "Pyongyang", "Their programme")
    actors = [line.split("  ")[0] for line in lines if line.startswith(causes)]
    assert actors == ["Your act", "Your act", "Pyongyang", "Their programme"]


def test_what_each_happening_moved_stands_under_it() -> None:
    """Deltas follow the words, and the gauges show the sum with all causes."""
    text = "\n".join(plain(90))
    assert "Alliances +1 · Tension −1" in text
    assert "+1  Your act: Carry the exercises through" in text


def test_the_forecast_is_told_in_words() -> None:
    """No digits of probability before EndEx."""
    text = "\n".join(plain(90))
    assert "You said: probably; it came." in text
    assert "70" not in text


def test_the_reason_is_quoted() -> None:
    """What the player wrote stands with the decision."""
    assert "“Cutting them in the first week would look like fear.”" in plain(90)


def test_the_ladder_tells_where_it_led() -> None:
    """A move names both rungs; a stage that held is said in a word."""
    assert "Spring exercises  →  Salvo launch" in plain(90)
    held = AFTERMATH._replace(ladder=None, stage_before="Salvo launch")
    lines = plain(90, replace(sample_view(), aftermath=held))
    assert "The stage holds: Salvo launch." in lines


def test_a_default_is_called_one() -> None:
    """When nobody chose, it says so."""
    decision = DECISION._replace(by_default=True, rationale=None, forecast=None)
    view = replace(sample_view(), aftermath=AFTERMATH._replace(decision=decision))
    text = "\n".join(plain(90, view))
    assert "Nobody chose; this stood by default." in text
    assert "You said" not in text


def test_narrow_it_stands_in_one_column() -> None:
    """The actor moves above what was done."""
    lines = plain(40)
    row = lines.index("Pyongyang")
    assert lines[row + 1] == "Holds, with a warning"


async def test_before_the_first_decision_it_is_empty() -> None:
    """Nothing was decided, so nothing followed."""
    widget = Aftermath()
    app = Stage(widget)
    async with app.run_test(size=(60, 20)) as pilot:
        widget.show(briefing_view())
        await pilot.pause()
        assert app.text().strip() == ""
    with pytest.raises(LookupError):
        widget.pick(briefing_view())
