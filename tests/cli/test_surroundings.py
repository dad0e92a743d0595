"""What a command finds around it: folders, and whether there is a screen."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pytest

from tabletop.cli import surroundings
from tabletop.cli.verbs import tabletop


def _context(*options: str) -> click.Context:
    return tabletop.make_context("tabletop", [*options, "saves"], resilient_parsing=True)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable says where saves go."""
    monkeypatch.delenv("TABLETOP_SAVES")


def test_saves_go_where_the_option_says_before_all_else(folder: Path) -> None:
    """Then where the environment or the settings say."""
    assert surroundings.saves_folder(_context("--saves", "here")) == Path("here")
    assert surroundings.saves_folder(_context()) == folder / "saves"


def test_the_settings_may_name_the_folder(folder: Path, bare: None) -> None:
    """Where no variable does."""
    (folder / "settings.toml").write_text('saves = "there"')
    assert surroundings.saves_folder(_context()) == Path("there")


def test_in_a_checkout_saves_stay_there(folder: Path, bare: None) -> None:
    """A checkout is a folder with our project file and a folder of saves."""
    (folder / "pyproject.toml").write_text('[project]\nname = "tabletop"\n')
    assert surroundings.saves_folder(_context()) != Path("saves")
    (folder / "saves").mkdir()
    assert surroundings.saves_folder(_context()) == Path("saves")


@pytest.mark.parametrize("project", ['name = "other"', 'x = "tabletop"', "\x00", ""])
def test_another_project_is_no_checkout(folder: Path, bare: None, project: str) -> None:
    """Its own folder of saves is not ours."""
    (folder / "saves").mkdir()
    (folder / "pyproject.toml").write_text(project)
    found = surroundings.saves_folder(_context())
    assert found.is_absolute()
    assert found.parts[-2:] == ("tabletop", "saves")


def test_scenarios_of_ones_own_have_a_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's data folder, or the one that is set."""
    assert surroundings.scenario_folders(_context())[0].parts[-2:] == ("tabletop", "scenarios")
    monkeypatch.setenv("TABLETOP_SCENARIOS", str(folder))
    assert surroundings.scenario_folders(_context()) == [folder]


class _Stream:
    def __init__(self, *, terminal: bool) -> None:
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    "term,reads,writes,screen",
    [
        ("xterm-256color", True, True, True),
        ("xterm-256color", False, True, False),
        ("xterm-256color", True, False, False),
        ("dumb", True, True, False),
        ("DUMB", True, True, False),
        ("unknown", True, True, False),
        ("", True, True, True),
    ],
)
def test_a_screen_needs_a_terminal_that_can_be_drawn_on(
    monkeypatch: pytest.MonkeyPatch, term: str, reads: bool, writes: bool, screen: bool
) -> None:
    """At both ends."""
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(sys, "stdin", _Stream(terminal=reads))
    monkeypatch.setattr(sys, "stdout", _Stream(terminal=writes))
    assert surroundings.has_screen() is screen


@pytest.mark.parametrize("missing", ["stdin", "stdout"])
def test_a_process_without_streams_has_no_screen(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    """Windows starts some programs without them."""
    monkeypatch.setattr(sys, "stdin", _Stream(terminal=True))
    monkeypatch.setattr(sys, "stdout", _Stream(terminal=True))
    monkeypatch.setattr(sys, missing, None)
    assert not surroundings.has_screen()


def test_plain_is_asked_for_by_option_variable_or_settings(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them suffices; without any of them the screen decides."""
    monkeypatch.setattr(surroundings, "has_screen", lambda: True)
    assert not surroundings.wants_plain(_context())
    assert surroundings.wants_plain(_context(), asked=True)
    assert surroundings.wants_plain(_context("--plain"))
    (folder / "settings.toml").write_text("plain = true")
    assert surroundings.wants_plain(_context())
    monkeypatch.setenv("TABLETOP_PLAIN", "0")
    assert not surroundings.wants_plain(_context())
    monkeypatch.setattr(surroundings, "has_screen", lambda: False)
    assert surroundings.wants_plain(_context())
