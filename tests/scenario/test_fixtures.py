"""The fixtures are what their names say: whole scenarios, and files broken in known ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.errors import ScenarioError
from tabletop.scenario.catalogue import scenarios_in
from tabletop.scenario.check import check
from tabletop.scenario.source import load

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "scenarios"


@pytest.mark.parametrize("path", scenarios_in(FIXTURES), ids=lambda path: path.stem)
def test_whole_fixtures_have_neither_faults_nor_findings(path: Path) -> None:
    """Whoever tests with them tests with real scenarios."""
    assert check(load(path)) == []


@pytest.mark.parametrize("name", ["many-faults", "loose-ends"])
def test_broken_fixtures_are_answered_word_for_word(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All faults of a file at once, in order: a reader judges best by the whole answer."""
    monkeypatch.chdir(FIXTURES / "broken")
    with pytest.raises(ScenarioError) as caught:
        load(f"{name}.yaml")
    assert str(caught.value) == Path(f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")


def test_the_alias_bomb_does_not_go_off() -> None:
    """It is answered as any other alias is."""
    with pytest.raises(ScenarioError) as caught:
        load(FIXTURES / "broken" / "alias-bomb.yaml")
    said = [fault.what for fault in caught.value.faults]
    assert "the alias *a0 stands for something else: write it out" in said
