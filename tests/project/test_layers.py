"""The house: imports go down only, and every package says what it is and whom it may know."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

LAYERS = (
    "cli",
    "debrief",
    "exercise",
    "handouts",
    "odds",
    "plain",
    "room",
    "rules",
    "scenario",
    "tui",
)


def test_imports_go_down_the_layers_only(repository: Path) -> None:
    """import-linter finds every contract of pyproject.toml kept."""
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=repository,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=None,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_is_a_folder_for_each_layer_and_no_other(repository: Path) -> None:
    """A layer that is not built has no folder, and none is built beside the plan."""
    packages = {path.parent.name for path in (repository / "tabletop").glob("*/__init__.py")}
    assert packages == set(LAYERS)


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_says_what_it_may_import(repository: Path, layer: str) -> None:
    """The docstring of a layer tells what lives there and what it imports."""
    text = (repository / "tabletop" / layer / "__init__.py").read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text)) or ""
    assert len(docstring.splitlines()) >= 3, "one sentence, then who may import whom"
    assert "import" in docstring.lower()


def test_every_package_has_a_docstring(repository: Path) -> None:
    """Also packages inside layers, and those of tests and benchmarks that hold code."""
    for path in sorted((repository / "tabletop").rglob("__init__.py")):
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
