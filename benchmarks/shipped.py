"""The shipped scenario, loaded and compiled as play does it."""

from __future__ import annotations

from pathlib import Path

from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.scenario.source import load

REPOSITORY = Path(__file__).resolve().parent.parent
SCENARIO = REPOSITORY / "scenarios" / "north-korea-2017.yaml"


def program(assumptions: dict[str, str] | None = None) -> Program:
    """Its program under some assumptions; the defaults where none are given."""
    return compile_program(load(SCENARIO).scenario, assumptions)
