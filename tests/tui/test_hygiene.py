"""What is imported when: lower layers without Textual, home without the other screens."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MINIMAL = ROOT / "tests" / "fixtures" / "scenarios" / "minimal.yaml"

OPEN = """
import asyncio, json, sys
from pathlib import Path
from tabletop.exercise.desk import Desk
from tabletop.tui.app import TabletopApp, open_table
from tabletop.tui.start import Home, NewGame

async def main(start):
    desk = Desk(Path(sys.argv[1]))
    app = TabletopApp(desk, open_table(desk, start), start=start)
    async with app.run_test() as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()

asyncio.run(main({start}))
print(json.dumps(sorted(sys.modules)))
"""


def modules_after(code: str, *arguments: str) -> set[str]:
    """The names of all modules that are loaded when `code` has run in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def after_importing(module: str) -> set[str]:
    """The names of all modules that are loaded with one."""
    return modules_after(f"import json, sys, {module}; print(json.dumps(sorted(sys.modules)))")


def packages(modules: set[str]) -> set[str]:
    """The top-level packages among them."""
    return {name.partition(".")[0] for name in modules}


def test_the_layers_below_never_load_textual() -> None:
    """Nor does the module with which commands name where the interface begins."""
    for module in ("tabletop.exercise.desk", "tabletop.exercise.listing", "tabletop.tui.start"):
        loaded = packages(after_importing(module))
        assert not loaded & {"textual", "rich", "click"}, module


def test_a_desk_loads_nothing_of_games_until_one_is_asked_for() -> None:
    """The home screen paints before rules, scenarios and saves are imported."""
    ours = {name for name in after_importing("tabletop.exercise.desk") if "tabletop." in name}
    below = {"tabletop.errors"}
    assert ours == below | {"tabletop.exercise", "tabletop.exercise.desk"}


def test_themes_can_be_named_without_loading_textual() -> None:
    """A command lists them in its help."""
    assert "textual" not in packages(after_importing("tabletop.tui.theme"))


def test_home_loads_no_other_screen() -> None:
    """Screens are imported when they are first shown."""
    loaded = modules_after(OPEN.replace("{start}", "Home()"), "/nonexistent")
    screens = {name for name in loaded if name.startswith("tabletop.tui.screens.")}
    assert screens == {"tabletop.tui.screens.base", "tabletop.tui.screens.home"}


def test_a_game_from_a_warm_cache_loads_no_validation(tmp_path: Path) -> None:
    """Reading and checking YAML costs more than the whole first picture."""
    code = OPEN.replace("{start}", f"NewGame({str(MINIMAL)!r}, seed=1)")
    modules_after(code, str(tmp_path))
    loaded = packages(modules_after(code, str(tmp_path)))
    assert not loaded & {"pydantic", "pydantic_core", "yaml"}


def test_no_heavy_part_of_textual_is_loaded_for_a_game(tmp_path: Path) -> None:
    """Markdown, tables and the editor are not ours."""
    code = OPEN.replace("{start}", f"NewGame({str(MINIMAL)!r}, seed=1)")
    loaded = modules_after(code, str(tmp_path))
    heavy = {
        "textual.widgets._markdown",
        "textual.widgets._data_table",
        "textual.widgets._text_area",
        "markdown_it",
        "numpy",
        "tree_sitter",
    }
    assert not loaded & heavy


def test_home_can_be_painted_before_anything_of_the_exercise_is_loaded() -> None:
    """The desk is made when it is first asked for, behind the first picture."""
    loaded = modules_after(
        "import json, sys, tabletop.tui.app, tabletop.tui.screens.home;"
        "print(json.dumps(sorted(sys.modules)))"
    )
    assert not {name for name in loaded if name.startswith("tabletop.exercise.")}
    assert not {name for name in loaded if name.startswith(("tabletop.rules", "tabletop.scenario"))}
