"""Sweeps: one question put to a whole grid of scenarios, assumptions, plans and doctrines.

A sweep file is TOML. `scenarios` names shipped scenarios or files; the other lists are
multiplied with one another, and a list left out stands for its default::

    scenarios = ["north-korea-2017"]
    doctrines = ["history", "talks_first"]     # all of each scenario's where left out
    presets = ["default", "authors"]           # named sets of assumptions
    plans = ["none"]
    games = 100000
    seed = 0

    [assumptions]                              # on top of each preset
    exercises_provoke = ["none", "weak", "strong"]
"""

from __future__ import annotations

import csv
import io
import itertools
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from tabletop.clean import clean_line
from tabletop.errors import UsageError
from tabletop.odds.jobs import Question, Runner, cut, gather
from tabletop.odds.sampling import wilson
from tabletop.rules.compiler import compile_program
from tabletop.scenario.schema import Scenario

DEFAULT = "default"
NO_PLAN = "none"
MAX_POINTS = 10_000
MAX_GAMES = 1_000_000_000

Finder = Callable[[str], Scenario]
"""Finds a scenario by the name or path that a sweep file gives."""


@dataclass(frozen=True)
class Grid:
    """What a sweep file asks for."""

    scenarios: tuple[str, ...]
    doctrines: tuple[str, ...] = ()
    presets: tuple[str, ...] = (DEFAULT,)
    plans: tuple[str, ...] = (NO_PLAN,)
    assumptions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    games: int = 100_000
    seed: int = 0


class Row(NamedTuple):
    """One line of a sweep's results: how often one point of the grid came to one ending."""

    scenario: str
    version: str
    program: str
    """The program's hash: rules, settings and plan."""
    preset: str
    plan: str
    doctrine: str
    assumptions: Mapping[str, str]
    """The value of every assumption."""
    ending: str
    seed: int
    games: int
    came: int
    """How many of them came to this ending."""
    share: float
    low: float
    """The lower bound of the share's 95% Wilson interval."""
    high: float


class Point(NamedTuple):
    """One point of the grid."""

    question: Question
    program: str
    preset: str
    plan: str


def read(path: Path) -> Grid:
    """The grid of a sweep file; raises `UsageError` in one line for anything wrong with it."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8 text: byte {error.start}") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: is not TOML: {error}") from error
    try:
        return _grid(data)
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error


def _grid(data: Mapping[str, Any]) -> Grid:
    known = Grid.__dataclass_fields__
    for name in data:
        if name not in known:
            raise UsageError(f"unknown key {clean_line(name)!r}: there are {', '.join(known)}")
    lists = {name: _names(data, name) for name in ("scenarios", "doctrines", "presets", "plans")}
    if not lists["scenarios"]:
        raise UsageError("scenarios: name at least one")
    dials = data.get("assumptions", {})
    if not isinstance(dials, dict):
        raise UsageError("assumptions: must be a table of lists of values")
    found: dict[str, Any] = {name: names for name, names in lists.items() if names}
    found["assumptions"] = {dial: _names(dials, dial, "assumptions.") for dial in dials}
    found["games"] = _number(data, "games", 1, MAX_GAMES, Grid.games)
    found["seed"] = _number(data, "seed", 0, (1 << 63) - 1 - MAX_GAMES, Grid.seed)
    return Grid(**found)


def _names(data: Mapping[str, Any], name: str, where: str = "") -> tuple[str, ...]:
    names = data.get(name, [])
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        raise UsageError(f"{where}{name}: must be a list of texts")
    if name in data and not names:
        raise UsageError(f"{where}{name}: is empty; leave it out for the default")
    return tuple(dict.fromkeys(names))


def _number(data: Mapping[str, Any], name: str, low: int, high: int, default: int) -> int:
    number = data.get(name, default)
    if not isinstance(number, int) or isinstance(number, bool) or not low <= number <= high:
        raise UsageError(f"{name}: must be a whole number from {low} to {high}")
    return number


def points(grid: Grid, find: Finder) -> list[Point]:
    """Every point of a grid, each program compiled once; raises `UsageError` for unknown names."""
    found = list(itertools.islice(_points(grid, find), MAX_POINTS + 1))
    if len(found) > MAX_POINTS:
        raise UsageError(f"the grid has more than {MAX_POINTS} points: leave some values out")
    return found


def _points(grid: Grid, find: Finder) -> Iterator[Point]:
    for name in grid.scenarios:
        scenario = find(name)
        for preset, plan in itertools.product(grid.presets, grid.plans):
            base = _preset(scenario, preset)
            for values in itertools.product(*grid.assumptions.values()):
                chosen = {**base, **dict(zip(grid.assumptions, values, strict=True))}
                program = compile_program(scenario, chosen, None if plan == NO_PLAN else plan)
                for doctrine in grid.doctrines or program.policies:
                    if doctrine not in program.policies:
                        listed = ", ".join(program.policies)
                        raise UsageError(
                            f"unknown doctrine {clean_line(doctrine)!r}: {scenario.id} has {listed}"
                        )
                    yield Point(Question.of(program, doctrine), program.hash, preset, plan)


def _preset(scenario: Scenario, name: str) -> Mapping[str, str]:
    if name == DEFAULT and name not in scenario.presets:
        return {}
    if name not in scenario.presets:
        listed = ", ".join((DEFAULT, *scenario.presets))
        raise UsageError(f"unknown preset {clean_line(name)!r}: {scenario.id} has {listed}")
    return scenario.presets[name].set


def run(
    grid: Grid, asked: Sequence[Point], runner: Runner, progress: Callable[[int], None]
) -> list[Row]:
    """Play the games of every point; the same counts whatever runs them."""
    questions = [point.question for point in asked]
    tallies = gather(questions, runner(cut(questions, grid.games, grid.seed), progress))
    rows = []
    for point, tally in zip(asked, tallies, strict=True):
        question = point.question
        for ending in question.scenario.endings:
            came = tally.endings[ending]
            rows.append(
                Row(
                    question.scenario.id,
                    question.scenario.version,
                    point.program,
                    point.preset,
                    point.plan,
                    question.doctrine,
                    dict(question.assumptions),
                    ending,
                    grid.seed,
                    tally.games,
                    came,
                    tally.share(ending),
                    *wilson(came, tally.games),
                )
            )
    return rows


def table(rows: Sequence[Row]) -> list[dict[str, str | int | float]]:
    """The rows with a column for each assumption, in the order in which they first come."""
    dials = list(dict.fromkeys(dial for row in rows for dial in row.assumptions))
    flat = []
    for row in rows:
        cells: dict[str, str | int | float] = {}
        for name, value in row._asdict().items():
            if name == "assumptions":
                cells.update((f"assume_{dial}", row.assumptions.get(dial, "")) for dial in dials)
            else:
                cells[name] = value
        flat.append(cells)
    return flat


def as_csv(rows: Sequence[Row]) -> str:
    """The results as CSV (RFC 4180), with a header line."""
    cells = table(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(cells[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(cells)
    return out.getvalue()


def refuse_unwritable(path: Path) -> None:
    """Raise `UsageError` where `write` could not end well, so that no hours of games are lost."""
    if path.suffix not in (".csv", ".parquet"):
        raise UsageError(f"{path}: results are written as .csv or .parquet")
    if path.is_dir():
        raise UsageError(f"{path}: cannot be written: Is a directory")
    if not path.parent.is_dir():
        raise UsageError(f"{path}: cannot be written: there is no folder {path.parent}")
    if path.suffix == ".parquet":
        try:
            import pyarrow.parquet  # noqa: F401
        except ImportError as error:
            raise UsageError(
                "a .parquet file needs pyarrow: install it with pip install 'tabletop[cluster]', "
                "or write a .csv"
            ) from error


def write(rows: Sequence[Row], path: Path) -> None:
    """Write the results as `path` says: .parquet (the extra `cluster`) or .csv.

    Raises `UsageError` for another ending, a missing library, or a file that cannot be
    written.
    """
    refuse_unwritable(path)
    try:
        if path.suffix == ".csv":
            path.write_bytes(as_csv(rows).encode())
        else:
            _write_parquet(rows, path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error


def _write_parquet(rows: Sequence[Row], path: Path) -> None:
    from pyarrow import Table
    from pyarrow.parquet import write_table

    write_table(Table.from_pylist(table(rows)), path)
