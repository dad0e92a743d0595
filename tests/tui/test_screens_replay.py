"""The replay: a save stepped through, forward and back, through anybody's eyes."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.exercise.bookmarks import notes_path, read_notes
from tabletop.exercise.desk import Desk
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.samples import find_sample
from tabletop.exercise.save import read_save
from tabletop.exercise.table import CONTROL, Viewer
from tabletop.tui import playing, start
from tabletop.tui.app import TabletopApp
from tabletop.tui.screens.decided import DecidedScreen
from tabletop.tui.screens.find import FindScreen
from tabletop.tui.screens.home import HomeScreen
from tabletop.tui.screens.large import GaugesScreen
from tabletop.tui.screens.notes import NotesScreen
from tabletop.tui.screens.replay import ReplayScreen
from tabletop.tui.screens.situation import SituationScreen
from tests.debrief.report_cases import HOSTILE, group
from tests.tui.pictures import is_harmless
from tests.tui.stand_in import flat, press, settle, shows, text_of, told


@pytest.fixture
def save(tmp_path: Path) -> Path:
    """A whole solo game with two rulings of control, without notes."""
    sample = find_sample("override")
    assert sample is not None
    return Path(shutil.copy(sample, tmp_path / "game.jsonl"))


@pytest.fixture
def group_save(tmp_path: Path) -> Path:
    """A class of two teams that came to its end."""
    return group(tmp_path / "class.jsonl", "red", "blue")


def _content(path: Path) -> bytes:
    return path.read_bytes()


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


class Looked:
    """The app at a replay, and what the tests ask of it."""

    def __init__(self, app: TabletopApp, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def screen(self) -> ReplayScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, ReplayScreen)
        return screen

    @property
    def label(self) -> str:
        return self.screen.head.stop.label

    def plays(self) -> bool:
        return self.screen.player.playing

    async def press(self, *keys: str) -> None:
        await press(self.pilot, *keys)

    async def type(self, words: str) -> None:
        await press(self.pilot, *("space" if char == " " else char for char in words))


@asynccontextmanager
async def looking(
    path: Path,
    viewer: Viewer | None = None,
    line: str | None = None,
    size: tuple[int, int] = (120, 40),
    *,
    still: bool = True,
) -> AsyncIterator[Looked]:
    """The app at the replay of a save."""
    beginning = start.Replay(path, viewer, line)
    desk = Desk(path.parent / "saves")
    app = TabletopApp(desk, ReplayTable(path), start=beginning, reduced_motion=still)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield Looked(app, pilot)


async def test_it_opens_at_the_first_decision(save: Path) -> None:
    """With what was decided then."""
    async with looking(save, size=(80, 24)) as seen:
        text = flat(seen.app)
        assert "Turn 1 of 6" in text
        assert "Then it was decided" in text


async def test_it_opens_at_a_turn_that_was_asked_for(save: Path) -> None:
    """At its decision."""
    app = TabletopApp(
        Desk(save.parent / "saves"), ReplayTable(save), start=start.Replay(save, turn=3)
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Turn 3 of 6" in flat(app)
        assert isinstance(app.screen, ReplayScreen)
        assert app.screen.head.at_opening


async def test_steps_go_event_by_event_and_turn_by_turn_both_ways(save: Path) -> None:
    """There and back again ends where it began; the ends say that they are the ends."""
    async with looking(save) as seen:
        first = seen.screen.head.place
        await seen.press("right", "right")
        assert seen.screen.head.place == first + 2
        await seen.press("left", "left")
        assert seen.screen.head.place == first
        await seen.press("n")
        assert seen.screen.view.turn == 2
        assert seen.screen.head.at_opening
        await seen.press("p")
        assert seen.screen.head.place == first
        await seen.press("home", "left")
        assert told(seen.app)[-1] == "this is the first moment"
        await seen.press("end")
        assert "How it ended" in flat(seen.app)
        await seen.press("right", "n")
        assert told(seen.app)[-2:] == ["this is the last moment"] * 2


async def test_a_digit_jumps_to_the_decision_of_its_turn(save: Path) -> None:
    """A turn that the save has not says so."""
    async with looking(save) as seen:
        await seen.press("5")
        assert "Turn 5 of 6" in flat(seen.app)
        await seen.press("9")
        assert told(seen.app) == ["this save has no turn 9"]


async def test_the_line_of_moments_marks_what_happened(save: Path) -> None:
    """Turns, decisions, launches, stages, rulings; and says what the signs mean."""
    async with looking(save) as seen:
        rows = text_of(seen.app).splitlines()
        line = next(row for row in rows if row.strip().startswith(("1", "━", "─")) and "◇" in row)
        assert {"◇", "↑", "≡", "!", "║"} <= set(line)
        assert [each for each in line if each in "123456"][:3] == ["1", "2", "3"]
        assert "override" in rows[rows.index(line) + 2]


async def test_a_click_on_the_line_goes_there(save: Path) -> None:
    """To the moment that is nearest."""
    async with looking(save) as seen:
        await seen.pilot.click("#timeline", offset=(117, 1))
        await settle(seen.pilot)
        assert seen.screen.view.ending is not None


async def test_it_plays_by_itself_until_it_is_paused(
    save: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each beat is one event; paused, no timer is left that could draw anything."""
    monkeypatch.setattr(playing, "BEAT", 3600.0)
    async with looking(save) as seen:
        player, first = seen.screen.player, seen.screen.head.place
        await seen.press("space")
        for _ in range(3):
            assert seen.plays()
            player._next()
        await seen.press("space")
        assert seen.screen.head.place == first + 3
        assert not seen.plays()
        assert not [timer for timer in seen.screen._timers if timer._callback == player._next]
        await seen.press("space")
        while seen.plays():
            player._next()
        assert seen.screen.head.place == len(seen.screen.head.stops) - 1


async def test_the_beat_of_a_replay_is_a_timer_of_its_own(
    save: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to press a key until the end is there."""
    monkeypatch.setattr(playing, "BEAT", 0.001)
    async with looking(save) as seen:
        await seen.press("space")
        while seen.plays():
            await seen.pilot.pause()
        assert seen.screen.view.ending is not None


async def test_speed_doubles_up_to_sixteen(save: Path) -> None:
    """And halves down to one; the ends say so."""
    async with looking(save) as seen:
        speeds = [seen.screen.player.speed]
        for _ in range(4):
            await seen.press("plus")
            speeds.append(seen.screen.player.speed)
        assert speeds == [1, 2, 4, 8, 16]
        assert "16×" in flat(seen.app)
        await seen.press("plus")
        assert told(seen.app) == ["it plays as fast as it can"]
        await seen.press(*["minus"] * 5)
        assert seen.screen.player.speed == 1
        assert told(seen.app)[-1] == "it plays at its slowest"


async def test_a_sheet_pauses_it_and_so_does_a_step(save: Path) -> None:
    """Nobody misses what passes behind a sheet."""
    async with looking(save) as seen:
        for key, back in (("g", ["q"]), ("right", [])):
            await seen.press("space")
            assert seen.plays()
            await seen.press(key)
            assert not seen.plays()
            await seen.press(*back)


async def test_reduced_motion_lets_nothing_fly(save: Path) -> None:
    """And with movement on, what was launched at a step flies."""
    for still in (True, False):
        async with looking(save, still=still) as seen:
            head = seen.screen.head
            launch = next(n for n, stop in enumerate(head.stops) if "launch" in stop.marks)
            head.step(launch - 1 - head.place)
            seen.screen.draw()
            await seen.pilot.press("right")
            await seen.pilot.pause()
            assert (seen.app.query_one("#map")._timer is None) == still  # type: ignore[attr-defined]


async def test_words_are_found_and_gone_to(save: Path) -> None:
    """By what was said; by the turn; by the number of the event."""
    async with looking(save) as seen:
        await seen.press("slash")
        assert isinstance(seen.app.screen, FindScreen)
        await seen.type("readiness decays")
        assert len(seen.app.screen.found) == 1
        await seen.press("enter")
        assert "Run the drills" in seen.label
        await seen.press("j")
        await seen.type("turn 4")
        await seen.press("down", "enter")
        assert seen.screen.head.stop.turn == 4
        await seen.press("slash")
        await seen.type("13")
        await seen.press("enter")
        assert seen.screen.head.stop.event == 13


async def test_words_that_nobody_said_are_not_found(save: Path) -> None:
    """It says so and stays."""
    async with looking(save) as seen:
        await seen.press("slash")
        await seen.type("xyzzy")
        await seen.press("enter")
        assert told(seen.app) == ["nothing is found by these words"]
        await seen.press("escape")
        assert seen.app.screen is seen.screen


async def test_the_public_does_not_hear_why_and_control_knows_what_is_sealed(save: Path) -> None:
    """The same moment through other eyes."""
    async with looking(save) as seen:
        await seen.press("n", "right")
        event = seen.screen.head.stop.event
        aim = seen.screen.table.aim(CONTROL, "solo")
        assert aim is not None
        reason = seen.screen.head.decided
        assert reason is not None
        assert reason.rationale is not None
        assert reason.rationale[:30] in _panel(seen)
        assert aim not in _panel(seen)
        await seen.press("v", "2")
        assert seen.screen.head.viewer == Viewer("public")
        assert seen.screen.head.stop.event == event
        assert reason.rationale[:30] not in _panel(seen)
        assert aim not in _panel(seen)
        await seen.press("v", "end", "enter")
        assert seen.screen.head.viewer == CONTROL
        assert f"sealed until EndEx: {aim}" in _panel(seen)


def _panel(seen: Looked) -> str:
    return str(seen.screen.query_one("#decided").render())


async def test_before_endex_only_control_knows_what_they_want(tmp_path: Path) -> None:
    """While a team still plays."""
    table = ReplayTable(group(tmp_path / "open.jsonl", "blue"))
    assert table.aim(CONTROL, "red")
    assert table.aim(Viewer("public"), "red") is None
    assert table.aim(Viewer("team", "blue"), "blue") is None


async def test_a_class_has_lines_to_choose_from(group_save: Path) -> None:
    """A seat sees its own team's alone; control sees all."""
    async with looking(group_save, CONTROL, "red") as seen:
        await seen.press("2", "t")
        assert "red" in flat(seen.app)
        assert "blue" in flat(seen.app)
        await seen.press("down", "enter")
        assert seen.screen.head.line == "blue"
        assert seen.screen.view.turn == 2
        await seen.press("v", "1")
        assert seen.screen.head.line == "red"
        await seen.press("t")
        assert told(seen.app) == ["this save has one line of play to look at from here"]


async def test_the_decision_opens_with_its_reason_its_dissent_and_what_else_was_open(
    group_save: Path,
) -> None:
    """For those who may hear it; the card that lay on the table is below."""
    async with looking(group_save, CONTROL, "red") as seen:
        await seen.press("c")
        assert shows(seen.app, DecidedScreen)
        text = flat(seen.app)
        for word in ("Because", "Dissent", "Expected", "Also open", "The card", "Control"):
            assert word in text, word
        await seen.press("q")
    async with looking(group_save, Viewer("public"), "red") as seen:
        await seen.press("c")
        text = flat(seen.app)
        assert "Because" not in text
        assert "Dissent" not in text
        assert "for them and for control" in text


async def test_bookmarks_and_notes_are_kept_beside_the_save(save: Path) -> None:
    """And the save itself stays as it was."""
    before = _content(save)
    async with looking(save) as seen:
        await seen.press("right", "k")
        event = seen.screen.head.stop.event
        await seen.press("n", "i")
        await seen.type("why so late")
        await seen.press("enter")
        assert "why so late" in flat(seen.app)
        assert "▾" in text_of(seen.app)
        later = seen.screen.head.stop.event
    marks = read_notes(save, read_save(save).header.id).marks
    assert [(mark.event, mark.text) for mark in marks] == [(event, ""), (later, "why so late")]
    assert _content(save) == before
    async with looking(save) as seen:
        await seen.press("l", "down", "enter")
        assert seen.screen.head.stop.event == later
        await seen.press("k")
        assert "the list takes it away" in told(seen.app)[-1]
        await seen.press("l", "d", "q")
        await seen.press("l", "d", "q")
    assert read_notes(save, read_save(save).header.id).marks == ()


async def test_a_note_that_is_opened_again_goes_on(save: Path) -> None:
    """What is typed is added; it does not take the place of what stood there."""
    async with looking(save) as seen:
        for text in ("why so late", ", and so loud"):
            await seen.press("i")
            await seen.type(text)
            await seen.press("enter")
    marks = read_notes(save, read_save(save).header.id).marks
    assert [mark.text for mark in marks] == ["why so late, and so loud"]


async def test_notes_can_be_written_to_a_file(save: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Markdown, and never over another file."""
    monkeypatch.chdir(save.parent)
    async with looking(save) as seen:
        await seen.press("k", "l", "x", "x")
        assert shows(seen.app, NotesScreen)
    first, second = (save.parent / f"game-notes{n}.md" for n in ("", "-2"))
    assert first.read_text(encoding="utf-8").startswith("# Notes on game")
    assert second.exists()


async def test_notes_that_cannot_be_read_cost_a_line_and_not_the_replay(save: Path) -> None:
    """Nor are they written over."""
    _write(notes_path(save), b"{not json")
    async with looking(save) as seen:
        assert "not a file of notes" in told(seen.app)[0]
        await seen.press("k")
        assert "move it away" in told(seen.app)[-1]
    assert _content(notes_path(save)) == b"{not json"


@pytest.mark.parametrize("digit, luck", [("1", 0), ("2", 1)])
async def test_a_game_goes_on_from_here_in_a_new_save(save: Path, digit: str, luck: int) -> None:
    """With the same luck or new; its header names where it came from, and the old one stays."""
    before = _content(save)
    async with looking(save) as seen:
        await seen.press("3", "right", "b", digit)
        assert shows(seen.app, SituationScreen)
        assert "Turn 3 of 6" in flat(seen.app)
    made = next((save.parent / "saves").glob("*.jsonl"))
    branched = read_save(made)
    assert branched.header.parent is not None
    assert (branched.header.parent.turn, branched.header.parent.line) == (3, "solo")
    assert sum(event.what == "game.branched" for event in branched.events) == luck
    assert _content(save) == before


async def test_a_line_of_a_class_is_taken_over_and_played_on_alone(group_save: Path) -> None:
    """The sheet says so before, and the new save names the line that it came from."""
    async with looking(group_save, CONTROL, "blue") as seen:
        await seen.press("2", "b")
        assert "decision of turn 2 of blue" in flat(seen.app)
        assert "play it alone" in flat(seen.app)
        await seen.press("2")
        assert shows(seen.app, SituationScreen)
        assert "Turn 2 of" in flat(seen.app)
    made = next((group_save.parent / "saves").glob("*.jsonl"))
    parent = read_save(made).header.parent
    assert parent is not None
    assert parent.line == "blue"


async def test_the_same_sheets_open_as_in_play(save: Path) -> None:
    """The gauges at that moment, for one."""
    async with looking(save) as seen:
        await seen.press("g")
        assert shows(seen.app, GaugesScreen)
        await seen.press("q")
        assert seen.app.screen is seen.screen


async def test_q_leaves_for_home(save: Path) -> None:
    """Nothing was changed, so nothing is asked."""
    async with looking(save) as seen:
        await seen.press("q")
        assert shows(seen.app, HomeScreen)


def _spoilt(save: Path) -> Iterator[tuple[str, bytes]]:
    lines = save.read_bytes().splitlines(keepends=True)
    yield "torn", b"".join(lines[:20]) + lines[20][:30]
    lines[30] = lines[30].replace(b'"', b"'", 1)
    yield "edited", b"".join(lines)


@pytest.mark.parametrize("kind", ["torn", "edited"])
async def test_a_save_that_is_not_whole_shows_the_part_that_is(save: Path, kind: str) -> None:
    """With one clear line about the rest."""
    _write(save, dict(_spoilt(save))[kind])
    async with looking(save) as seen:
        assert told(seen.app)[0].startswith("line ")
        await seen.press("end")
        assert seen.screen.view.turn > 1
        assert seen.screen.view.ending is None


@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_words_are_harmless_on_every_sheet(tmp_path: Path, words: str) -> None:
    """Names, reasons, dissents and notes."""
    path = group(tmp_path / "odd.jsonl", "red", "blue", name=words, reason=words)
    async with looking(path, CONTROL, "red", (80, 24)) as seen:
        for keys in (["right"], ["i", "x", "enter"], ["c"], ["q", "v"], ["q", "slash"]):
            await seen.press(*keys)
            assert is_harmless(text_of(seen.app))
        await seen.press("escape", "t")
        assert is_harmless(text_of(seen.app))
