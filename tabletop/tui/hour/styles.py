"""Which style sheets a screen of the hour reads: those of every screen, and of its questions."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Final

STYLES: Final = Path(__file__).resolve().parent.parent / "styles"
SHEETS: Final[list[str | PurePath]] = [
    STYLES / name for name in ("app.tcss", "widgets.tcss", "hour.tcss")
]
"""The sheets in the order in which they are read."""
