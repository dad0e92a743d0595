"""Text laid out in cells: fitted, wrapped and joined, whoever wrote it."""

from __future__ import annotations

from rich.cells import cell_len, chop_cells
from textual.content import Content

from tabletop.clean import clean_line, clean_text

ELLIPSIS = "…"
LONGEST = 4000
"""Characters of the longest text that is drawn; an epilogue has about 3,000."""
BLANK = Content("")


def fitted(text: str, cells: int) -> str:
    """One safe line of at most so many cells; a longer one ends with an ellipsis."""
    line = clean_line(text)
    if cells <= 0:
        return ""
    if cell_len(line) <= cells:
        return line
    kept = chop_cells(line, cells - 1)[0] if cells > 1 else ""
    return kept.rstrip() + ELLIPSIS


def padded(text: str, cells: int) -> str:
    """The same, filled with spaces to exactly so many cells."""
    line = fitted(text, cells)
    return line + " " * (cells - cell_len(line))


def wrapped(text: str, cells: int, most: int | None = None) -> list[str]:
    """Safe text broken into lines of at most so many cells, paragraphs kept apart.

    With `most`, no more lines than that; the last one then ends with an ellipsis.
    """
    content = Content(clean_text(text, LONGEST))
    lines = [line.plain.rstrip() for line in content.wrap(max(1, cells))] if content else []
    if most is not None and len(lines) > most:
        lines = lines[:most]
        if lines:
            lines[-1] = fitted(lines[-1] + ELLIPSIS, cells)
    return lines


def indented(
    text: str, cells: int, ink: str, *, indent: int = 0, most: int | None = None
) -> list[Content]:
    """Wrapped text in one ink, each line moved in by so many cells."""
    margin = " " * indent
    return [Content.assemble(margin, (line, ink)) for line in wrapped(text, cells - indent, most)]


def spread(left: Content, right: Content, cells: int) -> Content:
    """One line with a part at either end; the right one yields where there is no room."""
    gap = cells - left.cell_length - right.cell_length
    if not right or gap < 2:
        return left.truncate(max(0, cells), ellipsis=True)
    return Content.assemble(left, " " * gap, right)


def joined(lines: list[Content]) -> Content:
    """Lines as one content, to be drawn as they are."""
    return Content("\n").join(lines)
