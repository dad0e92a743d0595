"""Which style sheets the console reads: those of the hour, and its own."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from tabletop.tui.hour import styles

SHEETS: Final[list[str | PurePath]] = [*styles.SHEETS, styles.STYLES / "console.tcss"]
"""The sheets in the order in which they are read."""
