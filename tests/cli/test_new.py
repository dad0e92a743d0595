"""`tabletop new`: a scenario file to begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import run


def test_a_new_scenario_passes_check_and_can_be_played(folder: Path) -> None:
    """As it stands, with nothing to mend."""
    made = run("new", "my-crisis.yaml")
    assert (made.code, made.err) == (0, "")
    assert "Check it with: tabletop check my-crisis.yaml" in made.out
    checked = run("check", "my-crisis.yaml")
    assert (checked.code, checked.err) == (0, "")
    for doctrine in ("generous", "firm", "random"):
        for seed in range(5):
            played = run("play", "my-crisis.yaml", "--doctrine", doctrine, "--seed", seed)
            assert played.code == 0
            assert "My crisis. 3 turns." in played.out


def test_the_template_explains_itself(folder: Path) -> None:
    """Every part has a comment before it, and no mark of the template is left."""
    run("new", "x.yaml")
    text = (folder / "x.yaml").read_text("utf-8")
    assert text.count("\n# ") >= 12
    assert "@" not in text


def test_a_file_that_exists_is_left_alone(folder: Path) -> None:
    """Whatever it holds."""
    (folder / "mine.yaml").write_text("mine")
    result = run("new", "mine.yaml")
    assert (result.code, len(result.faults)) == (2, 1)
    assert (folder / "mine.yaml").read_text() == "mine"


@pytest.mark.parametrize(
    "name,better",
    [
        ("My Crisis.yaml", "my-crisis.yaml"),
        ("my_crisis.yaml", "my-crisis.yaml"),
        ("crisis.yml", "crisis.yaml"),
        ("crisis", "crisis.yaml"),
        ("2017.yaml", "new-crisis.yaml"),
        ("위기.yaml", "new-crisis.yaml"),
        (f"{'a' * 60}.yaml", f"{'a' * 40}.yaml"),
    ],
)
def test_a_name_that_no_scenario_can_have_is_refused(folder: Path, name: str, better: str) -> None:
    """With one that it could."""
    result = run("new", name)
    assert (result.code, len(result.faults)) == (2, 1)
    assert f"call it {better}" in result.err
    assert not (folder / name).exists()
    assert run("new", better).code == 0


def test_a_folder_that_is_not_there_is_one_line() -> None:
    """It is named."""
    result = run("new", "nowhere/x.yaml")
    assert (result.code, result.faults) == (2, ["nowhere/x.yaml: no such file or directory"])
