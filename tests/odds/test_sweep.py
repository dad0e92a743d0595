"""Sweeps: the whole grid, once each, and every fault of a sweep file in one clear line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tabletop.errors import UsageError
from tabletop.odds.jobs import run_here
from tabletop.odds.sampling import sample
from tabletop.odds.sweep import Grid, as_csv, points, read, run, write
from tabletop.rules.compiler import compile_program
from tabletop.scenario.catalogue import shipped
from tabletop.scenario.schema import Scenario
from tabletop.scenario.source import load

FILES = {path.stem: path for path in shipped()}


def _find(name: str) -> Scenario:
    return load(FILES[name]).scenario


def _quiet(games: int) -> None:
    assert games > 0


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sweep.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sweep_asks_every_combination_once(tmp_path: Path) -> None:
    """Presets times dials times doctrines; settings of the file go before the preset's."""
    scenario = _find("north-korea-2017")
    dial, assumption = next(iter(scenario.assumptions.items()))
    values = list(assumption.values)
    preset = next(iter(scenario.presets))
    grid = read(
        _file(
            tmp_path,
            f"""
            scenarios = ["north-korea-2017"]
            doctrines = ["history", "random"]
            presets = ["default", "{preset}"]
            games = 20
            seed = 5
            [assumptions]
            {dial} = {values!r}
            """,
        )
    )
    asked = points(grid, _find)
    assert len(asked) == 2 * 2 * len(values)
    settings = {(dict(p.question.assumptions)[dial], p.preset, p.question.doctrine) for p in asked}
    assert len(settings) == len(asked)
    assert len({point.program for point in asked}) <= 2 * len(values)


def test_a_sweep_counts_what_sampling_counts(tmp_path: Path) -> None:
    """Every ending has a row, and shares add up to one a point."""
    program = compile_program(_find("first-game"))
    grid = Grid(("first-game",), games=60, seed=9)
    rows = run(grid, points(grid, _find), run_here, _quiet)
    assert len(rows) == len(program.policies) * len(program.endings)
    for doctrine in program.policies:
        mine = [row for row in rows if row.doctrine == doctrine]
        tally = sample(program, doctrine, 60, first_seed=9)
        assert {row.ending: row.came for row in mine} == {
            ending.id: tally.endings[ending.id] for ending in program.endings
        }
        assert sum(row.share for row in mine) == pytest.approx(1)
        assert all(row.low <= row.share <= row.high for row in mine)
        assert {row.program for row in mine} == {program.hash}


def test_results_read_back_from_csv_and_parquet(tmp_path: Path) -> None:
    """With a column for each assumption."""
    parquet = pytest.importorskip("pyarrow.parquet")
    grid = Grid(("north-korea-2017",), ("history",), games=10)
    rows = run(grid, points(grid, _find), run_here, _quiet)
    cells = list(csv.DictReader(io.StringIO(as_csv(rows), newline="")))
    assert [int(cell["came"]) for cell in cells] == [row.came for row in rows]
    assert cells[0]["assume_" + next(iter(rows[0].assumptions))]
    write(rows, tmp_path / "sweep.csv")
    assert (tmp_path / "sweep.csv").read_bytes().decode() == as_csv(rows)
    write(rows, tmp_path / "sweep.parquet")
    back = parquet.read_table(tmp_path / "sweep.parquet").to_pylist()
    assert [row["came"] for row in back] == [row.came for row in rows]


@pytest.mark.parametrize(
    "text,said",
    [
        ("scenarios = [", "not TOML"),
        ("games = 3", "scenarios: name at least one"),
        ("scenarios = []", "scenarios: is empty"),
        ('scenarios = "first-game"', "scenarios: must be a list of texts"),
        ('scenarios = ["first-game"]\ngames = 0', "games: must be a whole number from 1"),
        ('scenarios = ["first-game"]\ngames = true', "games: must be a whole number"),
        ('scenarios = ["first-game"]\nseed = -1', "seed: must be a whole number from 0"),
        ('scenarios = ["first-game"]\nassumptions = 3', "assumptions: must be a table"),
        ('scenarios = ["first-game"]\n[assumptions]\nx = 3', "assumptions.x: must be a list"),
        ('scenarios = ["first-game"]\n"a\\u001bb" = 3', "unknown key"),
    ],
)
def test_a_fault_of_a_sweep_file_is_one_clear_line(tmp_path: Path, text: str, said: str) -> None:
    """It names the file, the key and what is wanted, and shows no control character."""
    path = _file(tmp_path, text)
    with pytest.raises(UsageError, match=said) as raised:
        read(path)
    assert str(raised.value).startswith(str(path))
    assert "\n" not in str(raised.value)
    assert "\x1b" not in str(raised.value)


def test_files_that_are_no_text_are_told_apart(tmp_path: Path) -> None:
    """Missing, and binary."""
    with pytest.raises(UsageError, match="cannot be read"):
        read(tmp_path / "none.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="not UTF-8"):
        read(tmp_path / "binary.toml")


@pytest.mark.parametrize(
    "grid,said",
    [
        (Grid(("first-game",), ("nobody",)), "unknown doctrine 'nobody': first-game has"),
        (Grid(("first-game",), presets=("x",)), "unknown preset 'x'"),
        (Grid(("first-game",), plans=("x",)), "unknown plan 'x'"),
        (Grid(("first-game",), assumptions={"x": ("y",)}), "unknown assumption 'x'"),
    ],
)
def test_unknown_names_are_answered_with_the_known_ones(grid: Grid, said: str) -> None:
    """Before any game is played."""
    with pytest.raises(UsageError, match=said):
        points(grid, _find)


def test_a_grid_beyond_all_patience_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line that says what to do."""
    monkeypatch.setattr("tabletop.odds.sweep.MAX_POINTS", 2)
    with pytest.raises(UsageError, match="more than 2 points"):
        points(Grid(("first-game",)), _find)


def test_results_go_nowhere_else(tmp_path: Path) -> None:
    """Another kind of file, or a folder that is not there."""
    grid = Grid(("first-game",), ("random",), games=5)
    rows = run(grid, points(grid, _find), run_here, _quiet)
    with pytest.raises(UsageError, match=r"\.csv or \.parquet"):
        write(rows, tmp_path / "sweep.xlsx")
    for name in ("no/sweep.csv", "no/sweep.parquet"):
        with pytest.raises(UsageError, match="cannot be written"):
            write(rows, tmp_path / name)
