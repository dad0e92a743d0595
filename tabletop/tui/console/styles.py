"""Which style sheets the console reads: those of every screen, and its own."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Final

_STYLES: Final = Path(__file__).resolve().parent.parent / "styles"
SHEETS: Final[list[str | PurePath]] = [
    _STYLES / name for name in ("app.tcss", "widgets.tcss", "console.tcss")
]
