"""What a command finds around it: settings, folders, the desk, and whether there is a screen."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.settings import Settings, load

if TYPE_CHECKING:
    from tabletop.exercise.desk import Desk
    from tabletop.scenario.schema import Scenario

_SETTINGS = "tabletop.settings"
_OUR_PROJECT = re.compile(r"^name\s*=\s*[\"']tabletop[\"']\s*$", re.MULTILINE)


def settings_of(ctx: click.Context) -> Settings:
    """The settings in force, read once a command. Raises `UsageError` for their faults."""
    if _SETTINGS not in ctx.meta:
        ctx.meta[_SETTINGS] = load()
    found = ctx.meta[_SETTINGS]
    assert isinstance(found, Settings)
    return found


def saves_folder(ctx: click.Context) -> Path:
    """Where saves are: as the option says, or the settings, or in a checkout, or the user's own."""
    option = ctx.find_root().params.get("saves")
    if option is not None:
        return Path(option).expanduser()
    configured = settings_of(ctx).saves
    if configured is not None:
        return configured
    if in_checkout(Path()):
        return Path("saves")
    from platformdirs import user_data_path

    return user_data_path("tabletop", appauthor=False) / "saves"


def in_checkout(folder: Path) -> bool:
    """Whether `folder` is the top of a checkout of this project."""
    if not (folder / "saves").is_dir():
        return False
    try:
        project = (folder / "pyproject.toml").read_text("utf-8")
    except (OSError, ValueError):
        return False
    return _OUR_PROJECT.search(project) is not None


def scenario_folders(ctx: click.Context) -> list[Path]:
    """The folders with scenarios of the user's own."""
    configured = settings_of(ctx).scenarios
    if configured is not None:
        return [configured]
    from platformdirs import user_data_path

    return [user_data_path("tabletop", appauthor=False) / "scenarios"]


def desk_of(ctx: click.Context) -> Desk:
    """The desk where games are found, begun and continued."""
    from tabletop.exercise.desk import Desk

    return Desk(saves_folder(ctx), scenario_folders(ctx), settings_of(ctx).language)


def scenario_of(ctx: click.Context, name: str) -> Scenario:
    """The scenario of this id or path. Raises `ScenarioError` with everything wrong with it."""
    from tabletop.scenario.cache import load_cached
    from tabletop.scenario.catalogue import find

    return load_cached(find(name, scenario_folders(ctx))).scenario


def known_scenarios(ctx: click.Context) -> dict[str, Path]:
    """Every scenario that can be called by its name."""
    from tabletop.scenario.catalogue import available

    return available(scenario_folders(ctx))


def wants_plain(ctx: click.Context, asked: bool = False) -> bool:
    """Whether to speak line by line: where asked for, and where there is no screen to draw on."""
    if asked or ctx.find_root().params.get("plain") or settings_of(ctx).plain:
        return True
    return not has_screen()


def has_screen() -> bool:
    """Whether a terminal that can be drawn on is at both ends of this process."""
    if os.environ.get("TERM", "").casefold() in {"dumb", "unknown"}:
        return False
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
