"""Tables and saves that the exercise is tested on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tabletop.exercise.desk import Desk
from tabletop.exercise.exercise import LocalTable
from tests.exercise.games import SCENARIO


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with an empty folder of saves."""
    return Desk(tmp_path / "saves")


@pytest.fixture
async def table(desk: Desk) -> AsyncIterator[LocalTable]:
    """A new game of the smallest scenario."""
    table = desk.new(str(SCENARIO), seed=3, name="Ann")
    yield table
    await table.close()
