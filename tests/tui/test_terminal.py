"""In a real terminal: signals and crashes restore it, and nothing is written while nothing happens."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

import termios

from tests.tui.terminal import Terminal

MINIMAL = Path(__file__).parents[1] / "fixtures" / "scenarios" / "minimal.yaml"

HOME = """
from pathlib import Path
from tabletop.exercise.desk import Desk
from tabletop.tui.app import run
raise SystemExit(run(Desk(Path({saves!r}))))
"""
BRIEFING = """
from pathlib import Path
from tabletop.exercise.desk import Desk
from tabletop.tui.app import run
from tabletop.tui.start import NewGame
raise SystemExit(run(Desk(Path({saves!r})), start=NewGame({scenario!r}, seed=1)))
"""
CRASH = """
from pathlib import Path
from tabletop.exercise.desk import Desk
from tabletop.tui.app import TabletopApp, run
def broken(app):
    raise RuntimeError("broken on purpose")
TabletopApp.action_help = broken
raise SystemExit(run(Desk(Path({saves!r}))))
"""

Open = Callable[..., Terminal]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Open]:
    """Opens programs in terminals and leaves none of them running."""
    opened: list[Terminal] = []

    def open_one(code: str, environment: dict[str, str] | None = None) -> Terminal:
        code = code.format(saves=str(tmp_path), scenario=str(MINIMAL))
        opened.append(Terminal(code, environment))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


def assert_restored(terminal: Terminal) -> None:
    """The normal screen, the cursor, no mouse, no pasting brackets, and lines with echo again."""
    for ending in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1003l", b"\x1b[?2004l"):
        begun = ending.replace(b"l", b"h") if ending.endswith(b"l") else ending.replace(b"h", b"l")
        assert terminal.output.rfind(ending) > terminal.output.rfind(begun), ending
    local = termios.tcgetattr(terminal.fd)[3]
    assert local & termios.ICANON
    assert local & termios.ECHO


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_that_ends_the_program_restores_the_terminal(terminal: Open, name: str) -> None:
    """Textual alone would leave the terminal in its own mode."""
    number = getattr(signal, name)
    program = terminal(HOME)
    program.wait_for("New")
    program.settle()
    assert program.end(number) == 128 + number
    assert_restored(program)


def test_a_crash_restores_the_terminal_and_tells_what_it_was(terminal: Open) -> None:
    """With exit code 1."""
    program = terminal(CRASH)
    program.wait_for("New")
    program.settle()
    program.press("?")
    assert program.wait() == 1
    assert_restored(program)
    assert b"broken on purpose" in program.output


def test_leaving_restores_the_terminal(terminal: Open) -> None:
    """The plain way out, with exit code 0."""
    program = terminal(HOME)
    program.wait_for("New")
    program.settle()
    program.press("q")
    assert program.wait() == 0
    assert_restored(program)


@pytest.mark.parametrize("keys", ["", "rr1r", "rr1r1\r\t\t", "\x10"])
def test_nothing_is_written_while_nothing_happens(terminal: Open, keys: str) -> None:
    """At the briefing, on the situation, in a decision with its field of text, in the palette."""
    program = terminal(BRIEFING)
    program.wait_for("begin")
    for key in keys:
        program.settle(0.3)
        program.press("\x1b[C" if key == "r" else key)
    program.settle(1.0)
    assert program.read(2.0) == b""


def test_no_colour_is_written_where_none_is_wanted(terminal: Open) -> None:
    """NO_COLOR leaves shades of grey and weights of type."""
    program = terminal(BRIEFING, {"NO_COLOR": "1", "COLORTERM": "truecolor"})
    program.wait_for("begin")
    program.settle()
    colours = re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", program.output)
    assert colours
    assert all(red == green == blue for red, green, blue in colours)
