"""The user's settings: one TOML file, every entry also an environment variable."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from tabletop.cli.faults import unknown
from tabletop.errors import UsageError

FILE_VARIABLE = "TABLETOP_SETTINGS"
PREFIX = "TABLETOP_"
LARGEST_FILE = 100_000
_LONGEST_SHOWN = 60
_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off", ""})
_TOML_PLACE = re.compile(r"\((?:at line (\d+), column (\d+)|at end of document)\)")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set for good; None leaves the choice to the part that it concerns."""

    theme: str | None = None
    """The colours of the terminal interface, by name."""
    plain: bool = False
    """Whether to play line by line even where a screen would do."""
    reduced_motion: bool = False
    """Whether nothing may move on the screen."""
    saves: Path | None = None
    """The folder of saves."""
    scenarios: Path | None = None
    """The folder with scenarios of one's own."""
    language: str | None = None
    """The language of scenario texts, as `ko`, where a translation exists."""
    name: str = ""
    """How the player wants to be called."""
    adviser: bool = False
    """Whether an adviser speaks from the first decision of a game."""


def default_file() -> Path:
    """Where this system keeps the settings of a user."""
    from platformdirs import user_config_path

    return user_config_path("tabletop", appauthor=False) / "settings.toml"


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in force: the file's, and before them those of the environment.

    Raises `UsageError` with one line a fault, `file:line: key: what`, and OSError where
    the file exists and cannot be read.
    """
    environment = os.environ if environment is None else environment
    faults: list[str] = []
    named = environment.get(FILE_VARIABLE)
    values = _from_file(Path(named).expanduser() if named else default_file(), bool(named), faults)
    values |= _from_environment(environment, faults)
    if faults:
        raise UsageError("\n".join(faults))
    return Settings(**values)


def keep(name: str, value: object) -> None:
    """Write one setting into the file, leaving the rest of it as it is.

    Raises `UsageError` for a value that the setting cannot have, and OSError where the
    file cannot be written.
    """
    try:
        _READERS[name](value)
    except (KeyError, ValueError) as error:
        raise UsageError(f"{name}: {error}") from None
    named = os.environ.get(FILE_VARIABLE)
    file = Path(named).expanduser() if named else default_file()
    lines = file.read_text("utf-8-sig").splitlines() if file.exists() else []
    entry = f"{name} = {_toml(value)}"
    place = next((i for i, line in enumerate(lines) if _assigns(name, line)), None)
    if place is None:
        # Before any table: a key after a table's heading belongs to the table.
        lines.insert(0, entry)
    else:
        lines[place] = entry
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    fresh.write_text("\n".join(lines) + "\n", "utf-8")
    fresh.replace(file)


def _assigns(name: str, line: str) -> bool:
    return line.partition("=")[0].strip().strip("\"'") == name and "=" in line


def _toml(value: object) -> str:
    # A JSON text is also a TOML text, and so are its truth values.
    import json

    return json.dumps(value, ensure_ascii=False)


def _from_file(file: Path, must_exist: bool, faults: list[str]) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        if must_exist:
            faults.append(f"{file}: no such file ({FILE_VARIABLE} names it)")
        return {}
    if len(raw) > LARGEST_FILE:
        faults.append(f"{file}: larger than {LARGEST_FILE} bytes: not a settings file")
        return {}
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.append(f"{file}:{line}: not UTF-8 text")
        return {}
    return _from_text(text, str(file), faults)


def _from_text(text: str, file: str, faults: list[str]) -> dict[str, Any]:
    import tomllib

    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _TOML_PLACE.search(str(error))
        last = str(max(1, len(text.splitlines())))
        line = f"{place[1]}:{place[2]}" if place and place[1] else last
        what = _TOML_PLACE.sub("", str(error)).strip().rstrip(".")
        faults.append(f"{file}:{line}: {what[:1].lower()}{what[1:]}")
        return {}
    values: dict[str, Any] = {}
    for key, value in table.items():
        place_of_key = f"{file}:{_line_of(key, text)}"
        if key not in _READERS:
            faults.append(f"{place_of_key}: {unknown('setting', key, _READERS)}")
            continue
        try:
            values[key] = _READERS[key](value)
        except ValueError as error:
            faults.append(f"{place_of_key}: {key}: {error}")
    return values


def _from_environment(environment: Mapping[str, str], faults: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, read in _READERS.items():
        given = environment.get(PREFIX + key.upper())
        if given is None:
            continue
        try:
            values[key] = read(given)
        except ValueError as error:
            faults.append(f"{PREFIX}{key.upper()}: {error}")
    return values


def _line_of(key: str, text: str) -> int:
    pattern = re.compile(rf"\s*\[?\s*[\"']?{re.escape(key)}\b")
    for number, line in enumerate(text.splitlines(), 1):
        if pattern.match(line):
            return number
    return 1


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = value.strip().casefold() if isinstance(value, str) else None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(f"{_shown(value)} is neither true nor false")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{_shown(value)} is not a text in quotes")  # noqa: TRY004 - faults are collected
    return value.strip()


def _name(value: Any) -> str | None:
    return _text(value) or None


def _folder(value: Any) -> Path | None:
    text = _text(value)
    if "\0" in text:
        raise ValueError("a path holds no null character")
    return Path(text).expanduser() if text else None


def _language(value: Any) -> str | None:
    text = _text(value).casefold()
    if text and not re.fullmatch(r"[a-z]{2,3}", text):
        raise ValueError(f"{_shown(value)} is not a language such as en or ko")
    return text or None


_READERS: dict[str, Callable[[Any], Any]] = {
    "theme": _name,
    "plain": _switch,
    "reduced_motion": _switch,
    "saves": _folder,
    "scenarios": _folder,
    "language": _language,
    "name": _text,
    "adviser": _switch,
}
assert list(_READERS) == [field.name for field in fields(Settings)]
