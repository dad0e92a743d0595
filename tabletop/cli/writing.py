"""What commands write: text to the terminal or to a file, and JSON that a program reads."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
from contextlib import suppress
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
    """Write `text` to a file in UTF-8, or to standard output; ends it with a newline.

    A file has either all of it or what stood there before.
    """
    if not text.endswith("\n"):
        text += "\n"
    if output is None:
        sys.stdout.write(text)
    elif output.exists() and not output.is_file():
        # A device or a pipe takes what it is given, and a folder refuses it.
        output.write_text(text, "utf-8", newline="\n")
    else:
        _replace(output, text)


def _replace(output: Path, text: str) -> None:
    """Write beside the file, then put it in its place; its rights, or what links to it, stay."""
    target = output.resolve()
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(output))
    beside = target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}")
    try:
        with beside.open("x", encoding="utf-8", newline="\n") as file:
            if target.exists():
                beside.chmod(stat.S_IMODE(target.stat().st_mode))
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink()
        if isinstance(error, OSError):
            # The name that was asked for, and not that of the file beside it.
            raise type(error)(error.errno, error.strerror, str(output)) from None
        raise


def say(text: str, depth: int = 0) -> None:
    """Write a line for people, with nothing in it that could drive a terminal.

    `depth` indents it below what it belongs to.
    """
    from tabletop.clean import clean_line

    sys.stdout.write("  " * depth + clean_line(text, 4_000) + "\n")


def point_out(path: Path, fault: str | None) -> None:
    """Tell beside the output, in one line, what of a save could not be used; nothing for None."""
    if fault is not None:
        from tabletop.clean import clean_line

        sys.stderr.write(clean_line(f"{path}: {fault}", 1_000) + "\n")
