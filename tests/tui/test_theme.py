"""The themes: every text can be read, and nothing is told by colour alone."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.color import Color
from textual.style import Style
from textual.theme import Theme

from tabletop.tui import theme as ours
from tabletop.tui.theme import MARKS, Ink

THEMES = {theme.name: theme for theme in ours.themes()}
RGB = [THEMES[name] for name in (ours.NIGHT, ours.DAY, ours.CONTRAST)]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2.2, from 1 to 21."""

    def luminance(text: str) -> float:
        channels = [value / 255 for value in Color.parse(text).rgb]
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def grounds(theme: Theme) -> dict[str, str]:
    """The colours that text stands on."""
    assert theme.background
    assert theme.surface
    assert theme.panel
    return {
        "background": theme.background,
        "surface": theme.surface,
        "panel": theme.panel,
        "cursor": theme.variables["cursor"],
    }


@pytest.mark.parametrize("theme", RGB, ids=lambda theme: theme.name)
def test_every_text_reaches_level_aa_on_every_ground(theme: Theme) -> None:
    """4.5 to 1 for all words; 7 to 1 (AAA) in the theme of high contrast."""
    least = 7.0 if theme.name == ours.CONTRAST else 4.5
    assert theme.foreground
    inks = {name: theme.variables[name] for name in ours._TEXT_COLOURS}
    inks["foreground"] = theme.foreground
    poor = {
        f"{ink} on {ground}": round(ratio, 2)
        for ink, colour in inks.items()
        for ground, behind in grounds(theme).items()
        if (ratio := contrast(colour, behind)) < least
    }
    assert poor == {}


@pytest.mark.parametrize("theme", RGB, ids=lambda theme: theme.name)
def test_body_text_reaches_level_aaa_on_the_plain_ground(theme: Theme) -> None:
    """What is read at length has 7 to 1 in every theme."""
    assert theme.foreground
    assert theme.background
    assert contrast(theme.foreground, theme.background) >= 7


@pytest.mark.parametrize("theme", RGB, ids=lambda theme: theme.name)
def test_the_coast_can_be_seen(theme: Theme) -> None:
    """The coastline is a graphic that carries meaning: 3 to 1 on the sea."""
    assert theme.background
    assert contrast(theme.variables["map-coast"], theme.background) >= 3


def test_the_ansi_theme_uses_only_the_terminals_own_colours() -> None:
    """No RGB reaches a terminal of sixteen colours."""
    theme = THEMES[ours.ANSI]
    assert theme.ansi
    colours = [theme.primary, theme.background, theme.foreground, *theme.variables.values()]
    assert [colour for colour in colours if colour is None or "#" in colour] == []


def test_each_instrument_has_its_own_glyph_and_letter() -> None:
    """Colour is never the only mark of an instrument, and each glyph takes one cell."""
    assert len({mark.glyph for mark in MARKS.values()}) == len(MARKS) == 4
    assert "".join(mark.letter for mark in MARKS.values()) == "DIME"
    assert [cell_len(mark.glyph) for mark in MARKS.values()] == [1, 1, 1, 1]


def test_instruments_differ_in_colour_in_every_theme() -> None:
    """Where there is colour, no two instruments share one."""
    for theme in THEMES.values():
        assert len({theme.variables[name] for name in MARKS}) == 4


@pytest.mark.parametrize("name", ours.NAMES)
async def test_every_ink_parses_in_every_theme(name: str) -> None:
    """Each ink is a style that Textual understands once the theme is on."""
    app: App[None] = App()
    for theme in ours.themes():
        app.register_theme(theme)
    app.theme = name
    async with app.run_test(size=(10, 3)):
        inks = [getattr(Ink, ink) for ink in vars(Ink) if ink.isupper()]
        styles = [app.stylesheet.parse_style(ink) for ink in inks]
        styles += [app.stylesheet.parse_style(mark.style) for mark in MARKS.values()]
        assert len(styles) >= 12
        assert all(style != Style() for style in styles)


async def test_a_theme_of_textual_still_gets_our_variables() -> None:
    """Defaults stand in for our variables where a theme is not ours."""
    defaults = ours.variable_defaults()
    for theme in ours.themes():
        assert set(defaults) <= set(theme.variables)
