"""Which style sheets a seat reads: those of every screen and of the questions, and its own."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Final

from tabletop.tui.console.styles import SHEETS as QUESTIONS

_STYLES: Final = Path(__file__).resolve().parent.parent / "styles"
SHEETS: Final[list[str | PurePath]] = [*QUESTIONS, _STYLES / "classroom.tcss"]
"""The sheets in the order in which they are read."""
