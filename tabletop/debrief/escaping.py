"""Makes text of people and files harmless in the files that we export."""

from __future__ import annotations

import re

from tabletop.clean import clean_line, clean_text

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARKDOWN = re.compile(r"([\\`*_\[\]#|~$!])")
_LEADING = re.compile(r"^(\s*)(?:([-+=])|(\d{1,9})([.)]))")
_LINKS = re.compile(r"(?i)(\bhttps?|\bftp|\bmailto|\bxmpp)(:)|(\bwww)(\.)")
_LONGEST = 10_000


def csv_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula: such text gets an apostrophe before it.

    Follows OWASP's advice on CSV injection. Quoting is the writer's part.
    """
    cleaned = clean_text(text, _LONGEST)
    return f"'{cleaned}" if cleaned.lstrip(" \n").startswith(_FORMULA) else cleaned


def markdown(text: str) -> str:
    """Text on one line that Markdown shows as it is: no marks, no links, no HTML."""
    line = clean_line(text, _LONGEST)
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _MARKDOWN.sub(r"\\\1", line)
    line = _LINKS.sub(lambda m: f"{m[1] or m[3]}\\{m[2] or m[4]}", line)
    return _LEADING.sub(lambda m: f"{m[1]}{m[3] or ''}\\{m[2] or m[4]}", line)
