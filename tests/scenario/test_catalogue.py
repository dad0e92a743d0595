"""Scenarios are found by name or path, in a checkout and in an installed package alike."""

from __future__ import annotations

from pathlib import Path

import pytest

import tabletop
from tabletop.errors import UsageError
from tabletop.scenario import catalogue
from tabletop.scenario.catalogue import available, find, scenarios_in, shipped, shipped_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("reef.yaml", "reef.ko.yaml", "harbour.yml", "notes.txt", "north-korea-2017.yaml"):
        (tmp_path / name).write_text("format: 1\n", encoding="utf-8")
    (tmp_path / "folder.yaml").mkdir()
    return tmp_path


def test_shipped_scenarios_are_found_in_a_checkout(repository: Path) -> None:
    """They stand at the top of the repository, where authors look."""
    assert shipped_folder() == repository / "scenarios"
    assert repository / "scenarios" / "north-korea-2017.yaml" in shipped()
    assert find("north-korea-2017") == repository / "scenarios" / "north-korea-2017.yaml"


def test_shipped_scenarios_are_found_inside_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wheel holds them in the package; that goes before a folder that happens to be beside it."""
    package = tmp_path / "site-packages" / "tabletop"
    (package / "scenarios").mkdir(parents=True)
    (package.parent / "scenarios").mkdir()
    (package / "scenarios" / "reef.yaml").touch()
    monkeypatch.setattr(tabletop, "__file__", str(package / "__init__.py"))
    assert shipped() == [package / "scenarios" / "reef.yaml"]


def test_without_any_shipped_scenarios_nothing_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package that was taken apart still opens files by path."""
    monkeypatch.setattr(tabletop, "__file__", str(tmp_path / "tabletop" / "__init__.py"))
    assert (shipped_folder(), shipped()) == (None, [])
    with pytest.raises(UsageError, match=r"^unknown scenario 'reef'$"):
        find("reef")


def test_a_folder_s_scenarios_leave_out_translations_and_other_files(folder: Path) -> None:
    """`reef.ko.yaml` is the Korean of `reef.yaml`."""
    names = [path.name for path in scenarios_in(folder)]
    assert names == ["harbour.yml", "north-korea-2017.yaml", "reef.yaml"]
    assert scenarios_in(folder / "gone") == []


def test_user_folders_add_to_what_is_shipped_and_never_replace_it(folder: Path) -> None:
    """A name means the same scenario on every machine; a changed copy is called by its path."""
    assert available([folder])["reef"] == folder / "reef.yaml"
    assert available([folder])["north-korea-2017"] != folder / "north-korea-2017.yaml"
    assert find("harbour", [folder]) == folder / "harbour.yml"


def test_a_path_is_taken_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anything with a separator or an ending is a path, from here or from the home folder."""
    assert find(str(folder / "reef.yaml")) == folder / "reef.yaml"
    monkeypatch.chdir(folder)
    assert find("reef.yaml") == Path("reef.yaml")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    assert find("~/reef.yaml") == folder / "reef.yaml"


@pytest.mark.parametrize(
    "asked, said",
    [
        (
            "north-korea-2107",
            "unknown scenario 'north-korea-2107' (did you mean north-korea-2017?)",
        ),
        ("reeef", "unknown scenario 'reeef' (did you mean reef?)"),
        ("x/reef.yaml", "there is no file 'x/reef.yaml'"),
        ("./reeef.yaml", "there is no file './reeef.yaml' (did you mean reef.yaml?)"),
        ("./folder.yaml", "'./folder.yaml' is not a file"),
        ("nul\0.yaml", "there is no file 'nul.yaml'"),
        ("n" * 300 + ".yaml", "there is no file"),
        ("\x1b]0;x\x07", "unknown scenario ']0;x'"),
        ("", "unknown scenario ''"),
    ],
)
def test_what_is_not_found_is_told_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, asked: str, said: str
) -> None:
    """With the nearest name, and harmless in a terminal."""
    monkeypatch.chdir(folder)
    with pytest.raises(UsageError) as caught:
        find(asked, [folder])
    assert said in str(caught.value)
    assert str(caught.value).isprintable()


def test_endings_of_scenario_files_are_those_of_yaml() -> None:
    """Nothing else is picked up from a user's folder."""
    assert catalogue.ENDINGS == (".yaml", ".yml")
