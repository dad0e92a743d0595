"""The replay: a save stepped through, forward and back, and nothing can be changed."""

from __future__ import annotations

from pathlib import Path

from tabletop.tui import start
from tabletop.tui.screens.home import HomeScreen
from tabletop.tui.screens.large import GaugesScreen
from tabletop.tui.screens.replay import ReplayScreen
from tests.tui.stand_in import an_app, flat, press, settle, told

REPLAY = start.Replay(Path("game.jsonl"))


async def test_it_opens_at_the_first_moment() -> None:
    """With what was decided next."""
    app = an_app(start=REPLAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, ReplayScreen)
        text = flat(app)
    assert "Turn 2 of 6" in text
    assert "Turn 2 opens" in text


async def test_steps_go_forward_and_back_and_stop_at_the_ends() -> None:
    """The ends say that they are the ends."""
    app = an_app(start=REPLAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "left")
        assert told(app) == ["this is the first moment"]
        await press(pilot, "right")
        assert "Turn 5 of 6" in flat(app)
        await press(pilot, "left")
        assert "Turn 2 of 6" in flat(app)
        await press(pilot, "end")
        assert "How it ended" in flat(app)
        assert "Containment holds" in flat(app)
        await press(pilot, "right")
        assert told(app)[-1] == "this is the last moment"
        await press(pilot, "home")
        assert "Turn 2 of 6" in flat(app)


async def test_a_digit_jumps_to_the_opening_of_its_turn() -> None:
    """A turn that the save has not says so."""
    app = an_app(start=REPLAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "5")
        assert "Turn 5 of 6" in flat(app)
        await press(pilot, "4")
        assert told(app) == ["this save has no turn 4"]


async def test_the_same_sheets_open_as_in_play() -> None:
    """The gauges at that moment, for one."""
    app = an_app(start=REPLAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "g")
        assert isinstance(app.screen, GaugesScreen)
        await press(pilot, "q")
        assert isinstance(app.screen, ReplayScreen)


async def test_q_leaves_for_home() -> None:
    """Nothing was changed, so nothing is asked."""
    app = an_app(start=REPLAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "q")
        assert isinstance(app.screen, HomeScreen)


async def test_a_save_that_cannot_be_used_to_its_end_says_so() -> None:
    """The fault of the replay is told when it opens."""
    app = an_app(start=REPLAY)
    app.table.fault = "line 40: the seal does not fit"  # type: ignore[union-attr]
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert told(app) == ["line 40: the seal does not fit"]
