"""A desk with an empty folder of saves for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.exercise.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk whose saves nobody else sees."""
    folder = tmp_path / "saves"
    folder.mkdir()
    return Desk(folder)
