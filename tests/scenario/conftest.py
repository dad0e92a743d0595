"""A whole valid scenario as text, and what is said of it once something in it is changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tabletop.errors import ScenarioError
from tabletop.scenario.source import Loaded, load, read

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "scenarios"

Change = tuple[str, str]
"""A piece of the minimal scenario's text and what stands there instead."""


@pytest.fixture(scope="session")
def minimal_path() -> Path:
    return FIXTURES / "minimal.yaml"


@pytest.fixture(scope="session")
def minimal_text(minimal_path: Path) -> str:
    return minimal_path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def minimal(minimal_path: Path) -> Loaded:
    return load(minimal_path)


@pytest.fixture(scope="session")
def edited(minimal_text: str) -> Callable[..., str]:
    """The minimal scenario's text with some pieces replaced, each where it stands first."""

    def edit(*changes: Change) -> str:
        text = minimal_text
        for old, new in changes:
            assert old in text, f"{old!r} is not in the minimal scenario"
            text = text.replace(old, new, 1)
        return text

    return edit


@pytest.fixture(scope="session")
def told(edited: Callable[..., str]) -> Callable[..., list[str]]:
    """What is said of the minimal scenario after some changes: one line a fault."""

    def tell(*changes: Change) -> list[str]:
        try:
            read(edited(*changes), "it.yaml")
        except ScenarioError as error:
            return str(error).splitlines()
        return []

    return tell
