"""The figures of docs/model.md: what the shipped crisis gives, worked out exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from tabletop.odds import store
from tabletop.odds.doctrines import ending_odds, prior
from tabletop.odds.numbers import author_numbers
from tabletop.odds.sensitivity import Player, sensitivity
from tabletop.odds.tornado import Bar, Sensitivity, moved
from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.scenario.schema import Scenario
from tabletop.scenario.source import load

SCENARIO = Path(__file__).resolve().parent.parent / "scenarios" / "north-korea-2017.yaml"
HISTORY, RANDOM, RECKLESS = "history", "random", "reckless"
WAR, FREEZE, ICBM = "war", "negotiated_freeze", "icbm_flown"
FOREMOST = 3
"""Of what the odds hang on: how much is told."""
DIGITS = 6
"""Decimals that are kept: more than is shown, fewer than machines disagree about."""

Odds = Mapping[str, float]


@dataclass(frozen=True)
class Figures:
    """All figures of the page, as plain data; shares and worths run from 0 to 1."""

    program: str
    """The hash of the program that they hold for."""
    numbers: int
    """How many weights the author set besides the assumptions."""
    aims: Odds
    """By aim: its probability before play."""
    odds: Mapping[str, Odds]
    """By doctrine and ending."""
    worth: Mapping[str, Odds]
    """By objective and ending: what it is worth, since the bounds hang on it."""
    bounds: Mapping[str, Odds]
    """By objective: `best` and `worst`."""
    worlds: Mapping[str, Mapping[str, float]]
    """By preset and camp: what its own doctrine brings that it would accept."""
    icbm: float
    """How likely an ICBM flies while history is played."""
    hangs_on: Mapping[str, list[Mapping[str, Any]]]
    """By camp: what moves most under its own doctrine; see `foremost`."""

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; `Figures(**data)` is the way back."""
        return asdict(self)


def figures(scenario: Scenario) -> Figures:
    """Work out everything: about a minute where the game has not been solved before."""
    program = compile_program(scenario)
    bounds = store.odds_of(program).bounds
    return Figures(
        program=program.hash,
        numbers=len(author_numbers(program)),
        aims=aims(program),
        odds={name: odds(program, name) for name in program.policies},
        worth={name: dict(each.values) for name, each in scenario.objectives.items()},
        bounds={
            name: {"best": round(each.best, DIGITS), "worst": round(each.worst, DIGITS)}
            for name, each in bounds.items()
        },
        worlds=worlds(scenario),
        icbm=icbm(scenario),
        hangs_on={
            camp: foremost(sensitivity(program, Player(each.doctrine)), each.accepts)
            for camp, each in scenario.camps.items()
        },
    )


def shipped() -> Scenario:
    """The scenario that the page is about."""
    return load(SCENARIO).scenario


def aims(program: Program) -> dict[str, float]:
    """By aim: its probability before play."""
    shares = prior(program).tolist()
    return {
        name: round(share, DIGITS)
        for name, share in zip(program.scenario.aims, shares, strict=True)
    }


def odds(program: Program, doctrine: str) -> dict[str, float]:
    """The exact odds of every ending under a doctrine, averaged over the aims."""
    found = ending_odds(program, program.policies[doctrine])
    shares = prior(program)
    return {ending: round(float(by_aim @ shares), DIGITS) for ending, by_aim in found.items()}


def accepted(found: Odds, endings: tuple[str, ...]) -> float:
    """The chance of an ending that a camp would accept."""
    return sum(found[ending] for ending in endings)


def worlds(scenario: Scenario) -> dict[str, dict[str, float]]:
    """By preset and camp: what the camp's own doctrine brings there that it would accept."""
    found: dict[str, dict[str, float]] = {}
    for preset in scenario.presets:
        program = compile_program(scenario, dict(scenario.presets[preset].set))
        found[preset] = {
            name: round(accepted(odds(program, camp.doctrine), camp.accepts), DIGITS)
            for name, camp in scenario.camps.items()
        }
    return found


def icbm(scenario: Scenario) -> float:
    """How likely an intercontinental missile flies while history is played, exactly.

    The odds of a twin of the scenario, in which the same games end as the flag stands.
    """
    war, flown, rest = (replace(each, at="last") for each in [scenario.endings[WAR]] * 3)
    at_once = replace(war, at="any")
    twin = replace(
        scenario,
        endings={
            "war_after": replace(at_once, when=f"{WAR} and {ICBM}"),
            "war_before": replace(at_once, when=WAR),
            "flown": replace(flown, when=ICBM),
            "grounded": replace(rest, when=None),
        },
    )
    found = odds(compile_program(twin), HISTORY)
    return found["war_after"] + found["flown"]


def foremost(found: Sensitivity, endings: tuple[str, ...]) -> list[Mapping[str, Any]]:
    """What moves the odds most: by games that end otherwise under one of its settings."""
    return [_told(found, bar, endings) for bar in found.bars[:FOREMOST]]


def _told(found: Sensitivity, bar: Bar, endings: tuple[str, ...]) -> Mapping[str, Any]:
    return {
        "kind": bar.kind,
        "path": bar.path,
        "title": bar.title,
        "written": bar.written,
        "moved": round(found.moved(bar), DIGITS),
        "readings": [
            {
                "setting": reading.setting,
                "moved": round(moved(found.odds, reading.odds), DIGITS),
                "accepted": round(accepted(reading.odds, endings), DIGITS),
            }
            for reading in bar.readings
        ],
    }


@dataclass(frozen=True, slots=True)
class Promise:
    """A bound that the scenario was tuned to keep."""

    text: str
    value: float
    least: float = 0.0
    most: float = 1.0

    @property
    def kept(self) -> bool:
        """Whether the value stands within its bounds."""
        return self.least <= self.value <= self.most


def promises(scenario: Scenario, found: Mapping[str, Odds], flown: float) -> list[Promise]:
    """What the tuning holds to, with what it is, from the odds by doctrine and ending."""
    sober = {name: each for name, each in found.items() if name != RECKLESS}
    rarest = min(max(each[ending] for each in found.values()) for ending in scenario.endings)
    camps = [accepted(found[camp.doctrine], camp.accepts) for camp in scenario.camps.values()]
    return [
        Promise(
            "War, under the doctrine that meets it most often among those that are not reckless",
            max(each[WAR] for each in sober.values()),
            most=0.06,
        ),
        Promise(
            "A negotiated freeze, under the doctrine that reaches it most often",
            max(each[FREEZE] for each in found.values()),
            most=0.30,
        ),
        Promise("An ICBM flies, when history is played", flown, least=0.65, most=0.90),
        Promise("The commonest ending of random games", max(found[RANDOM].values()), most=0.5),
        Promise(
            "The rarest ending, under the doctrine that reaches it most often", rarest, least=1e-6
        ),
        Promise(
            "How far the camps stand apart in what each would accept under its own doctrine",
            max(camps) - min(camps),
            most=0.05,
        ),
    ]
