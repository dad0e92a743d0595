"""The chain of seals and the short seal that people note down."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.exercise.seals import (
    GENESIS,
    BrokenSealError,
    check_line,
    same_seal,
    seal_line,
    short_seal,
    stated_seal,
)

BODY = '{"number":1,"data":{"seal":"not this one"}}'


def test_sealed_line_is_checked_against_the_seal_before_it() -> None:
    """A line holds after its own predecessor and after no other."""
    line, seal = seal_line(GENESIS, BODY)
    assert line == f'{BODY[:-1]},"seal":"{seal}"}}'.encode()
    assert check_line(GENESIS, line) == (seal, 0)
    assert stated_seal(line) == seal
    with pytest.raises(BrokenSealError):
        check_line(seal, line)


def test_seals_of_this_format_never_change() -> None:
    """Saves of the first format are checked by this very sum for good."""
    _, seal = seal_line(GENESIS, BODY)
    assert seal == "8e3bdcc7032ed93104338db940f5f283"
    assert short_seal(seal) == "ETCC-9GT9-XM68-K5BN"


@pytest.mark.parametrize(
    "line",
    [b"", b"{}", b'{"seal":"00"}', b'{"number":1,"seal":"' + b"0" * 32 + b'"', b"x" * 500],
)
def test_line_without_a_seal_is_broken(line: bytes) -> None:
    """What bears no seal is told apart from nothing."""
    assert stated_seal(line) is None
    with pytest.raises(BrokenSealError):
        check_line(GENESIS, line)


@given(seal=st.text("0123456789abcdef", min_size=32, max_size=32))
def test_short_seal_can_be_read_aloud(seal: str) -> None:
    """Four groups of four letters and digits, none of which looks like another."""
    code = short_seal(seal)
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)
    assert same_seal(code, code)
    assert same_seal(code.lower().replace("-", " "), code)
    assert same_seal(code.replace("-", "").replace("0", "o").replace("1", "l"), code)


def test_other_code_is_not_the_seal() -> None:
    """One letter makes the difference."""
    code = short_seal("0" * 32)
    other = ("1" if code[0] == "0" else "0") + code[1:]
    assert not same_seal(other, code)
    assert not same_seal("", code)
    assert not same_seal(code[:-1], code)
