"""The progress line: for terminals, after a second, and gone in the end."""

from __future__ import annotations

import io

from tabletop.cli.progress import progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def shown(times: list[float], out: io.StringIO) -> str:
    """What is written when something is heard at these times, an equal step further each time."""
    clock = iter([0.0, *times])
    with progress("Solving", out, lambda: next(clock)) as heard:
        for number, _ in enumerate(times, 1):
            heard(number / len(times))
    return out.getvalue()


def test_what_takes_less_than_a_second_is_done_in_silence() -> None:
    """Nobody needs to be told."""
    assert shown([0.1, 0.5, 0.9], Terminal()) == ""


def test_long_work_is_shown_and_its_line_wiped() -> None:
    """In one line that is written over again and again."""
    said = shown([0.5, 1.0, 2.0, 3.0], Terminal())
    lines = said.split("\r")
    assert lines[0] == ""
    assert [line.strip()[-4:] for line in lines[1:4]] == [" 50%", " 75%", "100%"]
    assert all(line.startswith("Solving [") for line in lines[1:4])
    assert lines[-2:] == [" " * len(lines[1]), ""]


def test_it_is_not_drawn_more_often_than_eyes_can_follow() -> None:
    """Ten times a second."""
    said = shown([1 + number / 1000 for number in range(1000)], Terminal())
    assert 8 <= said.count("Solving") <= 11


def test_a_pipe_hears_nothing() -> None:
    """A log full of bars helps nobody."""
    assert shown([1.0, 2.0, 3.0], io.StringIO()) == ""


def test_what_is_beyond_the_ends_is_drawn_at_them() -> None:
    """Whatever somebody reports."""
    out = Terminal()
    clock = iter([0.0, 2.0, 3.0])
    with progress("Solving", out, lambda: next(clock)) as heard:
        heard(-1)
        heard(7)
    assert "  0%" in out.getvalue()
    assert f"[{'#' * 30}] 100%" in out.getvalue()
