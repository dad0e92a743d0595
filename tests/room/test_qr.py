"""The QR code: its quiet zone, its half blocks, and its colours whatever the theme."""

from __future__ import annotations

import segno

from tabletop.room.qr import QUIET, coloured, half_blocks, svg

LINK = "http://192.168.100.120:8000/QNS2BP"


def test_half_blocks_are_the_modules_with_a_quiet_zone_around_them() -> None:
    """Four modules of white on every side, each module where the standard puts it."""
    lines = half_blocks(LINK)
    matrix = segno.make(LINK, error="m", micro=False).matrix
    upper = {"█": True, "▀": True, "▄": False, " ": False}
    lower = {"█": True, "▀": False, "▄": True, " ": False}
    rows = [[half[each] for each in line] for line in lines for half in (upper, lower)]
    inside = [row[QUIET:-QUIET] for row in rows[QUIET : QUIET + len(matrix)]]
    assert inside == [[bool(module) for module in row] for row in matrix]
    assert sum(map(sum, rows)) == sum(sum(map(bool, row)) for row in matrix)
    assert len(rows) - len(matrix) >= 2 * QUIET


def test_an_address_of_a_class_fits_into_a_terminal() -> None:
    """Of 24 lines and 80 cells."""
    lines = half_blocks(LINK)
    assert len(lines) <= 22
    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(lines[0]) <= 78


def test_a_bare_terminal_is_told_black_on_white() -> None:
    """On a dark ground, readers fail."""
    for line in coloured(half_blocks(LINK)):
        assert line.startswith("\x1b[38;2;0;0;0;48;2;255;255;255m")
        assert line.endswith("\x1b[0m")


def test_the_picture_has_its_own_white_ground() -> None:
    """And no script or style in it."""
    picture = svg(LINK)
    assert picture.startswith(b"<svg")
    assert b'fill="#fff"' in picture
    assert b"<script" not in picture
    assert b"style" not in picture
