"""The samples that ship with the program: found wherever it stands, by their names or their ends."""

from __future__ import annotations

from pathlib import Path

import pytest

import tabletop
from tabletop.exercise import samples
from tabletop.exercise.desk import Desk


def test_the_shipped_samples_are_found_by_name(tmp_path: Path) -> None:
    """With or without the file's ending, or by the last part alone where that is clear."""
    known = samples.samples()
    assert set(known) == {
        "first-game",
        *(
            f"north-korea-2017-{each}"
            for each in (
                "history",
                "talks-first",
                "other-luck",
                "pressure-first",
                "rupture",
                "override",
            )
        ),
    }
    for name in ("north-korea-2017-history", "north-korea-2017-history.jsonl", "history"):
        assert samples.find_sample(name) == known["north-korea-2017-history"]
    for name in ("", "-", "istory", "first", "north-korea-2017", "gam", ".jsonl"):
        assert samples.find_sample(name) is None
    listed = {save.path for save in Desk(tmp_path).samples() if save.ended}
    assert listed == set(known.values())


@pytest.mark.parametrize(
    "package, folder",
    [("site/tabletop", "site/tabletop/saves"), ("checkout/tabletop", "checkout/saves/samples")],
    ids=["installed", "checkout"],
)
def test_samples_are_found_inside_the_package_or_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, folder: str
) -> None:
    """The wheel keeps them in the package, a checkout at its top."""
    for each in (package, folder):
        (tmp_path / each).mkdir(parents=True, exist_ok=True)
    for name in ("a-game.jsonl", "b-game.jsonl", "README.md"):
        (tmp_path / folder / name).write_text("")
    monkeypatch.setattr(tabletop, "__file__", str(tmp_path / package / "__init__.py"))
    assert samples.samples_folder() == tmp_path / folder
    assert set(samples.samples()) == {"a-game", "b-game"}
    assert samples.find_sample("game") is None
    assert samples.find_sample("b-game") == tmp_path / folder / "b-game.jsonl"


def test_without_samples_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may have left them out of an installation."""
    monkeypatch.setattr(tabletop, "__file__", str(tmp_path / "tabletop" / "__init__.py"))
    assert samples.samples() == {}
    assert samples.find_sample("history") is None
    assert Desk(tmp_path).samples() == []
