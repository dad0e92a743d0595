"""After the hour: one save holds the whole class, and all that looks at saves takes it."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from pathlib import Path

import pytest

from tabletop.exercise.desk import Desk
from tabletop.exercise.hour.actions import Dissent, Mark, Prefer, Rewind, Share, Ticket
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.save import read_save
from tests.cli.terminal import run
from tests.exercise.games import play_on
from tests.exercise.hour.led import CRISIS, Led

TEAMS = ("red", "blue", "green")
MARK = "Ask blue why it waited."
REASON = "It keeps a way out open."


async def _hour(folder: Path, seed: int) -> Path:
    """An hour by hand: red argues, blue never locks and is taken back once, green is absent."""
    led = Led(folder, TEAMS, seed=seed)
    await led.seat("red", 3)
    await led.seat("blue", 2)
    await led.start()
    while led.phase() != "over":
        phase, number = led.phase(), led.table.hour.round
        led.now += 5
        if phase == "preference":
            await led.prefer("red-0", 0, REASON)
            await led.prefer("red-1", 1, "It costs less.")
            if led.offered("blue"):
                await led.send(Prefer("blue-1", led.offered("blue")[-1]))
        elif phase == "lock":
            await led.lock("red-0", 0, REASON)
        elif phase == "reveal" and "dissent" in led.seen("red-1").can:
            await led.send(Dissent("red-1", "The other way was open."))
        elif phase == "changed" and number == 1:
            turn = led.table.record.lines["blue"].decisions[-1].turn
            await led.send(Rewind("blue", turn, "A card was misread."))
            await led.send(Mark(MARK, "blue"))
        elif phase == "hot_wash":
            await led.send(Ticket("red-1", "I expected less of the South."))
        await led.next()
    await led.send(Share())
    await led.table.close()
    return led.table.path


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The save of the first section."""
    return asyncio.run(_hour(tmp_path_factory.mktemp("first"), 7))


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The save of the second section: the same pack with another seed."""
    return asyncio.run(_hour(tmp_path_factory.mktemp("second"), 8))


@pytest.fixture(scope="module")
def absent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an absent student hands in: played alone by the same plan."""

    async def alone() -> Path:
        save = tmp_path_factory.mktemp("absent") / "solo.jsonl"
        await play_on(Desk(save.parent).new(CRISIS, seed=11, plan="lesson", save=save))
        return save

    return asyncio.run(alone())


def test_the_whole_hour_verifies(first: Path, second: Path) -> None:
    """Draw for draw, with what control did named."""
    for save in (first, second):
        result = run("verify", save)
        assert (result.code, result.err) == (0, "")
        assert "events follow by the rules, draw for draw" in result.out


@pytest.mark.parametrize("team", TEAMS)
def test_it_replays_for_each_team(first: Path, team: str) -> None:
    """Through the team's own eyes, from its first turn to its ending."""
    table = ReplayTable(first)
    newest = [line for line in table.record.lines.values() if line.team == team][-1]
    assert newest.play.ending is not None
    result = run("replay", first, "--plain", "--line", newest.name, "--as", team)
    assert (result.code, result.err) == (0, "")
    scenario = table.record.program.scenario
    assert scenario.endings[newest.play.ending].title in result.out
    assert scenario.responses[newest.decisions[0].response].title in result.out
    assert MARK not in result.out


def test_its_teams_are_laid_side_by_side(first: Path) -> None:
    """Where they part is named."""
    result = run("compare", first, "--json")
    assert result.code == 0, result.err
    found = json.loads(result.out)
    assert [side["label"].partition(".")[0] for side in found["sides"]] == list(TEAMS)
    assert found["first"]["kind"] == "decision"


def test_the_debrief_tells_each_team_of_its_own_decisions(first: Path) -> None:
    """With the reason, the dissent, and what stood by default."""
    red = run("debrief", first, "--plain", "--no-odds", "--team", "red", "--as", "control")
    assert red.code == 0, red.err
    assert REASON in red.out
    assert "The other way was open." in red.out
    blue = run("debrief", first, "--plain", "--no-odds", "--team", "blue", "--as", "control")
    assert "default" in blue.out


@pytest.mark.parametrize("kind", ["html", "md", "json", "csv"])
def test_the_report_of_the_class_is_written(first: Path, tmp_path: Path, kind: str) -> None:
    """In every form, with every team and no private note of control."""
    target = tmp_path / f"report.{kind}"
    result = run("report", first, "-o", target, "--as", "control", "--no-odds")
    assert (result.code, result.err) == (0, "")
    text = target.read_text("utf-8")
    for team in TEAMS:
        assert re.search(rf"\b{team}\b", text)
    assert REASON in text
    assert MARK not in text


def test_the_evidence_has_a_row_for_each_student_and_decision(first: Path, tmp_path: Path) -> None:
    """Of those who were there; an empty chair is nobody."""
    target = tmp_path / "evidence.csv"
    result = run("report", first, "-o", target, "--evidence", "--as", "control")
    assert (result.code, result.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))
    seats = {value for row in rows for value in row.values()}
    assert {"red-0", "red-1", "red-2", "blue-0", "blue-1"} <= seats
    assert not any("chair" in str(value) for value in seats)
    assert "The other way was open." in seats


def test_what_is_shared_names_nobody(first: Path, tmp_path: Path) -> None:
    """With pseudonyms no name of a student is left in the file."""
    target = tmp_path / "report.html"
    result = run("report", first, "-o", target, "--as", "control", "--no-odds", "--pseudonyms")
    assert result.code == 0, result.err
    text = target.read_text("utf-8")
    for event in read_save(first).events:
        if event.what == "game.joined" and not event.data["seat"].endswith("-chair"):
            assert event.data["name"]["words"] not in text


def test_a_second_section_plays_the_same_pack_by_other_luck(first: Path, second: Path) -> None:
    """The scenario is the same to the letter, the chance is not, and the two can be compared."""
    one, other = read_save(first).header, read_save(second).header
    assert (one.scenario.hash, one.program) == (other.scenario.hash, other.program)
    assert one.seed != other.seed
    result = run("compare", first, second, "--team", "red", "--plain")
    assert (result.code, result.err) == (0, "")
    assert "red" in result.out


def test_an_absent_student_s_game_is_compared_with_the_class(first: Path, absent: Path) -> None:
    """Played alone by the plan of the lesson: the same turns are decided, and it verifies."""
    assert run("verify", absent).code == 0
    assert read_save(absent).header.plan == read_save(first).header.plan == "lesson"
    beside = run("compare", first, absent, "--json")
    assert (beside.code, beside.err) == (0, "")
    found = json.loads(beside.out)
    assert len(found["sides"]) == len(TEAMS) + 1
    assert not found["warnings"]
    both = run("report", first, absent, "-o", absent.with_suffix(".md"), "--no-odds")
    assert (both.code, both.err) == (0, "")
