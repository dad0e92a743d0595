"""What commands write: text to the terminal or to a file, and JSON that a program reads."""

from __future__ import annotations

import sys
from pathlib import Path

import click

to_file = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to this file instead of the terminal.",
)
"""The option of commands whose text may go to a file."""


def json_text(data: object) -> str:
    """JSON for programs; plain ASCII, so that no text inside can drive a terminal."""
    import json

    return json.dumps(data, indent=2, ensure_ascii=True)


def write_out(text: str, output: Path | None) -> None:
    """Write `text` to a file in UTF-8, or to standard output; ends it with a newline."""
    if not text.endswith("\n"):
        text += "\n"
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, "utf-8", newline="\n")


def say(text: str, depth: int = 0) -> None:
    """Write a line for people, with nothing in it that could drive a terminal.

    `depth` indents it below what it belongs to.
    """
    from tabletop.clean import clean_line

    sys.stdout.write("  " * depth + clean_line(text, 4_000) + "\n")
