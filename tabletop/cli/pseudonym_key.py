"""The secret key of pseudonyms, kept beside the saves, whose names it guards."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from tabletop.errors import UsageError

_BYTES = 32
NAME = "pseudonyms.key"


def pseudonym_key(folder: Path) -> bytes:
    """The key in this folder, made at its first use and readable to its owner alone.

    Raises `UsageError` where the file there is no key.
    """
    path = folder / NAME
    folder.mkdir(parents=True, exist_ok=True)
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    key = secrets.token_bytes(_BYTES)
    with os.fdopen(opened, "wb") as file:
        file.write(key.hex().encode() + b"\n")
    return key


def _read(path: Path) -> bytes:
    with path.open("rb") as opened:
        text = opened.read(4 * _BYTES)
    try:
        key = bytes.fromhex(text.decode("ascii"))
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise UsageError(
            f"{path}: this is not a key of pseudonyms; move it away and a new one is made,"
            " with other pseudonyms"
        )
    return key
