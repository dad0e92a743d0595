"""A class list that a gradebook exported: it lends the ids by which gradebooks find students."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from tabletop.errors import UsageError
from tabletop.exercise.save import reason

LARGEST = 4 * 2**20
"""Bytes of the largest roster that is read."""
_MOST_ROWS = 20_000
_WHOLE = ("student", "name", "full name")
_FIRST = ("first name", "firstname")
_LAST = ("last name", "lastname", "surname")


class Roster:
    """Rows of a class list, found by name; cells by the title of their column, in lower case."""

    def __init__(self, rows: Iterator[Mapping[str, str]]) -> None:
        self._found: dict[str, Mapping[str, str] | None] = {}
        for row in rows:
            for name in set(_names(row)):
                # Two of one name cannot be told apart: neither lends its ids.
                self._found[name] = None if name in self._found else row

    def find(self, name: str) -> Mapping[str, str] | None:
        """The row of a student; None for a stranger, and for a name that several bear."""
        return self._found.get(folded(name))


def read_roster(path: Path) -> Roster:
    """The roster in a CSV file as Canvas or Moodle exports it.

    Raises `UsageError` in one line where it cannot be read or has no names.
    """
    try:
        with path.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path}: {reason(error)}") from None
    if len(content) > LARGEST:
        raise UsageError(f"{path}: larger than {LARGEST // 2**20} MiB: not a roster")
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (ValueError, csv.Error):
        raise UsageError(f"{path}: not a table as CSV in UTF-8") from None
    head = [cell.strip().casefold() for cell in rows[0]] if rows else []
    known = set(head)
    if not (known & {*_WHOLE} or (known & {*_FIRST} and known & {*_LAST})):
        raise UsageError(f"{path}:1: no column Student, Name, or First name with Last name")
    return Roster(dict(zip(head, row, strict=False)) for row in rows[1:_MOST_ROWS])


def folded(name: str) -> str:
    """A name by which the same person is found, whatever the case and the spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _names(row: Mapping[str, str]) -> Iterator[str]:
    """How a row's student may be called: Lee, Ann is Ann Lee."""
    for column in _WHOLE:
        whole = row.get(column, "")
        last, comma, first = whole.partition(",")
        for name in (whole, f"{first} {last}" if comma else ""):
            if folded(name):
                yield folded(name)
    first = next((row[each] for each in _FIRST if row.get(each)), "")
    last = next((row[each] for each in _LAST if row.get(each)), "")
    if first and last:
        yield folded(f"{first} {last}")
