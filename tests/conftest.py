"""What every test stands on: no settings, saves or caches of the person who runs it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_OUTER = dict(os.environ)
_PREFIXES = ("TABLETOP_", "TEXTUAL", "XDG_")
_DISPLAY = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "COLORTERM", "COLUMNS", "LINES")
_HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")


def _isolate() -> tempfile.TemporaryDirectory[str]:
    """Put settings, caches and saves in an empty folder, and make every terminal the same.

    Done when this file is imported: Textual reads its variables as soon as a test imports it.
    """
    home = tempfile.TemporaryDirectory(prefix="tabletop-tests-")
    for name in list(os.environ):
        if name.startswith(_PREFIXES) or name in _DISPLAY:
            del os.environ[name]
    os.environ.update(dict.fromkeys(_HOMES, home.name))
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        os.environ[f"XDG_{kind}_HOME"] = str(Path(home.name) / kind.lower())
    os.environ["TERM"] = "xterm-256color"
    return home


_HOME = _isolate()

# Time limits would make the tests depend on the machine. In CI the cases are the same in every
# run, so that a failure is met again; elsewhere every run tries new ones.
settings.register_profile("home", deadline=None)
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci" if os.environ.get("CI") else "home")


def pytest_unconfigure() -> None:
    """Remove the folder that stood in for a home."""
    _HOME.cleanup()


@pytest.fixture(scope="session")
def outer_environment() -> Mapping[str, str]:
    """The environment as it was before the tests: for package tools, which need its settings."""
    return dict(_OUTER)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The top folder of the checkout."""
    return Path(__file__).resolve().parent.parent
