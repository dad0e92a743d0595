"""Which style sheets the screens of an hour read before their own: those of every screen."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Final

STYLES: Final = Path(__file__).resolve().parent.parent / "styles"
SHEETS: Final[list[str | PurePath]] = [STYLES / name for name in ("app.tcss", "widgets.tcss")]
"""The sheets in the order in which they are read."""
