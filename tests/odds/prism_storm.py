"""Asks Storm for the odds of a scenario; only where `stormpy` is installed, and only in tests."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

from tabletop.scenario.schema import Scenario
from tests.odds.prism import export


@dataclass(frozen=True)
class Solved:
    """Storm's answers to several questions on one model, and what they took."""

    answers: tuple[Fraction, ...]
    states: int
    seconds: float


def storm_odds(
    scenario: Scenario,
    doctrine: str,
    *,
    aim: str | None = None,
    assumptions: Mapping[str, str] | None = None,
    plan: str | None = None,
    exact: bool = True,
) -> dict[str, Fraction]:
    """The probability of each ending under a doctrine of the scenario or `prism.UNIFORM`.

    For one aim, or with the aim drawn by its prior. With `exact`, in fractions throughout;
    without, in floats by a solver for models without circles, which is several times faster.
    """
    model = export(scenario, doctrine, aim=aim, assumptions=assumptions, plan=plan)
    asked = [f"P=? [F (at = at_over & ending = {n})]" for n in range(len(scenario.endings))]
    solved = ask_storm(model, asked, exact=exact)
    return dict(zip(scenario.endings, solved.answers, strict=True))


def storm_best_and_worst(
    scenario: Scenario,
    values: Mapping[str, float],
    *,
    aim: str | None = None,
    assumptions: Mapping[str, str] | None = None,
    plan: str | None = None,
    exact: bool = True,
) -> tuple[Fraction, Fraction]:
    """The most and the least that play can make of an objective; without an aim, knowing it."""
    model = export(scenario, None, aim=aim, assumptions=assumptions, plan=plan, values=values)
    asked = [f'R{{"value"}}{most}=? [F at = at_done]' for most in ("max", "min")]
    best, worst = ask_storm(model, asked, exact=exact).answers
    return best, worst


def ask_storm(model: str, properties: list[str], *, exact: bool = True) -> Solved:
    """Storm's answers for a model's first state."""
    # Untyped, and seldom installed.
    stormpy: Any = import_module("stormpy")
    developer: Any = import_module("stormpy.developer")
    environments: Any = import_module("stormpy.environments")
    began = perf_counter()
    with tempfile.TemporaryDirectory(prefix="tabletop-prism-") as folder:
        path = Path(folder) / "model.prism"
        path.write_text(model, encoding="utf-8")
        program = stormpy.parse_prism_program(str(path))
    asked = stormpy.parse_properties("; ".join(properties), program)
    built = stormpy.build_model[stormpy.Rational if exact else float](program, asked)
    environment = environments.exact() if exact else environments.sound()
    if not exact and built.model_type.name == "DTMC":
        kind = developer.EquationSolverType.ACYCLIC
        environment.solver().set_linear_equation_solver_type(kind)
    first = built.initial_states[0]
    answers = tuple(
        Fraction(str(stormpy.model_checking(built, one, environment=environment).get_value(first)))
        for one in asked
    )
    return Solved(answers, built.nr_states, perf_counter() - began)
