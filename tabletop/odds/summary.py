"""The odds of a game as plain data: how it ends under whom, and what that is worth to whom.

Nothing here needs numpy: what was worked out once is read back from the disk in a moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from tabletop.odds.refusal import Refusal

if TYPE_CHECKING:
    from tabletop.scenario.schema import Scenario

AT_RANDOM = "at random"
"""Who plays where every open response has the same chance, then every support."""

FORM = 1
"""Of the data; another number is another shape."""


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely an ending is, from 0 to 1."""

    average: float
    """Averaged over the aims by their prior."""
    by_aim: tuple[float, ...] = ()
    """If the adversary wants this or that; empty where it was sampled."""
    low: float | None = None
    high: float | None = None
    """Where it was sampled: the Wilson 95% interval."""


@dataclass(frozen=True, slots=True)
class Played:
    """What comes of one way to play on."""

    doctrine: str
    """The id of the doctrine, or `AT_RANDOM`."""
    endings: Mapping[str, Chance]
    values: Mapping[str, float]
    """By objective: the mean of what the endings are worth by it, from 0 to 1."""
    uniform: bool = False
    """Whether every open response has the same chance, then every support."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The best and the worst that play can do for one objective, from 0 to 1.

    Both know the aim and every chance, which no player does: an upper bound of what people
    can reach, and a lower one.
    """

    best: float
    """Averaged over the aims by their prior."""
    worst: float
    best_by_aim: tuple[float, ...]
    worst_by_aim: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Where in a game odds are taken from."""

    turn: int
    stage: str
    """The id."""
    line: str
    aim: str | None = None
    """The id of the aim that was drawn; None where whoever asked may not know it."""


@dataclass(frozen=True, slots=True)
class Odds:
    """The odds of a whole game, or of what is left of it."""

    program: str
    """The hash of the program."""
    method: Literal["exact", "sampled"]
    prior: Mapping[str, float]
    """By aim: its probability before play, by which averages are taken."""
    played: tuple[Played, ...]
    bounds: Mapping[str, Bound] = field(default_factory=dict)
    """By objective; empty where the odds were sampled."""
    refusal: Refusal | None = None
    """Why the odds are not exact; None where they are, or where sampling was asked for."""
    games: int = 0
    """Where they were sampled: how many games each doctrine played."""
    seed: int = 0
    """The seed of the first of them."""

    def of(self, doctrines: tuple[str, ...], objectives: tuple[str, ...]) -> Odds:
        """The part about some doctrines and objectives; about all where none are named."""
        played = tuple(
            replace(each, values=_only(each.values, objectives))
            for each in self.played
            if not doctrines or each.doctrine in doctrines
        )
        return replace(self, played=played, bounds=_only(self.bounds, objectives))


@dataclass(frozen=True, slots=True)
class Sheet:
    """Odds with the words that people know things by."""

    scenario: str
    """The id."""
    version: str
    title: str
    assumptions: Mapping[str, str]
    """Every dial with its value."""
    changed: tuple[str, ...]
    """The dials that do not stand at their default."""
    plan: str | None
    odds: Odds
    names: Mapping[str, Mapping[str, str]]
    """By kind (`endings`, `doctrines`, `objectives`, `aims`, `stages`) and id: the titles."""
    worth: Mapping[str, Mapping[str, float]]
    """By objective and ending: what the ending is worth, from 0 to 1."""
    moment: Moment | None = None
    """None for a whole game."""


def sheet(
    scenario: Scenario,
    assumptions: Mapping[str, str],
    plan: str | None,
    odds: Odds,
    moment: Moment | None = None,
) -> Sheet:
    """Odds of a scenario with its words."""
    kinds = ("endings", "doctrines", "objectives", "aims", "stages")
    names = {
        kind: {name: str(part.title) for name, part in getattr(scenario, kind).items()}
        for kind in kinds
    }
    changed = tuple(
        dial for dial, value in assumptions.items() if value != scenario.assumptions[dial].default
    )
    return Sheet(
        scenario.id,
        scenario.version,
        scenario.title,
        dict(assumptions),
        changed,
        plan,
        odds,
        names,
        {name: dict(each.values) for name, each in scenario.objectives.items()},
        moment,
    )


def _only(parts: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if not names or name in names}


def as_data(part: Odds | Sheet) -> dict[str, Any]:
    """Plain data for JSON (docs/odds.md tells its shape)."""
    return {"form": FORM, **asdict(part)}


def odds_from(data: Mapping[str, Any]) -> Odds:
    """Odds from what `as_data` made of them.

    Raises `AttributeError`, `KeyError`, `TypeError` or `ValueError` for anything else.
    """
    if data["form"] != FORM:
        raise ValueError(f"form {data['form']!r}, and this tabletop knows {FORM}")
    return _odds(data)


def sheet_from(data: Mapping[str, Any]) -> Sheet:
    """A sheet from what `as_data` made of it; raises as `odds_from`."""
    if data["form"] != FORM:
        raise ValueError(f"form {data['form']!r}, and this tabletop knows {FORM}")
    fields = {name: data[name] for name in Sheet.__dataclass_fields__}
    fields["odds"] = _odds(data["odds"])
    fields["changed"] = tuple(data["changed"])
    fields["moment"] = None if data["moment"] is None else Moment(**data["moment"])
    return Sheet(**fields)


def _odds(data: Mapping[str, Any]) -> Odds:
    fields = {name: data[name] for name in Odds.__dataclass_fields__}
    fields["played"] = tuple(
        Played(
            each["doctrine"],
            {name: _chance(chance) for name, chance in each["endings"].items()},
            each["values"],
            each["uniform"],
        )
        for each in data["played"]
    )
    fields["bounds"] = {name: _bound(each) for name, each in data["bounds"].items()}
    fields["refusal"] = None if data["refusal"] is None else Refusal(**data["refusal"])
    return Odds(**fields)


def _chance(data: Mapping[str, Any]) -> Chance:
    return Chance(data["average"], tuple(data["by_aim"]), data["low"], data["high"])


def _bound(data: Mapping[str, Any]) -> Bound:
    by_aim = tuple(data["best_by_aim"]), tuple(data["worst_by_aim"])
    return Bound(data["best"], data["worst"], *by_aim)
