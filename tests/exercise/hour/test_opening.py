"""Exercises that are opened, and found again after their host was stopped at any moment."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tabletop.errors import SaveError, UsageError
from tabletop.exercise.desk import Desk
from tabletop.exercise.hour.opening import open_class, resume_class, team_names
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.save import read_save
from tabletop.exercise.table import CONTROL
from tests.exercise.hour.led import CRISIS, Led


@pytest.mark.parametrize("teams", [(), ("red", "red"), ("a b",), ("x" * 40,)])
def test_teams_that_cannot_be_named_are_refused(tmp_path: Path, teams: tuple[str, ...]) -> None:
    """In one line, before anything is written."""
    with pytest.raises(UsageError):
        open_class(Desk(tmp_path), CRISIS, teams=teams)
    assert not list(tmp_path.iterdir())


def test_names_of_teams_never_repeat() -> None:
    """Colours first, then numbers."""
    assert len(set(team_names(100))) == 100
    with pytest.raises(UsageError):
        team_names(101)


async def _played(folder: Path) -> Path:
    """A class of two teams, led by hand through a whole hour with something said in it."""
    led = Led(folder, ("red", "blue"))
    await led.seat("red")
    await led.seat("blue")
    await led.start()
    while led.phase() != "over":
        led.now += 7
        if led.phase() == "preference":
            await led.prefer("red-1", 1, "A reason.")
        if led.phase() == "lock":
            await led.lock("red-0", 0, "Another reason.")
        await led.next()
    await led.table.close()
    return led.table.path


async def test_a_host_killed_after_any_event_is_found_where_it_was(tmp_path: Path) -> None:
    """Whatever line the file ends with, the same hour goes on from there to its end."""
    whole = await _played(tmp_path / "whole")
    lines = whole.read_bytes().splitlines(keepends=True)
    for count in range(2, len(lines) + 1, 7):
        path = tmp_path / f"cut-{count}.jsonl"
        path.write_bytes(b"".join(lines[:count]))
        last = read_save(path)
        table = resume_class(path, alive=2e9, clock=lambda: 2e9)
        assert table.record.number >= len(last.events)
        seen = table.hour_view(CONTROL)
        assert seen.teams
        assert [row.team for row in seen.teams] == ["red", "blue"]
        await table.close()


async def test_a_choice_is_carried_out_once_though_the_host_died_in_the_reveal(
    tmp_path: Path,
) -> None:
    """Cut between the decisions of two teams, neither decides twice in the round."""
    whole = await _played(tmp_path / "whole")
    lines = whole.read_bytes().splitlines(keepends=True)
    first = next(at for at, line in enumerate(lines) if b'"game.decision"' in line)
    path = tmp_path / "cut.jsonl"
    path.write_bytes(b"".join(lines[: first + 1]))
    table = resume_class(path, alive=2e9, clock=lambda: 2e9)
    await table.tick()
    while table.hour.phase != "reveal":
        from tabletop.exercise.hour.actions import Advance

        await table.send(Advance(table.hour.phase, table.hour.round), f"on-{table.hour.place}")
    assert [len(line.decisions) for line in table.record.lines.values()] == [1, 1]
    await table.close()


async def test_a_host_that_was_away_for_long_finds_its_clock_paused(tmp_path: Path) -> None:
    """With what was left when it was last alive; a short absence changes nothing."""
    led = Led(tmp_path, ("red",))
    await led.seat("red")
    await led.start()
    await led.table.close()
    copy = shutil.copy(led.table.path, tmp_path / "copy.jsonl")
    away = resume_class(led.table.path, alive=led.now + 20, clock=lambda: led.now + 620)
    assert away.hour_view(CONTROL).paused
    assert away.hour_view(CONTROL).remaining == pytest.approx(40, abs=0.01)
    await away.close()
    brief = resume_class(Path(copy), alive=led.now + 20, clock=lambda: led.now + 25)
    assert not brief.hour_view(CONTROL).paused
    assert brief.hour_view(CONTROL).ends_at == pytest.approx(led.now + 60, abs=0.01)
    await brief.close()


async def test_a_game_of_one_player_is_not_taken_for_a_class(tmp_path: Path) -> None:
    """It is named as what it is, and left as it was."""
    desk = Desk(tmp_path)
    table = desk.new(CRISIS, seed=1)
    await table.close()
    before = table.path.read_bytes()
    with pytest.raises(SaveError, match="one player"):
        resume_class(table.path)
    assert table.path.read_bytes() == before


async def test_the_save_of_a_class_replays_like_any_other(tmp_path: Path) -> None:
    """Every event follows by the rules, and each team's line can be looked at."""
    path = await _played(tmp_path)
    replay = ReplayTable(path)
    assert replay.fault is None
    assert set(replay.record.lines) == {"red", "blue"}
