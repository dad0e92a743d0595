"""Pictures of every screen at two sizes in three themes, so that no change of looks goes unseen.

After a change that is meant: `pytest tests/tui/test_snapshots.py --snapshot-update`, look at
the pictures, and commit them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.tui import start
from tabletop.tui.theme import ANSI, DAY, NIGHT
from tests.tui.sample_view import briefing_view, ended_view, flash_view, late_view, sample_view
from tests.tui.stand_in import StandInReplay, StandInTable, an_app, press, settle

SIZES = {"80x24": (80, 24), "120x40": (120, 40)}
THEMES = {"night": NIGHT, "day": DAY, "ansi": ANSI}

ASSUMPTIONS = (
    ("How exercises provoke", "weak", True),
    ("What sanctions do to testing", "strong", False),
)


def table(*views: Any, warning: str | None = None) -> StandInTable:
    """A table at the first of `views`."""
    seated = StandInTable(list(views))
    seated.warning = warning
    return seated


PLAY = (sample_view(), late_view(), ended_view())

SCREENS: dict[str, tuple[Callable[[], Any], list[str]]] = {
    "home": (lambda: None, []),
    "new_game": (lambda: None, ["n"]),
    "new_game_dials": (lambda: None, ["n", "a", "right"]),
    "saves": (lambda: None, ["s"]),
    "settings": (lambda: None, ["comma"]),
    "briefing_crisis": (lambda: table(briefing_view()), []),
    "briefing_office": (lambda: table(briefing_view()), ["right"]),
    "briefing_value": (
        lambda: table(replace(briefing_view(), assumptions=ASSUMPTIONS)),
        ["right", "right", "2"],
    ),
    "situation": (lambda: table(*PLAY), []),
    "situation_late": (lambda: table(late_view()), ["down"]),
    "situation_warned": (
        lambda: table(*PLAY, warning="the save cannot be written: no space left on device"),
        [],
    ),
    "flash": (lambda: table(flash_view(), *PLAY), []),
    "card": (lambda: table(*PLAY), ["2"]),
    "card_closed": (lambda: table(*PLAY), ["7"]),
    "decision": (lambda: table(*PLAY), ["5", "enter", "2", "4", "a"]),
    "reaction": (lambda: table(*PLAY), ["5", "enter", "tab", "4", "ctrl+s"]),
    "map": (lambda: table(*PLAY), ["m"]),
    "wire": (lambda: table(*PLAY), ["w"]),
    "gauges": (lambda: table(*PLAY), ["g"]),
    "office": (lambda: table(replace(sample_view(), assumptions=ASSUMPTIONS)), ["o"]),
    "sources": (lambda: table(*PLAY), ["e"]),
    "help": (lambda: table(*PLAY), ["question_mark"]),
    "elsewhere": (lambda: table(*PLAY, warning="no space left on device"), ["ctrl+s"]),
    "endex": (lambda: table(ended_view()), []),
    "endex_decisions": (lambda: table(ended_view()), ["4"]),
    "replay": (lambda: StandInReplay([briefing_view(), *PLAY]), ["right"]),
}


@pytest.fixture(autouse=True)
def one_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dates of saves are shown in the time zone of the machine."""
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()


NIGHT_ALONE = frozenset({"situation_late", "situation_warned", "card_closed", "endex_decisions"})
"""Further states of screens that are pictured in every theme already."""

PICTURES = [
    (screen, size, theme)
    for screen in SCREENS
    for size in SIZES
    for theme in THEMES
    if theme == "night" or screen not in NIGHT_ALONE
]


@pytest.mark.parametrize("screen, size, theme", PICTURES)
def test_the_screen_looks_as_it_did(
    snap_compare: Callable[..., bool], screen: str, size: str, theme: str
) -> None:
    """A picture of it, cell by cell."""
    opener, keys = SCREENS[screen]
    app = an_app(table=opener(), start=start.Home(), theme=THEMES[theme])

    async def go_there(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await press(pilot, *keys)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=go_there)
