"""Checked scenarios are kept for the next start, and nothing in the cache folder can do harm."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from tabletop.errors import ScenarioError
from tabletop.scenario import cache
from tabletop.scenario.cache import keep, load_cached, read_cached
from tabletop.scenario.cache_folder import ENVIRONMENT, folder
from tabletop.scenario.source import Loaded


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "cache"
    monkeypatch.setenv(ENVIRONMENT, str(place))
    return place


def entries(place: Path) -> list[Path]:
    return sorted((place / "scenarios").glob("*"))


def never(*_: object) -> None:
    raise AssertionError("the scenario was checked again")


def test_the_second_load_checks_nothing(
    minimal: Loaded, minimal_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it gives what the first one gave."""
    assert load_cached(minimal_path) == minimal
    monkeypatch.setattr(cache, "load", never)
    assert load_cached(minimal_path) == minimal


def test_text_and_file_share_what_is_kept(
    minimal: Loaded, minimal_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A save of a game resumes without checking the scenario that it embeds."""
    load_cached(minimal_path)
    monkeypatch.setattr(cache, "read", never)
    again = read_cached(minimal.text, "a save")
    assert (again.scenario, again.hash, again.path) == (minimal.scenario, minimal.hash, None)


def test_starting_from_the_cache_imports_neither_yaml_nor_pydantic(
    minimal_path: Path, own_folder: Path
) -> None:
    """That is what the cache is for."""
    load_cached(minimal_path)
    program = (
        "import sys; from tabletop.scenario.cache import load_cached; "
        "load_cached(sys.argv[1]); print([m for m in ('yaml', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(minimal_path)],
        env={**os.environ, "PYTHONPATH": str(Path(cache.__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_a_changed_scenario_is_read_afresh(
    minimal_text: str, tmp_path: Path, edited: Callable[..., str]
) -> None:
    """What is kept belongs to the bytes, not to the name or the time."""
    path = tmp_path / "minimal.yaml"
    path.write_text(minimal_text, encoding="utf-8")
    load_cached(path)
    path.write_text(edited(("The lighthouse", "The beacon")), encoding="utf-8")
    assert load_cached(path).scenario.title == "The beacon"


def test_faults_are_told_every_time(tmp_path: Path, edited: Callable[..., str]) -> None:
    """Nothing is kept of a scenario that is not valid."""
    path = tmp_path / "broken.yaml"
    path.write_text(edited(("course: sit", "course: sitt")), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(ScenarioError, match=r"did you mean sit\?"):
            load_cached(path)


def test_another_version_of_this_program_keeps_its_own(
    minimal_path: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change in the schema or its checks makes what was kept before unknown."""
    load_cached(minimal_path)
    monkeypatch.setattr(cache, "_edition", lambda: b"another")
    load_cached(minimal_path)
    assert len(entries(own_folder)) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[:-1],
        lambda whole: whole[:20],
        lambda whole: whole[:100] + bytes([whole[100] ^ 1]) + whole[101:],
        lambda whole: b"\0" * len(whole),
        lambda whole: sha256(b"junk").digest() + b"junk",
        lambda whole: sha256(pickle.dumps(3)).digest() + pickle.dumps(3),
    ],
    ids=["empty", "short", "seal only", "one bit", "zeros", "no pickle", "another thing"],
)
def test_damage_means_that_nothing_is_kept(
    minimal: Loaded, minimal_path: Path, own_folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    """It is read afresh and kept again."""
    load_cached(minimal_path)
    (entry,) = entries(own_folder)
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    assert load_cached(minimal_path) == minimal
    assert entry.read_bytes() == whole


class Evil:
    """Would run a command where it is read back."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.mark),)


def test_what_is_read_back_cannot_run_anything(
    minimal: Loaded, minimal_path: Path, own_folder: Path, tmp_path: Path
) -> None:
    """Only parts of scenarios are built, whatever somebody has put into the folder."""
    load_cached(minimal_path)
    (entry,) = entries(own_folder)
    body = pickle.dumps(Evil(tmp_path / "mark"))
    entry.write_bytes(sha256(body).digest() + body)
    assert load_cached(minimal_path) == minimal
    assert not (tmp_path / "mark").exists()


def test_a_folder_that_cannot_be_written_is_no_hindrance(
    minimal: Loaded, minimal_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The game starts as it would without a cache."""
    (tmp_path / "file").touch()
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "file"))
    assert load_cached(minimal_path) == minimal
    assert keep(minimal) is False


def test_a_write_that_fails_leaves_nothing_behind(
    minimal: Loaded, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk shows only when the file is put in its place."""

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert keep(minimal) is False
    assert entries(own_folder) == []


def test_several_may_keep_the_same_at_once(minimal: Loaded, own_folder: Path) -> None:
    """Whoever is last has written the same as the others."""
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(keep, [minimal] * 20))
    assert len(entries(own_folder)) == 1


def test_the_folder_stays_small(
    edited: Callable[..., str], own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An author saves a scenario a hundred times a day."""
    monkeypatch.setattr(cache, "_MAX_KEPT_FILES", 3)
    for number in range(5):
        read_cached(edited(("The lighthouse", f"The lighthouse {number}")), "it.yaml")
    assert len(entries(own_folder)) == 3


def test_the_folder_is_the_user_s_unless_told_otherwise(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """TABLETOP_CACHE names another one."""
    assert folder() == own_folder
    monkeypatch.delenv(ENVIRONMENT)
    assert folder().name == "tabletop"
    assert folder().is_absolute()
