"""The adviser of a screen: asked in a process of its own, about where a save stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.debrief.counsel import counsel
from tabletop.errors import TabletopError
from tabletop.exercise.desk import Desk
from tabletop.exercise.table import SOLO, Begin, Declare


async def test_it_speaks_of_every_open_option_in_words_without_a_digit(tmp_path: Path) -> None:
    """While the game is still played and its save written."""
    table = Desk(tmp_path).new("first-game", seed=1)
    await table.send(Declare(SOLO.name, table.view(SOLO).objectives[0].id), "declare")
    await table.send(Begin(), "begin")
    view = table.view(SOLO)
    words = await counsel(table.path, view.line)
    await table.close()
    assert set(words) == {each.id for each in view.responses if each.supports}
    assert not any(character.isdigit() for said in words.values() for character in said)


async def test_it_says_in_a_line_why_it_is_silent(tmp_path: Path) -> None:
    """A save that is not there is no reason for a traceback."""
    with pytest.raises(TabletopError, match=r"gone\.jsonl"):
        await counsel(tmp_path / "gone.jsonl", "solo")
