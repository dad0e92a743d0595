"""A phone's camera for tests: what is drawn in a terminal or a browser, read as a QR code."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import zxingcpp
from PIL import Image, ImageOps

_WIDE = 8
"""Pixels of a cell; it is twice as high, as in most terminals."""
_INK = {"█": (True, True), "▀": (True, False), "▄": (False, True)}


class Cell(NamedTuple):
    """A cell of a terminal: its character, and its two colours as red, green and blue."""

    text: str
    ink: tuple[int, int, int]
    ground: tuple[int, int, int]


def photographed(rows: Iterable[Sequence[Cell]]) -> Image.Image:
    """A picture of half blocks in their colours; any other character leaves its ground alone."""
    lines = [list(row) for row in rows]
    picture = Image.new("RGB", (max(map(len, lines)), 2 * len(lines)))
    for y, line in enumerate(lines):
        for x, cell in enumerate(line):
            for half, set_ in enumerate(_INK.get(cell.text, (False, False))):
                picture.putpixel((x, 2 * y + half), cell.ink if set_ else cell.ground)
    return picture.resize((picture.width * _WIDE, picture.height * _WIDE), Image.Resampling.NEAREST)


def opened_picture(png: bytes) -> Image.Image:
    """A browser's picture of its page."""
    return Image.open(io.BytesIO(png)).convert("RGB")


def read(picture: Image.Image) -> list[str]:
    """The texts of all QR codes in a picture, dark on light: most phones read no other."""
    found = zxingcpp.read_barcodes(ImageOps.grayscale(picture), try_invert=False)
    return [each.text for each in found if each.format == zxingcpp.BarcodeFormat.QRCode]


def colour(text: str) -> tuple[int, int, int]:
    """A colour from six hexadecimal digits."""
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)
