"""Exported replays: casts that a terminal plays as the app draws, and pictures of moments."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tabletop.errors import UsageError
from tabletop.exercise.bookmarks import read_notes
from tabletop.exercise.desk import Desk
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.samples import find_sample
from tabletop.tui.app import TabletopApp
from tabletop.tui.export import ALL, Frame, Seen, cast, picture
from tabletop.tui.playing import BEAT
from tabletop.tui.screens.replay import ReplayScreen
from tabletop.tui.start import Replay
from tabletop.tui.theme import NAMES
from tests.tui.cast_player import Shown, events_of, header_of, played
from tests.tui.pictures import is_harmless
from tests.tui.stand_in import settle

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = ROOT / "tests" / "fixtures" / "saves" / "format-1-odd.jsonl"
SIZES = [(120, 40), (80, 24)]
LAST = Seen(turn=6)
SMALL = Frame(80, 24)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def sample() -> Path:
    """A whole game of the crisis."""
    path = find_sample("override")
    assert path is not None
    return path


def _cast(path: Path, seen: Seen = ALL, **wishes: Any) -> str:
    return cast(Desk(path.parent), ReplayTable(path), seen, **wishes)


def _picture(path: Path, seen: Seen = ALL, **wishes: Any) -> str:
    return picture(Desk(path.parent), ReplayTable(path), seen, **wishes)


def _drawn_by_the_app(path: Path, seen: Seen, size: tuple[int, int]) -> list[Shown]:
    """Every moment as the app draws it where it plays, moved on by hand at each beat."""

    async def play() -> list[Shown]:
        app = TabletopApp(
            Desk(path.parent), ReplayTable(path), start=Replay(path), reduced_motion=True
        )
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await pilot.press(str(seen.turn), "space")
            screen, shown = app.screen, []
            assert isinstance(screen, ReplayScreen)
            while screen.player.playing:
                await settle(pilot)
                shown.append(_shown(app))
                screen._play_on()
            await settle(pilot)
            shown.append(_shown(app))
        return shown

    return asyncio.run(play())


def _shown(app: TabletopApp) -> Shown:
    assert isinstance(app.screen, ReplayScreen)
    strips = app.screen._compositor.render_strips()
    inks = []
    for strip in strips:
        row: list[tuple[str, str]] = []
        for segment in strip:
            style = segment.style
            ink = tuple(
                color.get_truecolor().hex.removeprefix("#") if color is not None else "default"
                for color in ((style.color, style.bgcolor) if style else (None, None))
            )
            row += [(ink[0], ink[1])] * segment.cell_length
        inks.append(row)
    return Shown("", 0, ["".join(part.text for part in each).rstrip() for each in strips], inks)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_terminal_shows_each_moment_as_the_app_draws_it(
    sample: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    """Letter for letter and colour for colour, from the first moment to the last."""
    alone = Path(shutil.copy(sample, tmp_path))
    shown = list(played(_cast(alone, LAST, frame=Frame(*size)), BEAT))
    drawn = _drawn_by_the_app(alone, LAST, size)
    for each, expected in zip(shown, drawn, strict=True):
        assert each.lines == expected.lines
        assert each.inks == expected.inks
    assert shown[-1].lines != shown[0].lines


def test_the_first_line_says_what_the_format_asks_for(sample: Path) -> None:
    """Version 3, the terminal and a title; then events with the time since the one before."""
    made = _cast(sample, LAST, frame=Frame(100, 30))
    header = header_of(made)
    assert header["version"] == 3
    assert header["term"] == {"cols": 100, "rows": 30, "type": "xterm-256color"}
    assert "North Korea 2017" in header["title"]
    events = events_of(made)
    assert {code for _, code, _ in events} == {"o", "m", "x"}
    assert all(interval >= 0 for interval, _, _ in events)
    assert events[-1][1:] == ("x", "0")
    assert made.isascii()
    assert made.endswith("\n")


def test_every_turn_is_a_chapter() -> None:
    """Players jump to them; the last one is the ending."""
    history = find_sample("history")
    assert history is not None
    made = _cast(history, frame=Frame(40, 12), speed=16)
    chapters = [data for _, code, data in events_of(made) if code == "m"]
    assert [chapter.partition(":")[0] for chapter in chapters[:-1]] == [
        f"Turn {turn}" for turn in range(1, 7)
    ]
    assert chapters[-1] == "It flew, and the allies ask"


def test_it_begins_where_it_is_asked_to_and_plays_faster(sample: Path) -> None:
    """Twice the speed takes half the time for the same moments."""
    slow = list(played(_cast(sample, LAST, frame=SMALL), BEAT))
    assert slow[0].chapter.startswith("Turn 6")
    assert slow[-1].chapter == "It flew, and the allies ask"
    fast = list(played(_cast(sample, LAST, frame=SMALL, speed=2), BEAT / 2))
    moments = len(slow) - 1
    assert fast[moments - 1].at == pytest.approx(slow[moments - 1].at / 2, abs=0.1)
    board = slice(0, -3)
    assert [each.lines[board] for each in fast[:moments]] == [
        each.lines[board] for each in slow[:moments]
    ]


def test_any_event_can_be_looked_at(sample: Path) -> None:
    """Two events of one turn are two pictures; a film may begin there as well."""
    first, second = (_picture(sample, Seen(event=number), frame=SMALL) for number in (50, 52))
    assert first != second
    whole, rest = (
        len(list(played(_cast(sample, Seen(event=number), frame=SMALL), BEAT)))
        for number in (50, 52)
    )
    assert rest < whole


def test_the_same_save_gives_the_same_bytes_wherever_it_is_drawn(sample: Path) -> None:
    """Another process, another order of sets, no colours and no terminal change nothing."""
    code = (
        "import sys; from pathlib import Path; from tabletop.exercise.desk import Desk;"
        "from tabletop.exercise.replay import ReplayTable; from tabletop.tui import export;"
        "path = Path(sys.argv[1]); each = [getattr(export, kind)(Desk(path.parent),"
        "ReplayTable(path), export.Seen(turn=5)) for kind in ('cast', 'picture')];"
        "sys.stdout.buffer.write('|'.join(each).encode())"
    )
    odd = {"PYTHONHASHSEED": "7", "NO_COLOR": "1", "TERM": "dumb", "TEXTUAL_FPS": "13"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(sample)],
        cwd=ROOT,
        env=os.environ | odd,
        capture_output=True,
        check=True,
    )
    fifth = Seen(turn=5)
    here = f"{_cast(sample, fifth)}|{_picture(sample, fifth)}"
    assert done.stdout.decode() == here


@pytest.mark.parametrize("theme", NAMES)
def test_a_cast_and_a_picture_take_any_theme(sample: Path, theme: str) -> None:
    """Each looks otherwise and says the same."""
    frame, end = Frame(80, 24, theme), Seen(event=52)
    shown, expected = (
        next(played(_cast(sample, end, frame=each), BEAT)) for each in (frame, SMALL)
    )
    assert shown.lines == expected.lines
    assert (shown.inks == expected.inks) == (theme == NAMES[0])
    assert (_picture(sample, frame=frame) == _picture(sample, frame=SMALL)) == (theme == NAMES[0])


def test_a_picture_shows_a_turn_or_the_end(sample: Path) -> None:
    """It is drawn by the app, and holds nothing that would be fetched from anywhere."""
    for turn, words in ((4, "The long-range summer"), (None, "How it ended")):
        svg = _picture(sample, Seen(turn=turn))
        texts = _texts(svg)
        assert words in texts
        assert "@font-face" not in svg
        assert "url(http" not in svg
    assert "How it ended" not in _texts(_picture(sample, Seen(turn=4)))


def _texts(svg: str) -> str:
    root = ET.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    return " ".join(each.text or "" for each in root.iter(f"{SVG}text")).replace("\xa0", " ")


@pytest.mark.parametrize("make", [_cast, _picture])
def test_a_turn_that_is_not_there_is_refused(sample: Path, make: Callable[..., str]) -> None:
    """In one line that names the save."""
    wishes = {Seen(turn=7): "turn 7", Seen(turn=12): "turn 12", Seen(event=999): "event 999"}
    for seen, what in wishes.items():
        with pytest.raises(UsageError, match=f"{re.escape(str(sample))}: .*no {what}"):
            make(sample, seen)
    with pytest.raises(UsageError, match="no line 'green'"):
        make(sample, Seen(line="green"))


def test_hostile_words_drive_no_terminal_and_no_browser() -> None:
    """What people wrote is shown as letters: no title, no clipboard, no link, no script."""
    made = _cast(HOSTILE)
    written = "".join(data for _, code, data in events_of(made) if code == "o")
    rest = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]22;[a-z]*\x07", "", written)
    assert "\x1b" not in rest
    assert is_harmless(rest.replace("\r", ""))
    assert all(is_harmless(data) for _, code, data in events_of(made) if code == "m")
    svg = _picture(HOSTILE, Seen(turn=2))
    assert is_harmless(_texts(svg))
    tags = {element.tag for element in ET.fromstring(svg).iter()}
    assert f"{SVG}script" not in tags
    assert f"{SVG}a" not in tags


@pytest.mark.parametrize("make", [_cast, _picture])
def test_what_fails_behind_the_screen_makes_no_film(
    sample: Path, make: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A handler that fails would else leave a film that only stops early."""

    def fail(screen: ReplayScreen) -> None:
        screen.set_timer(BEAT / 8, lambda: 1 // 0)

    monkeypatch.setattr(ReplayScreen, "on_screen_resume", fail)
    with pytest.raises(ZeroDivisionError):
        make(sample, LAST)


@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_whoever_stops_it_gets_no_half_film(sample: Path, number: signal.Signals) -> None:
    """Ctrl+C in the middle is no end of a replay."""
    with pytest.raises(KeyboardInterrupt):
        _cast(sample, LAST, frame=SMALL, heard=lambda _: signal.raise_signal(number))


def test_notes_beside_the_save_stay_there(sample: Path) -> None:
    """They are whoever's wrote them; a film of the same moments goes to a class."""
    marks = read_notes(sample, ReplayTable(sample).save.header.id).marks
    noted = marks[0].event
    assert "Ask in the hot wash" in marks[0].text
    (shown, *_) = played(_cast(sample, Seen(event=noted), frame=Frame(160, 60)), BEAT)
    assert "hot wash" not in " ".join(shown.lines)
    assert "hot wash" not in _texts(_picture(sample, Seen(event=noted), frame=Frame(160, 60)))


def test_how_far_a_film_is_can_be_heard(sample: Path) -> None:
    """From where it begins to nearly all of it, never back."""
    told: list[float] = []
    _cast(sample, LAST, frame=SMALL, heard=told.append)
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] <= 1


def test_what_was_set_for_the_drawing_is_set_back(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process goes on in its own surroundings and by its own clock."""
    from textual import _time

    monkeypatch.setenv("NO_COLOR", "1")
    before, clock = dict(os.environ), _time.get_time
    _picture(sample)
    assert dict(os.environ) == before
    assert _time.get_time is clock
