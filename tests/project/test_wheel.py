"""The wheel, as somebody gets it who has no checkout: built, installed alone, and played."""

from __future__ import annotations

import os
import subprocess
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from tabletop.scenario.source import load

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Installed:
    """A wheel in a virtual environment that holds nothing else, and an empty folder to play in."""

    wheel: Path
    programs: Path
    folder: Path
    environment: Mapping[str, str]

    def run(self, *command: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """The end of an installed program, started in the empty folder."""
        return subprocess.run(
            [str(self.programs / command[0]), *command[1:]],
            cwd=self.folder,
            env=dict(self.environment),
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )


@pytest.fixture(scope="module")
def installed(
    tmp_path_factory: pytest.TempPathFactory,
    repository: Path,
    outer_environment: Mapping[str, str],
) -> Installed:
    """The wheel of this checkout, built by pip and installed with the pinned versions."""
    top = tmp_path_factory.mktemp("wheel")
    venv.create(top / "venv", with_pip=True)
    programs = top / "venv" / ("Scripts" if os.name == "nt" else "bin")
    outer = {name: value for name, value in outer_environment.items() if name != "PYTHONPATH"}
    pip = [str(programs / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]

    def run(*arguments: str) -> None:
        done = subprocess.run(
            [*pip, *arguments], env=outer, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    run("wheel", "--no-deps", "--wheel-dir", str(top), str(repository))
    (wheel,) = top.glob("tabletop-*.whl")
    run("install", "--constraint", str(repository / "constraints.txt"), str(wheel))
    folder = top / "empty"
    folder.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return Installed(
        wheel, programs, folder, environment | {"TABLETOP_SAVES": str(folder / "saves")}
    )


def test_the_wheel_holds_scenarios_samples_styles_and_notices(
    installed: Installed, repository: Path
) -> None:
    """Everything that play needs and nothing that only building needs."""
    names = set(ZipFile(installed.wheel).namelist())
    shipped = {
        f"tabletop/scenarios/{path.name}" for path in (repository / "scenarios").glob("*.yaml")
    }
    assert {
        "tabletop/scenarios/north-korea-2017.yaml",
        "tabletop/scenarios/first-game.yaml",
    } <= shipped
    assert shipped <= names
    samples = {path.name for path in (repository / "saves/samples").iterdir()}
    assert {f"tabletop/saves/{name}" for name in samples} <= names
    styles = (repository / "tabletop").rglob("*.tcss")
    assert {path.relative_to(repository).as_posix() for path in styles} <= names
    assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in names}
    assert not [name for name in names if name.startswith(("tests", "benchmarks", "tools"))]


def test_the_installed_program_comes_from_the_wheel(installed: Installed) -> None:
    """The environment knows no checkout, and the commands are there."""
    where = installed.run("python", "-c", "import tabletop; print(tabletop.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(installed.programs.parent)
    helped = installed.run("tabletop", "--help")
    assert helped.returncode == 0, helped.stderr
    assert "play" in helped.stdout


def test_a_doctrine_plays_a_game_from_an_empty_folder(
    installed: Installed, repository: Path
) -> None:
    """The shipped scenario is found in the wheel, played to an ending, saved and verified."""
    scenario = load(repository / "scenarios/first-game.yaml").scenario
    doctrine = next(iter(scenario.doctrines))
    played = installed.run(
        "tabletop", "play", "first-game", "--plain", "--doctrine", doctrine, "--seed", "7"
    )
    assert played.returncode == 0, played.stderr
    assert any(ending.title in played.stdout for ending in scenario.endings.values())
    (save,) = (installed.folder / "saves").glob("*.jsonl")
    verified = installed.run("tabletop", "verify", str(save))
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_a_person_plays_a_game_line_by_line(installed: Installed, repository: Path) -> None:
    """Typed numbers alone lead through the first game to an ending; no escape sequence is written."""
    scenario = load(repository / "scenarios/first-game.yaml").scenario
    played = installed.run("tabletop", "play", "first-game", "--plain", typed="1\n" * 60)
    assert played.returncode == 0, played.stderr
    assert any(ending.title in played.stdout for ending in scenario.endings.values())
    assert "\x1b" not in played.stdout


def test_the_great_scenario_is_in_the_wheel_too(installed: Installed) -> None:
    """It loads and checks without a fault where it was installed."""
    checked = installed.run("tabletop", "check", "north-korea-2017")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_samples_are_replayed_by_name_where_it_was_installed(
    installed: Installed, repository: Path
) -> None:
    """Somebody who has no checkout can look at a whole game before playing one."""
    listed = installed.run("tabletop", "saves", "--samples")
    assert listed.returncode == 0, listed.stderr
    names = [line.partition(".jsonl: ")[0].strip() for line in listed.stdout.splitlines()]
    assert set(names) == {path.stem for path in (repository / "saves/samples").glob("*.jsonl")}
    verified = installed.run("tabletop", "verify", *names)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    replayed = installed.run("tabletop", "replay", "history", "--plain")
    assert replayed.returncode == 0, replayed.stderr
    assert "EndEx. The exercise is over: " in replayed.stdout
