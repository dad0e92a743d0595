"""What opens doors: the code of a room, the tokens of seats, and codes for a changed phone.

A code has six of 30 symbols that nobody takes for one another, 29.4 bits of chance: at the
five guesses a second that a room may ever answer (see `limits`), three hours find it with a
chance of 0.007 percent (OWASP ASVS 5.0, 6.5.4 and 6.6.3).
"""

from __future__ import annotations

import hashlib
import secrets

SYMBOLS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 and O, 1, I and L, and U, which reads as V: 30 symbols."""
LENGTH = 6


def new_code() -> str:
    """A code for a room, or for a seat that changes its phone."""
    return "".join(secrets.choice(SYMBOLS) for _ in range(LENGTH))


def read_code(text: str) -> str:
    """A code as people type it: in either case, with spaces or a hyphen in it."""
    return "".join(each for each in text.upper() if each.isalnum())


def is_code(text: str) -> bool:
    """Whether a text could be a code at all."""
    return len(text) == LENGTH and all(each in SYMBOLS for each in text)


def new_token() -> str:
    """A secret of 128 bits: whoever has it sits in the seat."""
    return secrets.token_urlsafe(16)


def token_hash(token: str) -> str:
    """What is kept of a token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_seat() -> str:
    """A short id for a seat; not a secret."""
    return "s" + "".join(secrets.choice(SYMBOLS.lower()) for _ in range(5))
