"""Where every command begins and every failure ends: one line on stderr, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from tabletop.cli.faults import one_line
from tabletop.cli.verbs import BROKEN_PIPE, INTERRUPTED, StoppedError, tabletop
from tabletop.errors import TabletopError

WELL, BAD_INPUT = 0, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code.

    0 is well, 1 says that a check has findings or a verification failed, 2 that the input
    or its use is wrong, 130 that the user interrupted, 141 that the reader of our output
    went away, as the shell says of any other program.
    """
    _speak_utf8()
    try:
        code = tabletop.main(arguments, prog_name="tabletop", standalone_mode=False)
        sys.stdout.flush()
    except StoppedError as stopped:
        if stopped.code == BROKEN_PIPE:
            _let_go_of_output()
        return stopped.code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as fault:
        return _refuse(one_line(fault))
    except TabletopError as fault:
        return _refuse(str(fault))
    except BrokenPipeError:
        _let_go_of_output()
        return BROKEN_PIPE
    except OSError as fault:
        return _refuse(_system_fault(fault))
    return code if isinstance(code, int) else WELL


def _refuse(message: str) -> int:
    """Say what is wrong, one fault a line."""
    from tabletop.clean import clean_text

    try:
        sys.stdout.flush()
    except OSError:
        _let_go_of_output()
    sys.stderr.write(clean_text(message, 100_000) + "\n")
    return BAD_INPUT


def _system_fault(fault: OSError) -> str:
    reason = (fault.strerror or str(fault) or type(fault).__name__).lower()
    if fault.filename is None:
        # A named file fails with its name; what is left is our own output.
        _let_go_of_output()
        return f"cannot write the output: {reason}"
    return f"{os.fsdecode(fault.filename)}: {reason}"


def _let_go_of_output() -> None:
    """Keep Python from flushing to a closed or full output once more when it exits."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def _speak_utf8() -> None:
    """Let no character of ours or of anybody's stop the program.

    Windows writes pipes in its old code page unless told otherwise.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        _make_lenient(stream)


def _make_lenient(stream: TextIO | None) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:
        return
    if os.name == "nt":
        reconfigure(encoding="utf-8", errors="replace")
    else:
        reconfigure(errors="replace")
