"""The sample saves: shipped with the program, and replayable for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import SOLO
from tabletop.exercise.verify import verify

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "saves/samples").glob("*.jsonl"))


def test_there_is_a_sample_of_each_shipped_scenario() -> None:
    """Somebody who has not played yet can look at both."""
    played = {ReplayTable(path).view(SOLO).scenario for path in SAMPLES}
    assert played == {"first-game", "north-korea-2017"}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_whole_follows_by_the_rules_and_ends(path: Path) -> None:
    """Seals, draws and digests hold under this version of the rules."""
    report = verify(path)
    assert report.ok, report
    assert ReplayTable(path).view(SOLO).ending is not None
