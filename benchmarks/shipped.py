"""The shipped scenario as play compiles it, and folders where a program finds nobody's things."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.scenario.source import load

REPOSITORY = Path(__file__).resolve().parent.parent
SCENARIO = REPOSITORY / "scenarios" / "north-korea-2017.yaml"


def program(assumptions: dict[str, str] | None = None) -> Program:
    """Its program under some assumptions; the defaults where none are given."""
    return compile_program(load(SCENARIO).scenario, assumptions)


@contextmanager
def own_folders() -> Iterator[Path]:
    """Settings, caches and saves of nobody, and this checkout on the path of what is started."""
    with tempfile.TemporaryDirectory(prefix="tabletop-bench-") as name:
        folder = Path(name)
        kinds = ("CONFIG", "DATA", "CACHE", "STATE")
        own = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in kinds}
        own |= {"HOME": name, "PYTHONPATH": str(REPOSITORY)}
        # As installed: with bytecode, whatever the checkout and this environment keep of it.
        own["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
        with patch.dict(os.environ, own):
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            yield folder
