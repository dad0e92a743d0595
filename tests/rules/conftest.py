"""Programs that the rules are tested on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.scenario.schema import Scenario
from tabletop.scenario.source import load


@pytest.fixture(scope="session")
def minimal(repository: Path) -> Scenario:
    """The smallest whole scenario."""
    return load(repository / "tests/fixtures/scenarios/minimal.yaml").scenario


@pytest.fixture(scope="session")
def shipped(repository: Path) -> Scenario:
    """The shipped crisis."""
    return load(repository / "scenarios/north-korea-2017.yaml").scenario


@pytest.fixture(scope="session", params=["minimal", "shipped"])
def program(request: pytest.FixtureRequest) -> Program:
    """A program of each of the two."""
    return compile_program(request.getfixturevalue(request.param))
