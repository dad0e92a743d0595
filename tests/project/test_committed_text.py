"""What is committed belongs to everybody: no address of a registry, no path of one machine."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

# Spelt in two pieces, so that this file does not hold what it looks for.
REGISTRIES = ("pypi" + ".org", "python" + "hosted", "npm" + "js.org", "deb" + ".debian.org")
MACHINE = re.compile(r"(?:^|[^\w.])/(?:work|farm|root|home|Users)/[a-z]", re.MULTILINE)
LOCKS = re.compile(
    r"(?:^|/)(?:uv\.lock|poetry\.lock|pylock[^/]*\.toml|package-lock\.json|Pipfile\.lock)$"
)


@pytest.fixture(scope="module")
def committed(repository: Path) -> list[Path]:
    """Every file under version control."""
    if shutil.which("git") is None or not (repository / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=repository, capture_output=True, check=True
    )
    names = listed.stdout.decode("utf-8").split("\0")
    return [repository / name for name in names if name and (repository / name).is_file()]


def _texts(paths: list[Path]) -> list[tuple[Path, str]]:
    found = []
    for path in paths:
        data = path.read_bytes()
        if b"\0" not in data:
            found.append((path, data.decode("utf-8", errors="replace")))
    return found


def test_no_file_names_a_package_registry(committed: list[Path]) -> None:
    """Packages come from wherever the person who installs them has chosen."""
    guilty = [path for path, text in _texts(committed) if any(host in text for host in REGISTRIES)]
    assert not guilty


def test_no_file_names_a_path_of_one_machine(committed: list[Path]) -> None:
    """What works in one folder only works for one person only."""
    assert not [
        (path, found[0]) for path, text in _texts(committed) if (found := MACHINE.findall(text))
    ]


def test_no_lock_file_is_committed(committed: list[Path], repository: Path) -> None:
    """Locks name the places that packages came from; constraints.txt pins without them."""
    names = [path.relative_to(repository).as_posix() for path in committed]
    assert not [name for name in names if LOCKS.search(name)]
    assert "constraints.txt" in names


def test_constraints_pin_versions_and_nothing_else(repository: Path) -> None:
    """Every line is a name and a version: no address, no option, no path."""
    lines = (repository / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert pins
    assert not [
        pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.]+(?: ; [\w '<>=\"]+)?", pin)
    ]


def test_played_saves_are_ignored_and_samples_are_not(
    repository: Path, committed: list[Path]
) -> None:
    """A game played in a checkout never becomes part of it by accident."""

    def ignored(name: str) -> bool:
        command = ["git", "check-ignore", "--quiet", "--no-index", name]
        return subprocess.run(command, cwd=repository, check=False).returncode == 0

    assert ignored("saves/2017-03-05-north-korea-2017-a.jsonl")
    assert not ignored("saves/samples/first-game.jsonl")
    assert not ignored("saves/README.md")
    assert repository / "saves/README.md" in committed
