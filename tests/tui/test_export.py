"""Exported replays: casts that a terminal plays as the app draws, and pictures of moments."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from textual.pilot import Pilot

from tabletop.errors import UsageError
from tabletop.exercise.desk import Desk
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.samples import find_sample
from tabletop.tui.app import TabletopApp
from tabletop.tui.export import BEAT, Frame, cast, picture
from tabletop.tui.screens.replay import ReplayScreen
from tabletop.tui.start import Replay
from tabletop.tui.theme import NAMES
from tests.tui.cast_player import Shown, events_of, header_of, played
from tests.tui.pictures import is_harmless
from tests.tui.stand_in import settle

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = ROOT / "tests" / "fixtures" / "saves" / "format-1-odd.jsonl"
SIZES = [(120, 40), (80, 24)]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def sample() -> Path:
    """A whole game of the crisis."""
    path = find_sample("override")
    assert path is not None
    return path


def _cast(path: Path, **wishes: object) -> str:
    return cast(Desk(path.parent), ReplayTable(path), **wishes)  # type: ignore[arg-type]


def _picture(path: Path, **wishes: object) -> str:
    return picture(Desk(path.parent), ReplayTable(path), **wishes)  # type: ignore[arg-type]


def _drawn_by_the_app(path: Path, size: tuple[int, int]) -> list[Shown]:
    """Every moment as the app draws it where it is stepped through by keys."""

    async def step() -> list[Shown]:
        app = TabletopApp(
            Desk(path.parent), ReplayTable(path), start=Replay(path), reduced_motion=True
        )
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            shown = [_shown(app)]
            while not _at_the_end(app):
                await _press(pilot, "right")
                shown.append(_shown(app))
        return shown

    return asyncio.run(step())


async def _press(pilot: Pilot[int], key: str) -> None:
    await pilot.press(key)
    await settle(pilot)


def _at_the_end(app: TabletopApp) -> bool:
    assert isinstance(app.screen, ReplayScreen)
    return app.screen.view.ending is not None


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
    sample: Path, size: tuple[int, int]
) -> None:
    """Letter for letter and colour for colour, from the first moment to the last."""
    replayed = list(played(_cast(sample, frame=Frame(*size))))
    drawn = _drawn_by_the_app(sample, size)
    assert len(replayed) == len(drawn)
    for shown, expected in zip(replayed, drawn, strict=True):
        assert shown.lines == expected.lines
        assert shown.inks == expected.inks
    assert replayed[-1].lines != replayed[0].lines


def test_the_first_line_says_what_the_format_asks_for(sample: Path) -> None:
    """Version 3, the terminal and a title; then events with the time since the one before."""
    made = _cast(sample, frame=Frame(100, 30))
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


def test_every_turn_is_a_chapter(sample: Path) -> None:
    """Players jump to them; the last one is the ending."""
    chapters = [data for _, code, data in events_of(_cast(sample)) if code == "m"]
    assert [chapter.partition(":")[0] for chapter in chapters[:-1]] == [
        f"Turn {turn}" for turn in range(1, 7)
    ]
    assert chapters[-1] == "It flew, and the allies ask"


def test_it_begins_at_a_turn_and_plays_faster(sample: Path) -> None:
    """From the fourth turn on there are fewer moments, and four times the speed takes a quarter."""
    slow = list(played(_cast(sample, turn=4)))
    assert slow[0].chapter.startswith("Turn 4")
    assert len(slow) == 4
    fast = list(played(_cast(sample, turn=4, speed=4)))
    assert [shown.lines for shown in fast] == [shown.lines for shown in slow]
    waits = [after.at - before.at for before, after in pairwise(slow)]
    quick = [after.at - before.at for before, after in pairwise(fast)]
    assert waits == pytest.approx([BEAT] * 3, abs=0.02)
    assert quick == pytest.approx([BEAT / 4] * 3, abs=0.02)


def test_the_same_save_gives_the_same_bytes_wherever_it_is_drawn(sample: Path) -> None:
    """Another process, another order of sets, no colours and no terminal change nothing."""
    code = (
        "import sys; from pathlib import Path; from tabletop.exercise.desk import Desk;"
        "from tabletop.exercise.replay import ReplayTable; from tabletop.tui import export;"
        "path = Path(sys.argv[1]); each = [getattr(export, kind)(Desk(path.parent),"
        "ReplayTable(path)) for kind in ('cast', 'picture')];"
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
    here = f"{_cast(sample)}|{_picture(sample)}"
    assert done.stdout.decode() == here


@pytest.mark.parametrize("theme", NAMES)
def test_a_cast_and_a_picture_take_any_theme(sample: Path, theme: str) -> None:
    """Each looks otherwise and says the same."""
    frame, usual = Frame(80, 24, theme), Frame(80, 24)
    (shown, *_), (expected, *_) = (
        played(_cast(sample, frame=frame)),
        played(_cast(sample, frame=usual)),
    )
    assert shown.lines == expected.lines
    assert (shown.inks == expected.inks) == (theme == NAMES[0])
    assert (_picture(sample, frame=frame) == _picture(sample, frame=usual)) == (theme == NAMES[0])


def test_a_picture_shows_a_turn_or_the_end(sample: Path) -> None:
    """It is drawn by the app, and holds nothing that would be fetched from anywhere."""
    for turn, words in ((4, "The long-range summer"), (None, "How it ended")):
        svg = _picture(sample, turn=turn)
        texts = _texts(svg)
        assert words in texts
        assert "@font-face" not in svg
        assert "url(http" not in svg
    assert "How it ended" not in _texts(_picture(sample, turn=4))


def _texts(svg: str) -> str:
    root = ET.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    return " ".join(each.text or "" for each in root.iter(f"{SVG}text")).replace("\xa0", " ")


@pytest.mark.parametrize("make", [_cast, _picture])
def test_a_turn_that_is_not_there_is_refused(sample: Path, make: Callable[..., str]) -> None:
    """In one line that names the save."""
    for turn in (7, 12):
        with pytest.raises(UsageError, match=f"{re.escape(str(sample))}: .*no turn {turn}"):
            make(sample, turn=turn)


def test_hostile_words_drive_no_terminal_and_no_browser() -> None:
    """What people wrote is shown as letters: no title, no clipboard, no link, no script."""
    made = _cast(HOSTILE)
    written = "".join(data for _, code, data in events_of(made) if code == "o")
    rest = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]22;[a-z]*\x07", "", written)
    assert "\x1b" not in rest
    assert is_harmless(rest.replace("\r", ""))
    assert all(is_harmless(data) for _, code, data in events_of(made) if code == "m")
    svg = _picture(HOSTILE, turn=2)
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
        make(sample)


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
