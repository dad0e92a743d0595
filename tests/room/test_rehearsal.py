"""The scripted class: an hour over the network at high speed, with what goes wrong in rooms."""

from __future__ import annotations

from pathlib import Path

from tabletop.exercise.verify import verify
from tabletop.room.rehearsal import ABSENT, PEOPLE, TEAMS, Rehearsal

PACE = 120.0


async def test_a_class_keeps_its_hour_whatever_goes_wrong(tmp_path: Path) -> None:
    """Nobody's vote is lost or doubled, the hot wash begins on time, and the save verifies."""
    told: list[str] = []
    rehearsal = Rehearsal(tmp_path, "north-korea-2017", seed=7, pace=PACE, tell=told.append)
    outcome = await rehearsal.run()
    assert outcome.seats == TEAMS * PEOPLE - len(ABSENT)
    assert set(outcome.endings) == {"red", "blue", "green", "amber", "violet", "teal"}
    assert (outcome.lost, outcome.doubled) == (0, 0)
    assert outcome.ended_early
    assert outcome.slow_by_default >= 3
    assert outcome.back_after < 10
    # A second of the machine, which other tests share, is two minutes of the class.
    assert abs(outcome.hot_wash_after - outcome.planned) < 2 * PACE
    report = verify(outcome.save)
    assert report.ok, report.findings
    assert any("stopped without a word" in line for line in told)
