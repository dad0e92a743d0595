"""Lines in and lines out."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.plain.console import Console, EndOfInputError


def _console(text: str = "", width: int | None = None) -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(io.StringIO(text), out, width), out


def test_a_prompt_stands_on_its_own_line() -> None:
    """The answer is read from the next line, never from the end of the prompt's."""
    console, out = _console("2\n")
    assert console.ask("Which?") == "2"
    assert out.getvalue() == "\nWhich?\n"


def test_the_end_of_input_is_told_apart_from_an_empty_answer() -> None:
    """Enter alone is an answer; the end is none."""
    console, _ = _console("\n")
    assert console.ask("Go on?") == ""
    with pytest.raises(EndOfInputError):
        console.ask("Go on?")


def test_a_last_line_without_its_end_is_an_answer() -> None:
    """A file that does not end in a newline loses nothing."""
    assert _console("3")[0].ask("Which?") == "3"


def test_windows_line_ends_and_byte_order_marks_are_no_part_of_an_answer() -> None:
    """Pipes of Windows shells begin with a mark and end lines with two characters."""
    console, _ = _console("\ufeff1\r\n2\r\n")
    assert [console.ask("?"), console.ask("?")] == ["1", "2"]


def test_an_endless_line_is_cut_and_the_next_one_is_read_whole() -> None:
    """A million characters fill no memory and do not spill into the next answer."""
    console, _ = _console("x" * 1_000_000 + "\n7\n")
    assert len(console.ask("?")) <= 10_000
    assert console.ask("?") == "7"


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[2J\x1b[31mred",
        "\x1b]52;c;aGk=\x07copied",
        "\x9b31mred",
        "a\u202eb\u2066c",
        "bell\x07 and \x00 null",
    ],
)
def test_nothing_that_is_said_drives_a_terminal(hostile: str) -> None:
    """Escape sequences, C1 and direction marks are gone from text and from prompts."""
    console, out = _console("y\n")
    console.say(hostile)
    console.ask(hostile)
    assert not set("\x1b\x9b\x07\x00\u202e\u2066") & set(out.getvalue())


@given(st.text(max_size=300), st.integers(20, 80))
def test_wrapping_keeps_every_word(text: str, width: int) -> None:
    """On a terminal the same words are written, in lines between words."""
    whole, wrapped = _console(), _console(width=width)
    whole[0].say(text)
    wrapped[0].say(text)
    assert wrapped[1].getvalue().split() == whole[1].getvalue().split()


def test_wrapped_lines_fit_also_where_letters_are_wide() -> None:
    """A Korean letter fills two cells."""
    console, out = _console(width=20)
    console.say("회담 을 조건 없이 제안 하고 동맹국 과 먼저 상의 한다")
    lines = out.getvalue().splitlines()
    assert len(lines) > 1
    assert all(sum(1 if letter == " " else 2 for letter in line) <= 20 for line in lines)


def test_a_paragraph_is_one_line_in_a_pipe() -> None:
    """Without a terminal nothing is wrapped, so that programs find whole sentences."""
    console, out = _console()
    console.say("word " * 100)
    assert out.getvalue().count("\n") == 1


def test_what_people_copy_is_never_wrapped() -> None:
    """A path or a command is one line, however long it is."""
    console, out = _console(width=20)
    console.point_out(["Go on with: tabletop play --resume " + "folder/" * 30])
    assert out.getvalue().count("\n") == 2
