"""The adviser at the table: asked by a key, heard on a sheet, in words alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.errors import TabletopError
from tabletop.exercise.desk import Desk
from tabletop.exercise.table import SOLO, Begin, Declare
from tabletop.tui import start
from tabletop.tui.screens.sheet import SheetScreen
from tabletop.tui.screens.situation import SituationScreen
from tests.tui.stand_in import an_app, press, shows, text_of, told


async def begun(folder: Path) -> object:
    """A real game at its first decision."""
    table = Desk(folder).new("first-game", seed=1)
    await table.send(Declare(SOLO.name, table.view(SOLO).objectives[0].id), "declare")
    await table.send(Begin(), "begin")
    return table


async def test_it_is_heard_only_when_it_is_asked(tmp_path: Path) -> None:
    """On a sheet that says what it knows and what it does not."""
    app = an_app(start=start.NewGame("first-game"), table=await begun(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "doors" not in text_of(app)
        await press(pilot, "v")
        assert shows(app, SheetScreen)
        text = text_of(app)
    assert "The adviser, in this model" in text
    assert "not what the adversary" in text


async def test_its_silence_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The game goes on as it was."""

    async def silent(*_: object) -> None:
        raise TabletopError("the game is too large")

    monkeypatch.setattr("tabletop.debrief.counsel.counsel", silent)
    app = an_app(start=start.NewGame("first-game"), table=await begun(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "v")
        assert shows(app, SituationScreen)
        assert told(app)[-1] == "The adviser has nothing to say: the game is too large"
