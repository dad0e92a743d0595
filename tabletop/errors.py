"""Every error that tabletop raises on purpose.

TabletopError                   anything a user can cause; one clear line
+-- ScenarioError               a scenario cannot be read or is not valid: all its faults
+-- ExpressionError             a guard or weight does not parse or type-check
+-- SaveError                   a save cannot be read, written or trusted
|   +-- SaveInUseError          another process is writing this save
+-- ActionError                 an action that the exercise refuses now, with the reason
+-- UsageError                  a value on the command line or in the settings is wrong
"""

from __future__ import annotations

from dataclasses import dataclass


class TabletopError(Exception):
    """Something that a user can cause and can mend; its text is shown as it is."""


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing wrong at one place of a file; lines and columns count from 1."""

    file: str
    line: int
    column: int
    where: str
    what: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: "
        return f"{place}{self.where}: {self.what}" if self.where else f"{place}{self.what}"


class ScenarioError(TabletopError):
    """A scenario cannot be read or is not valid; `faults` lists everything found."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ExpressionError(TabletopError):
    """A guard or weight is wrong; `column` counts from 0 inside the expression."""

    def __init__(self, message: str, column: int = 0) -> None:
        super().__init__(message)
        self.column = column


class SaveError(TabletopError):
    """A save cannot be read, written or trusted."""


class SaveInUseError(SaveError):
    """Another process is writing this save."""


class ActionError(TabletopError):
    """The exercise refuses this action now; the text says why."""


class UsageError(TabletopError):
    """A value on the command line or in the settings is wrong."""
