"""The QR code: its quiet zone, its half blocks, its colours, and that a camera reads it."""

from __future__ import annotations

from pathlib import Path

import pyte
import pytest
import segno

from tabletop.room.qr import QUIET, coloured, half_blocks, svg
from tests.browser import opened_browser
from tests.cameras import Cell, colour, opened_picture, photographed, read
from tests.room.rooms import made_class, opened

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


LINKS = (
    "http://10.0.0.7:8000/234567",
    LINK,
    "http://[2001:db8:85a3:8d3:1319:8a2e:370:7348]:65535/QNS2BP",
    "https://rooms.school-of-government.example.ac.uk/QNS2BP",
)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("ground", ["000000", "ffffff"])
def test_a_camera_reads_it_from_a_bare_terminal(link: str, ground: str) -> None:
    """Whatever the terminal's own colours are."""
    lines = half_blocks(link)
    screen = pyte.Screen(len(lines[0]) + 10, len(lines) + 4)
    stream = pyte.Stream(screen)
    stream.feed("Join: somewhere\r\n" + "\r\n".join(coloured(lines)) + "\r\n")
    other = "ffffff" if ground == "000000" else "000000"

    def cell(x: int, y: int) -> Cell:
        found = screen.buffer[y][x]
        ink = other if found.fg == "default" else found.fg
        return Cell(found.data, colour(ink), colour(ground if found.bg == "default" else found.bg))

    rows = [[cell(x, y) for x in range(screen.columns)] for y in range(screen.lines)]
    assert read(photographed(rows)) == [link]


def test_a_camera_does_not_read_it_light_on_dark() -> None:
    """Which is why its colours are set: most phones give up on it."""
    rows = [[Cell(each, (255, 255, 255), (0, 0, 0)) for each in line] for line in half_blocks(LINK)]
    assert read(photographed(rows)) == []


@pytest.mark.parametrize("width,height", [(1280, 720), (1920, 1080)])
async def test_a_camera_reads_it_from_the_wall(tmp_path: Path, width: int, height: int) -> None:
    """As the browser draws it, and also from a back row that sees a quarter of its pixels."""
    async with opened(made_class(tmp_path)) as found, opened_browser() as browser:
        page = await browser.new_page(viewport={"width": width, "height": height})
        await page.goto(found.room.projector_link)
        await page.locator("body[data-what=join] img.qr").wait_for()
        await page.locator("img.qr").evaluate("img => img.decode()")
        picture = opened_picture(await page.screenshot())
        assert read(picture) == [found.room.link]
        assert read(picture.resize((width // 2, height // 2))) == [found.room.link]
