"""The model's assumptions before a game: worlds, dials, and what begins with them."""

from __future__ import annotations

from pathlib import Path

from tabletop.exercise.desk import Desk
from tabletop.exercise.exercise import LocalTable
from tabletop.tui import start
from tabletop.tui.app import TabletopApp
from tabletop.tui.screens.briefing import BriefingScreen
from tabletop.tui.screens.dials import DialsScreen
from tests.tui.stand_in import StandInDesk, an_app, press, scenario_card, settle, text_of, told


async def _begun(*keys: str) -> StandInDesk:
    desk = StandInDesk()
    async with an_app(desk).run_test() as pilot:
        await settle(pilot)
        await press(pilot, "n", "a", *keys)
    return desk


async def test_nothing_is_changed_where_nothing_was_touched() -> None:
    """The defaults are not written down as wishes."""
    desk = await _begun("enter")
    assert desk.opened == [("new", "north-korea-2017")]
    assert desk.assumptions == {}


async def test_a_world_sets_the_dials_it_names() -> None:
    """Right goes from world to world, and round."""
    assert (await _begun("right", "enter")).assumptions == {"kept": "often"}
    assert (await _begun("left", "enter")).assumptions == {"provoke": "a_bit"}
    assert (await _begun("right", "right", "right", "enter")).assumptions == {}


async def test_a_dial_is_turned_by_itself() -> None:
    """Left and right turn the dial under the cursor."""
    assert (await _begun("down", "right", "enter")).assumptions == {"provoke": "a_bit"}
    assert (await _begun("down", "down", "left", "enter")).assumptions == {"kept": "often"}


async def test_the_defaults_are_one_key_away() -> None:
    """From any line and after any turning."""
    assert (await _begun("down", "right", "down", "right", "d", "enter")).assumptions == {}


async def test_dials_that_make_up_a_world_mark_it() -> None:
    """Whichever way one came there; and beside all worlds none is marked."""
    app = an_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "n", "a")
        assert "● Default" in text_of(app)
        await press(pilot, "down", "down", "right")
        assert "● As the hopeful see it" in text_of(app)
        assert "Some were." in text_of(app)
        await press(pilot, "up", "right", "up")
        worlds = next(row for row in text_of(app).splitlines() if "Default" in row)
        assert "●" not in worlds
        assert "Your own" in text_of(app)
        await press(pilot, "left")
        assert "● Default" in text_of(app)


async def test_a_scenario_without_dials_says_so() -> None:
    """The key tells why it opens nothing."""

    class Plain(StandInDesk):
        def scenarios(self) -> list[object]:
            card = scenario_card("plain", "A plain one", 3)
            return [type(card)(card.id, card.title, card.summary, 3, card.path, None)]

    app = an_app(Plain())
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "n", "a")
        assert not isinstance(app.screen, DialsScreen)
        assert told(app) == ["this scenario has no assumptions to set"]


async def test_a_game_begun_with_a_preset_has_it_in_its_header(tmp_path: Path) -> None:
    """What was picked on the screen is what the save, and so every replay, assumes."""
    desk = Desk(tmp_path)
    card = next(each for each in desk.scenarios() if each.presets)
    app = TabletopApp(desk, None, start=start.Home(), reduced_motion=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(DialsScreen(card))
        await press(pilot, "right", "enter")
        assert isinstance(app.screen, BriefingScreen)
        assert isinstance(app.table, LocalTable)
        header = app.table.header
    expected = {dial.id: dial.default for dial in card.dials} | dict(card.presets[0].set)
    assert header.scenario.id == card.id
    assert dict(header.assumptions) == expected
    assert expected != {dial.id: dial.default for dial in card.dials}
