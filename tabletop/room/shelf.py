"""Long texts, fetched once: each under an address made from what it says and a secret.

An address can be had only from a snapshot in which the text was released: nobody can work it
out, because the room's secret goes into it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict

MOST_KEPT = 4000


class Shelf:
    """The texts of a room that pages may fetch now."""

    def __init__(self, secret: str) -> None:
        self._secret = bytes.fromhex(secret)
        self._texts: OrderedDict[str, bytes] = OrderedDict()

    def put(self, text: bytes) -> str:
        """Keep a text; gives its address."""
        name = hmac.digest(self._secret, text, hashlib.sha256).hex()[:32]
        self._texts[name] = text
        self._texts.move_to_end(name)
        while len(self._texts) > MOST_KEPT:
            self._texts.popitem(last=False)
        return name

    def get(self, name: str) -> bytes | None:
        """The text at an address."""
        return self._texts.get(name)
