"""The style sheets: few sources, no rule that restyles everything, colours of the theme alone."""

from __future__ import annotations

import re
from pathlib import Path

import tabletop.tui
from tabletop.tui.screens.situation import SituationScreen
from tests.tui.stand_in import StandInTable, an_app, press, settle

STYLES = sorted((Path(tabletop.tui.__file__).parent / "styles").glob("*.tcss"))

BUDGET = 60
"""Textual's parse cache holds 64 sources; from 65 on every new widget class costs 20 ms."""


async def test_a_whole_turn_stays_within_the_budget_of_style_sources() -> None:
    """Every sheet of the situation, the palette, a decision, a reaction and the end."""
    app = an_app(table=StandInTable())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "right", "right", "1", "right")
        assert isinstance(app.screen, SituationScreen)
        for key in ("m", "w", "g", "a", "o", "e", "question_mark"):
            await press(pilot, key, "q")
        await press(pilot, "ctrl+p", "escape", "1", "enter", "tab", "1", "ctrl+s", "enter")
        await press(pilot, "1", "enter", "tab", "1", "ctrl+s", "enter", "q", "s", "q", "comma", "q")
        app.say("a notification has styles too")
        await settle(pilot)
        assert len(app.stylesheet.source) <= BUDGET


def test_styles_stand_in_few_files_and_not_in_classes() -> None:
    """A DEFAULT_CSS of each class would be a source of its own."""
    assert len(STYLES) <= 4
    package = Path(tabletop.tui.__file__).parent
    for path in package.rglob("*.py"):
        assert "DEFAULT_CSS" not in path.read_text(encoding="utf-8"), path


def test_no_rule_restyles_everything_on_focus_or_hover() -> None:
    """`*` with a pseudo-class that changes often restyles the whole screen."""
    for path in STYLES:
        for selector in re.findall(r"([^{}]+)\{", path.read_text(encoding="utf-8")):
            if "*" in re.sub(r"/\*.*?\*/", "", selector, flags=re.DOTALL):
                assert ":" not in selector, (path.name, selector)


def test_colours_come_from_the_theme() -> None:
    """So that all four themes can change them."""
    for path in STYLES:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        found = re.findall(r"(?<![\w-])(?:color|background|tint|border)\s*:\s*([^;]+);", text)
        for value in found:
            assert re.fullmatch(r"(\$[\w-]+|transparent|none|auto)(\s+\S+)*", value.strip()), value
