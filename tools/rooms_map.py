"""Tells a proxy which room is on which port: writes `rooms.map` and `rooms.front` for nginx.

    python3 rooms_map.py INTO FOLDER...

reads what hosts keep beside their saves in the folders (`*.room.json`), and writes both files
INTO a folder if what they say has changed. Ends with 0 then, with 1 where nothing has changed:

    python3 rooms_map.py /etc/nginx /srv/rooms/* && nginx -s reload

Needs nothing but Python. It is run by whoever may read those files, which are their owners' alone.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

FRESH = 900.0
"""Seconds that a room is kept after its host was last alive, so that it may be started again."""
_CODE = re.compile(r"[2-9A-HJKMNP-TV-Z]{6}")


class Kept(NamedTuple):
    """A room: when its host was last alive, its code, its port."""

    alive: float
    code: str
    port: int


def rooms_in(folders: Iterable[Path], now: float) -> dict[int, str]:
    """The code on each port: of the newest room there that was alive a short while ago."""
    found = []
    for folder in folders:
        for path in folder.glob("*.room.json"):
            try:
                data = json.loads(path.read_text("utf-8"))
                kept = Kept(path.stat().st_mtime, str(data["code"]), int(data["port"]))
            except (OSError, ValueError, KeyError, TypeError):
                continue  # gone, not ours to read, or not whole: no room
            if now - kept.alive < FRESH and _CODE.fullmatch(kept.code) and 0 < kept.port < 65536:
                found.append(kept)
    return {kept.port: kept.code for kept in sorted(found)}


def written(path: Path, lines: Iterable[str]) -> bool:
    """Write a file, whole or not at all; False where it said the same already."""
    text = "".join(f"{line}\n" for line in lines)
    if path.exists() and path.read_text("utf-8") == text:
        return False
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, "utf-8")
    new.replace(path)
    return True


def main(into: Path, folders: Iterable[Path]) -> int:
    """Write both files; the exit code."""
    rooms = sorted(rooms_in(folders, time.time()).items())
    routes = [rf"~*^/{code}(/|$) 127.0.0.1:{port};" for port, code in rooms]
    front = [f"server 127.0.0.1:{port};" for port, _ in rooms]
    changed = [written(into / "rooms.map", routes), written(into / "rooms.front", front)]
    return 0 if any(changed) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), map(Path, sys.argv[2:])))
