"""Finds scenarios by name: those that are shipped, and those in the user's folders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tabletop
from tabletop.clean import clean_line
from tabletop.errors import UsageError
from tabletop.scenario.wording import did_you_mean, quote

ENDINGS = (".yaml", ".yml")


def shipped_folder() -> Path | None:
    """Where the shipped scenarios are: inside the installed package, or beside it in a checkout."""
    package = Path(tabletop.__file__).resolve().parent
    for folder in (package / "scenarios", package.parent / "scenarios"):
        if folder.is_dir():
            return folder
    return None


def shipped() -> list[Path]:
    """The files of the shipped scenarios, by name."""
    folder = shipped_folder()
    return [] if folder is None else scenarios_in(folder)


def scenarios_in(folder: Path) -> list[Path]:
    """The scenario files of a folder, by name, without translations; none if it cannot be read."""
    try:
        files = sorted(each for each in folder.iterdir() if each.suffix in ENDINGS)
        # `name.ko.yaml` is a translation of `name.yaml`.
        return [each for each in files if "." not in each.stem and each.is_file()]
    except OSError:
        return []


def available(folders: Sequence[Path] = ()) -> dict[str, Path]:
    """Every scenario that can be called by its name; a shipped one goes before others."""
    found: dict[str, Path] = {}
    for path in (*shipped(), *(each for folder in folders for each in scenarios_in(folder))):
        found.setdefault(path.stem, path)
    return found


def find(name_or_path: str, folders: Sequence[Path] = ()) -> Path:
    """The file of a scenario called by name or by path.

    Raises `UsageError` in one line, with the nearest name, if there is none.
    """
    asked = clean_line(name_or_path)
    looks_like_path = "/" in name_or_path or "\\" in name_or_path or name_or_path.endswith(ENDINGS)
    if not looks_like_path:
        known = available(folders)
        if name_or_path in known:
            return known[name_or_path]
        raise UsageError(f"unknown scenario {quote(asked)}{did_you_mean(asked, known)}")
    try:
        path = Path(name_or_path).expanduser()
        if path.is_file():
            return path
        if path.exists():
            raise UsageError(f"{quote(asked)} is not a file")
        near = did_you_mean(path.name, [each.name for each in scenarios_in(path.parent)])
    except (OSError, ValueError, RuntimeError):
        near = ""
    raise UsageError(f"there is no file {quote(asked)}{near}")
