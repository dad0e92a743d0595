"""The file beside a save by which a restarted host is the same room: code, port, secrets, list.

Names of a class are kept here and not in the save, which is handed on. It is readable by its
owner alone. Its time of change tells when the host was last alive.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tabletop.errors import SaveError
from tabletop.room.codes import is_code, new_code, new_token
from tabletop.room.roster import Place

PORT = 8000


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a room keeps of itself between two starts."""

    code: str
    bind: str
    port: int
    projector: str
    """The token of the projector's page."""
    secret: str
    """Makes the addresses of long texts unguessable, and the same after a restart."""
    url: str = ""
    """What students type, where a proxy or another name leads here; else empty."""
    roster: tuple[Place, ...] = ()
    """The list of the class, as it was given."""


def new_sidecar(bind: str, port: int, url: str = "", roster: tuple[Place, ...] = ()) -> Sidecar:
    """A new room's code and secrets."""
    return Sidecar(new_code(), bind, port, new_token(), secrets.token_hex(16), url, roster)


def beside(save: Path) -> Path:
    """Where the sidecar of a save is."""
    return save.with_name(f"{save.name}.room.json")


def write_sidecar(path: Path, sidecar: Sidecar) -> None:
    """Keep it, whole or not at all; raises `SaveError`.

    What is kept already is not written again: a full disk must not stop a room from coming back.
    """
    made: Path | None = None
    try:
        if path.exists() and read_sidecar(path) == sidecar:
            return
        # Made for its owner alone from the first byte on.
        handle, name = tempfile.mkstemp(prefix=".room-", dir=path.parent)
        made = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(sidecar), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    except OSError as fault:
        if made is not None:
            made.unlink(missing_ok=True)
        raise SaveError(f"{path}: the room's code cannot be kept: {fault.strerror}") from None


def read_sidecar(path: Path) -> Sidecar | None:
    """The sidecar; None where there is none. Raises `SaveError` where it is not readable."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as fault:
        raise SaveError(_damaged(path)) from fault
    kinds = {"code": str, "bind": str, "port": int, "projector": str, "secret": str}
    whole = isinstance(data, dict) and all(
        isinstance(data.get(name), kind) for name, kind in kinds.items()
    )
    if not whole or not is_code(data["code"]) or not 0 <= data["port"] < 65536:
        raise SaveError(_damaged(path))
    url, roster = data.get("url", ""), _places(data.get("roster", []))
    if not isinstance(url, str) or roster is None:
        raise SaveError(_damaged(path))
    return Sidecar(**{name: data[name] for name in kinds}, url=url, roster=roster)


def _places(data: Any) -> tuple[Place, ...] | None:
    """The list of the class; None where it is not whole."""
    if not isinstance(data, list):
        return None
    for row in data:
        whole = isinstance(row, list) and len(row) == len(Place._fields)
        if not whole or not all(isinstance(each, str) for each in row):
            return None
    return tuple(Place(*row) for row in data)


def _damaged(path: Path) -> str:
    return f"{path}: not whole: delete it, and the room gets a new code that all must type"


def stay_alive(path: Path) -> None:
    """Note that the host runs; a disk that is full or gone does not stop it."""
    try:
        os.utime(path)
    except OSError:
        return


def last_alive(path: Path) -> float | None:
    """When the host last ran, in seconds since 1970."""
    try:
        return path.stat().st_mtime
    except OSError:
        return None
