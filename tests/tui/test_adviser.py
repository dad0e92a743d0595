"""The adviser at the table: off until a key turns it on, then beside every option, in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tabletop.debrief.counsel import counsel
from tabletop.errors import TabletopError
from tabletop.exercise.desk import Desk
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.table import SOLO, Begin, Declare
from tabletop.odds.advice import PHRASES
from tabletop.odds.advice_words import BESIDE, OFF, ON
from tabletop.tui import start
from tabletop.tui.screens.card import CardScreen
from tabletop.tui.screens.endex import EndExScreen
from tabletop.tui.screens.flash import FlashScreen
from tabletop.tui.screens.situation import SituationScreen
from tests.tui.sample_view import flash_view
from tests.tui.stand_in import StandInTable, an_app, flat, press, settle, shows, told


async def begun(folder: Path) -> LocalTable:
    """A real game at its first decision."""
    table = Desk(folder).new("first-game", seed=1)
    await table.send(Declare(SOLO.name, table.view(SOLO).objectives[0].id), "declare")
    await table.send(Begin(), "begin")
    return table


def advice_in(text: str) -> list[str]:
    """The phrases of an adviser that stand in a text."""
    return [phrase for phrase in PHRASES.values() if phrase in text]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_it_is_silent_until_a_key_turns_it_on(tmp_path: Path, size: tuple[int, int]) -> None:
    """Then its words stand under the responses and on the card; the same key ends it."""
    table = await begun(tmp_path)
    app = an_app(start=start.NewGame("first-game"), table=table)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert not advice_in(flat(app))
        await press(pilot, "v")
        await settle(pilot)
        assert told(app)[0] == ON
        assert shows(app, SituationScreen)
        said = advice_in(flat(app))
        assert said
        assert not any(re.search(r"\d", phrase) for phrase in said)
        words = await counsel(table.path, "solo")
        await press(pilot, "1")
        assert shows(app, CardScreen)
        first = table.view(SOLO).responses[0].id
        assert f"{BESIDE}: {words[first]}." in flat(app)
        await press(pilot, "escape", "v")
        assert told(app)[-1] == OFF
        assert not advice_in(flat(app))
        await press(pilot, "1")
        assert BESIDE not in flat(app)


async def test_it_can_be_on_from_the_start(tmp_path: Path) -> None:
    """As the player has set it for good; what it cannot know is said first."""
    app = an_app(start=start.NewGame("first-game"), table=await begun(tmp_path))
    app.advised = True
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert told(app)[0] == ON
        assert advice_in(flat(app))


async def test_it_speaks_of_a_flash_too(tmp_path: Path) -> None:
    """Below the answers, whenever its words come."""
    view = flash_view()
    assert view.flash is not None
    app = an_app(table=StandInTable([view]))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        sheet = app.screen
        assert isinstance(sheet, FlashScreen)
        assert BESIDE not in flat(app)
        answer = view.flash.answers[0]
        sheet.advise({answer.id: "keeps most doors open"})
        await settle(pilot)
        assert f"{answer.title}: keeps most doors open" in flat(app)
        sheet.advise({})
        await settle(pilot)
        assert BESIDE not in flat(app)


async def test_its_silence_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is off again then, and the game goes on as it was."""

    async def silent(*_: object) -> None:
        raise TabletopError("the game is too large")

    monkeypatch.setattr("tabletop.debrief.counsel.counsel", silent)
    app = an_app(start=start.NewGame("first-game"), table=await begun(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "v")
        await settle(pilot)
        assert shows(app, SituationScreen)
        assert told(app)[-1] == "The adviser has nothing to say: the game is too large"
        assert not app.advised


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_rest_can_be_left_to_a_standing_order(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """Chosen from a list, announced, played to EndEx, and told there as the order's own."""
    table = await begun(tmp_path)
    app = an_app(start=start.NewGame("first-game"), table=table)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "s")
        assert "Leave the rest to a standing order" in flat(app)
        await press(pilot, "escape")
        assert shows(app, SituationScreen)
        assert not table.view(SOLO).decisions
        await press(pilot, "s", "1")
        await settle(pilot)
        assert shows(app, EndExScreen)
        title = next(iter(table.record.program.scenario.doctrines.values())).title
        assert told(app)[0] == f"The standing order plays on: {title}"
        decisions = table.view(SOLO).decisions
        assert decisions
        assert {made.standing for made in decisions} == {title}
