"""Our themes: a situation room at night, by day, in sixteen colours, and in high contrast.

Colour is spent only where it means something: an instrument, the dangerous end of a
gauge, the rung we stand on, a launch. Each of these has a glyph, a letter or a word as
well, so that nothing is lost without colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from textual.theme import Theme

    from tabletop.exercise.view import Instrument


class Ink:
    """Styles of text by meaning, for `Content`; each theme gives the variables their value."""

    TEXT: Final = "$foreground"
    STRONG: Final = "$foreground bold"
    MUTED: Final = "$ink-muted"
    """What is said in a lower voice: dates, sources, reasons."""
    FAINT: Final = "$ink-faint"
    """Rules and empty cells, never words."""
    HERE: Final = "$ink-here"
    """Where we stand now."""
    DANGER: Final = "$ink-danger"
    EASE: Final = "$ink-ease"
    """A step away from danger."""
    CURSOR: Final = "$ink-cursor"
    """The line under the cursor: it changes the ground, not the letters."""


class Mark(NamedTuple):
    """How an instrument of policy is told from the others without colour."""

    glyph: str
    letter: str
    word: str
    style: str


MARKS: Final[Mapping[Instrument, Mark]] = {
    "diplomatic": Mark("◆", "D", "diplomatic", "$ink-diplomatic"),
    "informational": Mark("●", "I", "informational", "$ink-informational"),
    "military": Mark("▲", "M", "military", "$ink-military"),
    "economic": Mark("■", "E", "economic", "$ink-economic"),
}
"""The instruments of the DIME scheme, each with one glyph of one cell."""

NIGHT: Final = "situation-night"
DAY: Final = "situation-day"
ANSI: Final = "situation-ansi"
CONTRAST: Final = "situation-contrast"
NAMES: Final = (NIGHT, DAY, ANSI, CONTRAST)

_TEXT_COLOURS: Final = (
    "muted",
    "here",
    "danger",
    "ease",
    "diplomatic",
    "informational",
    "military",
    "economic",
    "map-label",
    "map-arc",
)
"""Variables that words are written in: their contrast is tested."""

_LINE_COLOURS: Final = ("faint", "map-coast", "map-land", "map-border")
"""Variables of lines and fills."""


class _Palette(NamedTuple):
    """The colours of one theme, as RGB or as names of the terminal's own sixteen."""

    background: str
    surface: str
    panel: str
    cursor: str
    foreground: str
    muted: str
    faint: str
    here: str
    danger: str
    ease: str
    diplomatic: str
    informational: str
    military: str
    economic: str
    coast: str
    land: str
    border: str

    def colours(self) -> dict[str, str]:
        """The variables that style sheets may use as colours."""
        return {
            "muted": self.muted,
            "faint": self.faint,
            "here": self.here,
            "danger": self.danger,
            "ease": self.ease,
            "diplomatic": self.diplomatic,
            "informational": self.informational,
            "military": self.military,
            "economic": self.economic,
            "map-coast": self.coast,
            "map-land": self.land,
            "map-border": self.border,
            "map-label": self.muted,
            "map-arc": self.danger,
            "cursor": self.cursor,
        }


_NIGHT = _Palette(
    background="#0b1016",
    surface="#10171f",
    panel="#151e28",
    cursor="#1c2936",
    foreground="#d8dfe7",
    muted="#8e9baa",
    faint="#34414f",
    here="#f2c979",
    danger="#ff7a6b",
    ease="#8fc7a6",
    diplomatic="#82b8f0",
    informational="#c5a8f0",
    military="#eda268",
    economic="#86cf9b",
    coast="#7e94ab",
    land="#2a3846",
    border="#62768b",
)

_DAY = _Palette(
    background="#f4f3ef",
    surface="#ecebe6",
    panel="#e4e3dd",
    cursor="#d6dae0",
    foreground="#1b2229",
    muted="#505b66",
    faint="#b3b6b5",
    here="#7a4b00",
    danger="#a8231a",
    ease="#1f6140",
    diplomatic="#17568f",
    informational="#653a9e",
    military="#86430c",
    economic="#1c6233",
    coast="#62717f",
    land="#c6c9c6",
    border="#8f989f",
)

_CONTRAST = _Palette(
    background="#000000",
    surface="#000000",
    panel="#0a0a0a",
    cursor="#0a2a5c",
    foreground="#ffffff",
    muted="#d9d9d9",
    faint="#8c8c8c",
    here="#ffe14d",
    danger="#ffa598",
    ease="#7dffb0",
    diplomatic="#8fd0ff",
    informational="#e6baff",
    military="#ffb870",
    economic="#8dffa8",
    coast="#e0e0e0",
    land="#4d4d4d",
    border="#a6a6a6",
)

_ANSI = _Palette(
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    cursor="ansi_default",
    foreground="ansi_default",
    muted="ansi_default",
    faint="ansi_bright_black",
    here="ansi_yellow",
    danger="ansi_red",
    ease="ansi_green",
    diplomatic="ansi_cyan",
    informational="ansi_magenta",
    military="ansi_yellow",
    economic="ansi_green",
    coast="ansi_default",
    land="ansi_bright_black",
    border="ansi_bright_black",
)


def _inks(palette: _Palette) -> dict[str, str]:
    """The style variables of an RGB theme: a colour, and weight where it carries meaning."""
    inks = {f"ink-{name}": colour for name, colour in palette.colours().items()}
    inks["ink-here"] = f"bold {palette.here}"
    inks["ink-cursor"] = f"on {palette.cursor}"
    return inks


def _ansi_inks(palette: _Palette) -> dict[str, str]:
    """The same for sixteen colours, where attributes do what shades do elsewhere.

    The ground may be black or white, so muted text is the terminal's own, dimmed, and
    the line under the cursor is reversed.
    """
    return _inks(palette) | {
        "ink-muted": "dim ansi_default",
        "ink-map-label": "ansi_default",
        "ink-danger": "bold ansi_red",
        "ink-map-arc": "bold ansi_red",
        "ink-cursor": "reverse not dim ansi_default",
    }


def _controls(palette: _Palette) -> dict[str, str]:
    """What Textual's own widgets take: calm borders, a thin scrollbar, one cursor."""
    return {
        "border": palette.faint,
        "border-blurred": palette.faint,
        "block-cursor-background": palette.cursor,
        "block-cursor-foreground": palette.foreground,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": palette.panel,
        "block-cursor-blurred-foreground": palette.foreground,
        "block-hover-background": palette.panel,
        "footer-background": palette.background,
        "footer-foreground": palette.muted,
        "footer-key-foreground": palette.here,
        "footer-description-foreground": palette.muted,
        "text": palette.foreground,
        "text-muted": palette.muted,
        "text-disabled": palette.muted,
        "foreground-muted": palette.muted,
        "foreground-disabled": palette.muted,
        "scrollbar": palette.faint,
        "scrollbar-hover": palette.muted,
        "scrollbar-active": palette.muted,
        "scrollbar-background": palette.background,
        "scrollbar-background-hover": palette.background,
        "scrollbar-background-active": palette.background,
        "scrollbar-corner-color": palette.background,
        "input-cursor-background": palette.here,
        "input-cursor-foreground": palette.background,
        "input-selection-background": palette.cursor,
        "link-color": palette.diplomatic,
        "screen-selection-background": palette.cursor,
        "screen-selection-foreground": palette.foreground,
    }


_ANSI_CONTROLS: Final = {
    "ansi-background": "ansi_default",
    "ansi-foreground": "ansi_default",
    "border": "ansi_bright_black",
    "border-blurred": "ansi_bright_black",
    "block-cursor-background": "ansi_cyan",
    "block-cursor-foreground": "ansi_black",
    "footer-key-foreground": "ansi_yellow",
    "text-muted": "ansi_default",
    "text-disabled": "ansi_default",
    "scrollbar": "ansi_bright_black",
    "scrollbar-hover": "ansi_default",
    "scrollbar-active": "ansi_default",
    "scrollbar-background": "ansi_default",
    "scrollbar-background-hover": "ansi_default",
    "scrollbar-background-active": "ansi_default",
    "link-color": "ansi_cyan",
    "screen-selection-background": "ansi_cyan",
    "screen-selection-foreground": "ansi_black",
}


def _theme(name: str, palette: _Palette, *, dark: bool = True, ansi: bool = False) -> Theme:
    from textual.theme import Theme

    inks, controls = (
        (_ansi_inks(palette), _ANSI_CONTROLS) if ansi else (_inks(palette), _controls(palette))
    )
    return Theme(
        name=name,
        primary=palette.diplomatic,
        secondary=palette.informational,
        accent=palette.here,
        warning=palette.military,
        error=palette.danger,
        success=palette.ease,
        foreground=palette.foreground,
        background=palette.background,
        surface=palette.surface,
        panel=palette.panel,
        dark=dark,
        ansi=ansi,
        variables={**palette.colours(), **inks, **controls},
    )


def themes() -> tuple[Theme, ...]:
    """Our themes, the one for the night first."""
    return (
        _theme(NIGHT, _NIGHT),
        _theme(DAY, _DAY, dark=False),
        _theme(ANSI, _ANSI, ansi=True),
        _theme(CONTRAST, _CONTRAST),
    )


def variable_defaults() -> dict[str, str]:
    """Values of our own variables for a theme that is not ours, such as one of Textual's."""
    return {**_NIGHT.colours(), **_inks(_NIGHT)}
