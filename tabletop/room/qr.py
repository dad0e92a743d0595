"""The code that phones read: black on white, with its quiet zone, for terminals and projectors."""

from __future__ import annotations

from io import BytesIO

import segno

QUIET = 4
"""Modules of white around it: without them readers do not find it (ISO/IEC 18004)."""
_BLOCKS = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}


def half_blocks(text: str) -> list[str]:
    """Two rows of modules a line of text, dark where the character is set.

    Whoever shows them must set black on white: on a dark ground readers fail.
    """
    matrix = segno.make(text, error="m", micro=False).matrix
    side = len(matrix) + 2 * QUIET
    rows = [[False] * side for _ in range(side + side % 2)]
    for y, row in enumerate(matrix):
        for x, module in enumerate(row):
            rows[y + QUIET][x + QUIET] = bool(module)
    return [
        "".join(_BLOCKS[upper, lower] for upper, lower in zip(rows[y], rows[y + 1], strict=True))
        for y in range(0, len(rows), 2)
    ]


def coloured(lines: list[str]) -> list[str]:
    """The same for a bare terminal, in colours that no theme can change."""
    return [f"\x1b[38;2;0;0;0;48;2;255;255;255m{line}\x1b[0m" for line in lines]


def svg(text: str) -> bytes:
    """The same as a picture for pages, with its own white ground."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", scale=8, border=QUIET, dark="#000", light="#fff", xmldecl=False
    )
    return out.getvalue()
