"""Keeps checked scenarios in the user's cache folder, so that play starts without checking again.

What is kept depends on the bytes of the scenario, on this package's own source and on the
Python that wrote it; anything unexpected in the folder counts as nothing kept.
"""

from __future__ import annotations

import io
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import is_dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import tabletop
from tabletop.clean import clean_line
from tabletop.scenario import evidence, moves, parts, schema
from tabletop.scenario.cache_folder import folder
from tabletop.scenario.schema import Scenario
from tabletop.scenario.source import Loaded, load, read, read_bytes

_MAX_KEPT_BYTES = 20_000_000
_MAX_KEPT_FILES = 64


def load_cached(path: Path | str) -> Loaded:
    """As `load`, and quicker where the same file has been loaded before.

    Raises `ScenarioError` with everything that is wrong with the file.
    """
    file = clean_line(str(path), 300)
    data = read_bytes(path, file)
    kept = _kept(data)
    if kept is not None:
        return Loaded(kept, data.decode(), sha256(data).hexdigest(), file, Path(path))
    loaded = load(path)
    keep(loaded)
    return loaded


def read_cached(text: str, name: str) -> Loaded:
    """As `read`, and quicker where the same text has been read before.

    Raises `ScenarioError` with everything that is wrong with the text.
    """
    with suppress(UnicodeEncodeError):
        data = text.encode()
        kept = _kept(data)
        if kept is not None:
            return Loaded(kept, text, sha256(data).hexdigest(), clean_line(name, 300))
    loaded = read(text, name)
    keep(loaded)
    return loaded


def keep(loaded: Loaded) -> bool:
    """Keep a checked scenario for the next start; says whether it was possible."""
    try:
        import tempfile

        place = _place(loaded.text.encode())
        place.parent.mkdir(parents=True, exist_ok=True)
        body = pickle.dumps(loaded.scenario, protocol=5)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(sha256(body).digest() + body)
            # Another process may have written the same in the meantime; either will do.
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _forget_oldest(place.parent)
    except (OSError, ValueError, RuntimeError):
        return False
    return True


def _kept(data: bytes) -> Scenario | None:
    """The checked scenario that is kept for these bytes, if there is one."""
    try:
        with _place(data).open("rb") as stream:
            whole = stream.read(_MAX_KEPT_BYTES)
        seal, body = whole[:32], whole[32:]
        if sha256(body).digest() != seal:
            return None
        found = _Reader(io.BytesIO(body)).load()
    except Exception:  # noqa: BLE001 - whatever is wrong with what was kept, it is read afresh
        return None
    return found if isinstance(found, Scenario) else None


def _place(data: bytes) -> Path:
    name = sha256(_edition() + sha256(data).digest()).hexdigest()[:40]
    return folder() / "scenarios" / f"{name}.pickle"


@cache
def _edition() -> bytes:
    """What the kept form depends on besides the scenario: this package's source and Python's."""
    digest = sha256(f"{tabletop.__version__} {sys.version_info}".encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.digest()


def _forget_oldest(place: Path) -> None:
    """Keep the folder small: scenarios in the making leave an entry with every change."""
    files = sorted(place.glob("*.pickle"), key=lambda each: each.stat().st_mtime, reverse=True)
    for old in files[_MAX_KEPT_FILES:]:
        old.unlink(missing_ok=True)


_KNOWN: dict[tuple[str, str], type] = {
    (module.__name__, name): part
    for module in (parts, evidence, moves, schema)
    for name, part in vars(module).items()
    if isinstance(part, type) and is_dataclass(part) and part.__module__ == module.__name__
}


class _Reader(pickle.Unpickler):
    """Reads back parts of scenarios and nothing else, whatever the file says."""

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        """The part of that name; raises `UnpicklingError` for anything else."""
        part: Callable[..., Any] | None = _KNOWN.get((module_name, global_name))
        if part is None:
            raise pickle.UnpicklingError(f"{module_name}.{global_name} is no part of a scenario")
        return part
