"""Sizes and names of modules, and the public names that others build on."""

from __future__ import annotations

from pathlib import Path

from tabletop import errors

VAGUE = {"utils", "util", "helpers", "helper", "manager", "misc"}
LONGEST = 400
LONGER: dict[str, str] = {}
"""Modules that may be longer than `LONGEST` lines, each with its reason."""


def test_the_exception_tree_is_what_others_catch() -> None:
    """A name that is added, renamed or removed here changes what callers must catch."""
    assert [name for name in vars(errors) if not name.startswith("_")] == [
        "annotations",
        "dataclass",
        "TabletopError",
        "Fault",
        "ScenarioError",
        "ExpressionError",
        "SaveError",
        "SaveInUseError",
        "ActionError",
        "UsageError",
    ]


def test_modules_are_named_after_what_they_hold(repository: Path) -> None:
    """No module or package has a name that could hold anything."""
    paths = (repository / "tabletop").rglob("*.py")
    assert not [path for path in paths if VAGUE & {path.stem, *path.stem.split("_")}]


def test_modules_are_read_in_one_sitting(repository: Path) -> None:
    """A module longer than this wants to be two, or its reason in the list above."""
    lengths = {
        path.relative_to(repository).as_posix(): path.read_text(encoding="utf-8").count("\n")
        for path in sorted((repository / "tabletop").rglob("*.py"))
    }
    assert {name for name, lines in lengths.items() if lines > LONGEST} == set(LONGER)
