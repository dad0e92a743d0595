"""The chain of seals: each line of a save vouches for all lines before it.

The seal of a line is a SHA-256 over the seal before it and the line's own bytes, with
people's words held back (see `tabletop.exercise.words`). There is no key: whoever rewrites
a save can seal it anew. Against that stands the short seal of the closing record, which
players see at EndEx and can note down.
"""

from __future__ import annotations

import hashlib

from tabletop.exercise.words import hold_back_words

GENESIS = "tabletop save"
"""What stands before the first line in place of a seal."""

_LENGTH = 32
_OPENING = b',"seal":"'
_CLOSING = b'"}'
_TAIL = len(_OPENING) + _LENGTH + len(_CLOSING)
_HEX = frozenset(b"0123456789abcdef")
# Crockford's base 32: no I, L, O or U, so that a code can be read aloud and written down.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})
_GROUPS = 4


class BrokenSealError(ValueError):
    """A line does not match its seal."""


def seal_line(previous: str, body: str) -> tuple[bytes, str]:
    """The finished line, without its line ending, and its seal.

    `body` is a canonical JSON object; the seal becomes its last member.
    """
    unsealed = body[:-1].encode()
    seal = _seal(previous, hold_back_words(unsealed)[0])
    return unsealed + _OPENING + seal.encode() + _CLOSING, seal


def stated_seal(line: bytes) -> str | None:
    """The seal that a line bears, right or wrong; None where it bears none."""
    if line[-_TAIL : -_TAIL + len(_OPENING)] != _OPENING or not line.endswith(_CLOSING):
        return None
    seal = line[-_TAIL + len(_OPENING) : -len(_CLOSING)]
    return seal.decode() if _HEX.issuperset(seal) else None


def check_line(previous: str, line: bytes) -> tuple[str, int]:
    """The seal of a line that matches it, and how many texts were removed from the line.

    Raises `BrokenSealError` where it does not match or bears none, `ChangedWordsError`
    where only a text differs from the one that was sealed.
    """
    content, removed = hold_back_words(line[:-_TAIL])
    seal = _seal(previous, content)
    if line[-_TAIL:] != _OPENING + seal.encode() + _CLOSING:
        raise BrokenSealError
    return seal, removed


def short_seal(seal: str) -> str:
    """A seal to read aloud, made from the one of the closing record: ABCD-EFGH-JKMN-PQRS."""
    number = int.from_bytes(hashlib.sha256(f"short {seal}".encode()).digest()[:10], "big")
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(75, -5, -5))
    return "-".join(letters[at : at + _GROUPS] for at in range(0, len(letters), _GROUPS))


def same_seal(code: str, seal: str) -> bool:
    """Whether `code`, as somebody typed it, is the short seal `seal`.

    Case, spaces and dashes do not matter; I and L are read as 1, and O as 0.
    """
    return _plain(code) == _plain(seal)


def _plain(code: str) -> str:
    letters = "".join(character for character in code.upper() if character.isalnum())
    return letters.translate(_MISREAD)


def _seal(previous: str, content: bytes) -> str:
    return hashlib.sha256(previous.encode() + b"\n" + content).hexdigest()[:_LENGTH]
