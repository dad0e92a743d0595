"""Kinds of values on the command line: known by name, told apart, completed by the shell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from tabletop.cli.faults import unknown
from tabletop.errors import TabletopError

if TYPE_CHECKING:
    Words = click.ParamType[str]
    Numbers = click.ParamType[int]
    Files = click.ParamType[Path]
    Sizes = click.ParamType[tuple[int, int]]
else:
    # Older releases of click know no parameters of this type.
    Words = Numbers = Files = Sizes = click.ParamType


_LONGEST_NUMBER = 40


class Among(Words):
    """One of a few known words."""

    def __init__(self, kind: str, words: Sequence[str]) -> None:
        self.name = kind
        self.words = tuple(words)

    def get_metavar(
        self,
        param: click.Parameter,  # noqa: ARG002 - click's signature
        ctx: click.Context | None = None,  # noqa: ARG002
    ) -> str:
        """The words themselves, as the help shows them."""
        return f"[{'|'.join(self.words)}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word in lower case; refuses another one with the nearest."""
        word = str(value).casefold()
        if word not in self.words:
            self.fail(unknown(self.name, str(value), self.words), param, ctx)
        return word

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002 - click's signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """The words that begin so."""
        return [CompletionItem(word) for word in self.words if word.startswith(incomplete)]


class WholeNumber(Numbers):
    """A whole number between two others."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self.least = least
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; refuses what is none and what lies outside."""
        try:
            number = int(str(value)[:_LONGEST_NUMBER])
        except ValueError:
            self.fail(f"{str(value)[:_LONGEST_NUMBER]!r} is not a whole number", param, ctx)
        if not self.least <= number <= self.most:
            self.fail(f"{number} is not between {self.least} and {self.most}", param, ctx)
        return number


class Cells(Sizes):
    """The size of a terminal, as COLUMNSxROWS, between two others."""

    name = "size"

    def __init__(self, least: tuple[int, int], most: tuple[int, int]) -> None:
        self.least = least
        self.most = most

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Columns and rows; refuses what is no size and what nobody could read."""
        columns, by, rows = str(value)[:_LONGEST_NUMBER].casefold().partition("x")
        if not (by and columns.isdecimal() and rows.isdecimal()):
            self.fail(f"{str(value)[:_LONGEST_NUMBER]!r} is not a size such as 120x40", param, ctx)
        size = int(columns), int(rows)
        for cells, least, most, kind in zip(
            size, self.least, self.most, ("columns", "rows"), strict=True
        ):
            if not least <= cells <= most:
                self.fail(f"{cells} {kind} are not between {least} and {most}", param, ctx)
        return size


class ScenarioName(Words):
    """A scenario by id, or by the path of its file."""

    name = "scenario"

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 - click's signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """The ids of known scenarios that begin so, and files."""
        from tabletop.cli.surroundings import known_scenarios

        known: Iterable[str] = ()
        # A fault of the settings has its time when the command runs.
        with suppress(TabletopError, OSError):
            known = known_scenarios(ctx)
        return _completed(known, incomplete)


class SaveName(Files):
    """A save, by the path of its file or by its name in the saves folder.

    With `samples`, those that ship with the program are known by their names too.
    """

    name = "save"

    def __init__(self, *, samples: bool) -> None:
        self.samples = samples

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002 - click's signature
        ctx: click.Context | None,
    ) -> Path:
        """The path as given where it exists; else that of a save of this name."""
        path = Path(value)
        if ctx is None or ctx.resilient_parsing or path.exists() or path.name != str(value):
            return path
        from tabletop.cli.surroundings import saves_folder

        for name in (path.name, f"{path.name}.jsonl"):
            if (saves_folder(ctx) / name).is_file():
                return saves_folder(ctx) / name
        if self.samples:
            from tabletop.exercise.samples import find_sample

            return find_sample(path.name) or path
        return path

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 - click's signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """Saves of the folder and samples that begin so, and files."""
        from tabletop.cli.surroundings import saves_folder
        from tabletop.exercise.samples import samples

        known: list[str] = []
        with suppress(TabletopError, OSError):
            known = sorted(path.name for path in saves_folder(ctx).glob("*.jsonl"))
        return _completed([*known, *(samples() if self.samples else ())], incomplete)


def _completed(known: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """The names that begin so, and whatever files the shell finds."""
    names = [CompletionItem(name) for name in known if name.startswith(incomplete)]
    return [*names, CompletionItem(incomplete, type="file")]


class ScenarioOrSaveName(Words):
    """A scenario or a save, by name or path."""

    name = "scenario or save"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Scenarios, saves and samples that begin so, and files."""
        scenarios = SCENARIO.shell_complete(ctx, param, incomplete)[:-1]
        return [*scenarios, *SAVE.shell_complete(ctx, param, incomplete)]


def save_meant(ctx: click.Context, name: str) -> Path | None:
    """The save that a name or path stands for; None where it stands for a scenario.

    Of a scenario and a save of one name the scenario is meant; the save's has an ending.
    """
    if name.endswith(SAVE_ENDING):
        return SAVE.convert(name, None, ctx)
    path = Path(name)
    try:
        if path.is_file():
            with path.open("rb") as opened:
                return path if opened.read(1) == b"{" else None
    except (OSError, ValueError):
        return None
    from tabletop.cli.surroundings import known_scenarios

    if name in known_scenarios(ctx):
        return None
    found = SAVE.convert(name, None, ctx)
    return found if found != path else None


SAVE_ENDING = ".jsonl"
SCENARIO = ScenarioName()
SCENARIO_OR_SAVE = ScenarioOrSaveName()
SAVE = SaveName(samples=True)
"""A save to look at."""
OWN_SAVE = SaveName(samples=False)
"""A save to go on with."""
