"""What a player wishes of a scenario by name, checked against what the scenario has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import click

from tabletop.cli.faults import unknown
from tabletop.cli.surroundings import scenario_of
from tabletop.errors import UsageError
from tabletop.scenario.schema import Scenario


def checked(
    ctx: click.Context,
    name: str,
    objective: str | None,
    assume: Sequence[str],
    preset: str | None,
    plan: str | None,
    doctrine: str | None,
) -> dict[str, str]:
    """The assumptions that the wishes come to: a preset's, and over them the single ones.

    Raises `UsageError` with one line for every name that the scenario does not know.
    """
    scenario = scenario_of(ctx, name)
    faults = [
        f"{option}: {unknown(option[2:], given, known)}"
        for option, given, known in (
            ("--objective", objective, scenario.objectives),
            ("--preset", preset, scenario.presets),
            ("--plan", plan, scenario.timings),
            ("--doctrine", doctrine, scenario.doctrines),
        )
        if given is not None and given not in known
    ]
    dials: dict[str, str] = {}
    if preset is not None and preset in scenario.presets:
        dials.update(scenario.presets[preset].set)
    for wish in assume:
        dials.update(_dial(scenario, wish, faults))
    if faults:
        raise UsageError("\n".join(faults))
    return dials


def _dial(scenario: Scenario, wish: str, faults: list[str]) -> Mapping[str, str]:
    dial, equals, value = wish.partition("=")
    dial, value = dial.strip(), value.strip()
    if not equals:
        faults.append(f"--assume: {wish!r} is not DIAL=VALUE")
    elif dial not in scenario.assumptions:
        faults.append(f"--assume: {unknown('dial', dial, scenario.assumptions)}")
    elif value not in scenario.assumptions[dial].values:
        known: Iterable[str] = scenario.assumptions[dial].values
        faults.append(f"--assume: {dial}: {unknown('value', value, known)}")
    else:
        return {dial: value}
    return {}
