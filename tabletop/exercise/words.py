"""People's words in a save: sealed by a salted hash, so that they can be removed on request.

A name, a reason or a message is kept as `{"hash": ..., "salt": ..., "words": ...}`. The
chain of seals covers the hash alone. Whoever removes the words sets `words` and `salt` to
null: the chain still holds, and without the salt nobody can find a short text by trying.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Any

from tabletop.exercise.canonical import decode, encode, whole_text

_HASH_LENGTH = 32
_SALT_BYTES = 16
# Sorted keys fix the order. Quotes inside a JSON string are escaped, so this shape
# cannot stand inside one: what matches is always an object of its own.
_SEALED_WORDS = re.compile(
    rb'\{"hash":"([0-9a-f]{32})","salt":(?:null|"([0-9a-f]{32})"),'
    rb'"words":(?:null|("(?:[^"\\]|\\.)*"))\}'
)


class ChangedWordsError(ValueError):
    """A text in a line is not the one that was sealed there."""


def seal_words(text: str, *, salt: str | None = None) -> dict[str, str]:
    """What an event holds for `text`; `salt` is 32 hex digits, drawn at random unless given."""
    text = whole_text(text)
    salt = secrets.token_hex(_SALT_BYTES) if salt is None else salt
    return {"hash": _hash(salt, text), "salt": salt, "words": text}


def read_words(value: Any) -> str | None:
    """The text of sealed words; None where there was none or where it has been removed."""
    words = value.get("words") if isinstance(value, dict) else None
    return words if isinstance(words, str) else None


def hold_back_words(body: bytes) -> tuple[bytes, int]:
    """A line's bytes as the chain sees them, and how many texts have been removed from it.

    Raises `ChangedWordsError` where a text does not match its hash.
    """
    if b'"words":' not in body:
        return body, 0
    removed = 0

    def hold_back(match: re.Match[bytes]) -> bytes:
        nonlocal removed
        sealed, salt, words = match.groups()
        if words is None:
            removed += 1
        elif not _matches(sealed, salt, words):
            raise ChangedWordsError("a text does not match its hash")
        # Not JSON on purpose: nothing that could be written there passes for it.
        return b'{"hash":"' + sealed + b'",words}'

    return _SEALED_WORDS.sub(hold_back, body), removed


def remove_words(body: bytes, key: str) -> tuple[bytes, int]:
    """A line's bytes without the texts under a key and their salts, and how many went.

    The seals of the line and of all after it hold as before.
    """
    removed = 0

    def remove(match: re.Match[bytes]) -> bytes:
        nonlocal removed
        removed += match[3] is not None
        return b'{"hash":"' + match[1] + b'","salt":null,"words":null}'

    before = f'"{key}":'.encode()
    under = re.compile(b"(?<=" + re.escape(before) + b")" + _SEALED_WORDS.pattern)
    return under.sub(remove, body), removed


def _matches(sealed: bytes, salt: bytes | None, words: bytes) -> bool:
    try:
        text = decode(words.decode())
    except ValueError:
        return False
    # One text has one spelling here, or a changed escape would pass unnoticed.
    spelt = encode(text).encode() == words
    return spelt and salt is not None and _hash(salt.decode(), text) == sealed.decode()


def _hash(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()[:_HASH_LENGTH]
