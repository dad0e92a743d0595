"""The decision: support, forecast in words, a reason that may be left out, and no way back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input, Static

from tabletop.exercise.table import Decide
from tabletop.tui.app import TabletopApp
from tabletop.tui.screens.card import CardScreen
from tabletop.tui.screens.decision import RATIONALE_LIMIT, DecisionScreen
from tabletop.tui.screens.situation import SituationScreen
from tests.tui.sample_view import RESPONSES, sample_view
from tests.tui.stand_in import StandInTable, an_app, press, settle, shows, text_of, told


@asynccontextmanager
async def deciding(
    table: StandInTable | None = None, digit: str = "2"
) -> AsyncIterator[tuple[TabletopApp, Pilot[Any], StandInTable]]:
    """The app at the decision for the response with that digit."""
    table = table or StandInTable()
    table.place = 1
    app = an_app(table=table)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, digit, "enter")
        assert isinstance(app.screen, DecisionScreen)
        yield app, pilot, table


async def test_a_decision_takes_support_forecast_and_reason() -> None:
    """All of it goes to the table in one action, before anything is drawn."""
    async with deciding() as (_, pilot, table):
        await press(pilot, "2", "4", *"because", "enter", "enter")
    assert table.sent == [
        Decide("solo", "talks_without_preconditions", "consult_allies", "because", 70)
    ]


async def test_the_reason_may_be_left_out() -> None:
    """Enter on the empty line goes on."""
    async with deciding() as (_, pilot, table):
        await press(pilot, "enter", "down", "enter", "enter", "enter")
    assert table.sent == [Decide("solo", "talks_without_preconditions", "none", None, 10)]


async def test_without_a_forecast_nothing_is_decided_and_the_line_says_so() -> None:
    """The forecast has no answer chosen for one."""
    async with deciding() as (app, pilot, table):
        assert "Decide: first say what you expect" in text_of(app)
        await press(pilot, "ctrl+s")
        assert told(app) == ["first say what you expect"]
    assert table.sent == []


async def test_a_decision_that_lacks_its_forecast_leads_there() -> None:
    """By its key as by its line; the next digit is the forecast, and the reason stands."""
    for wanted in ("ctrl+s", "enter"):
        async with deciding() as (app, pilot, table):
            await press(pilot, "2", "tab", *"because", *(["enter"] * (wanted == "enter")), wanted)
            assert app.focused is app.screen.query_one("#forecast")
            await press(pilot, "4", *" of it", "ctrl+s")
        response = "talks_without_preconditions"
        assert table.sent == [Decide("solo", response, "consult_allies", "because of it", 70)]


async def test_no_digit_of_probability_is_on_the_screen() -> None:
    """Answers are words in play; percents come after EndEx."""
    async with deciding() as (app, _, _):
        text = text_of(app)
    assert "%" not in text
    for percent in ("10", "30", "50", "70", "90"):
        assert percent not in text


async def test_a_closed_support_says_why_and_cannot_be_picked() -> None:
    """The reason is the author's; the choice stays as it was."""
    async with deciding() as (app, pilot, table):
        await press(pilot, "down", "down", "down")
        shown = app.screen.query_one("#support-text", Static).content
        assert "Closed: You warned them last turn; twice would be noise." in str(shown)
        await press(pilot, "enter")
        assert told(app) == ["that is closed now; the reason stands beside it"]
        await press(pilot, "tab", "3", "ctrl+s")
    assert table.sent[0] == Decide("solo", "talks_without_preconditions", "none", None, 50)


async def test_a_support_that_opens_the_response_is_chosen_first() -> None:
    """Where consent needs the allies, the first open support is theirs."""
    responses = tuple(
        response._replace(supports=("consult_allies",)) if response.id == "thaad" else response
        for response in RESPONSES
    )
    view = replace(sample_view(), responses=responses)
    table = StandInTable([view, view, view, view])
    async with deciding(table, "5") as (_, pilot, _):
        await press(pilot, "enter", "1", "ctrl+s")
    assert table.sent[0] == Decide("solo", "thaad", "consult_allies", None, 10)


async def test_escape_goes_back_to_the_card_and_decides_nothing() -> None:
    """And from the card back to the situation."""
    async with deciding() as (app, pilot, table):
        await press(pilot, "escape")
        assert shows(app, CardScreen)
        await press(pilot, "q")
        assert shows(app, SituationScreen)
    assert table.sent == []


async def test_the_arrows_walk_through_all_fields() -> None:
    """The form needs no Tab."""
    async with deciding() as (app, pilot, _):
        await press(pilot, *["down"] * 4)
        assert app.focused is not None
        assert app.focused.id == "forecast"
        await press(pilot, *["down"] * 6)
        assert app.focused.id == "rationale"
        await press(pilot, "down", "up", "up")
        assert app.focused.id == "forecast"


async def test_a_reason_is_stored_without_what_drives_a_terminal() -> None:
    """Pasted escapes are dropped at entry, and the length is bounded."""
    async with deciding() as (app, pilot, table):
        app.screen.query_one(Input).value = "\x1b]52;c;aGk=\x07why\u202e not " + "x" * 9000
        await press(pilot, "tab", "1", "ctrl+s")
    decision = table.sent[0]
    assert isinstance(decision, Decide)
    assert decision.rationale is not None
    assert decision.rationale.startswith("]52;c;aGk=why not x")
    assert len(decision.rationale) <= RATIONALE_LIMIT


async def test_a_refused_decision_leads_back_to_the_situation_with_the_reason() -> None:
    """Nothing was drawn, so nothing is shown as if it had been."""
    async with deciding() as (app, pilot, table):
        table.refusal = "the exercise is paused"
        await press(pilot, "tab", "1", "ctrl+s")
        assert isinstance(app.screen, SituationScreen)
        assert told(app) == ["the exercise is paused"]
