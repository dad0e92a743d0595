"""A thing wrong with a scenario that has a valid shape, before its place in the file is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tabletop.errors import Fault
from tabletop.scenario.wording import Path

if TYPE_CHECKING:
    from tabletop.scenario.tree import Tree


@dataclass(frozen=True)
class Problem:
    """What is wrong, at which part; `is_key` means the key and not its value."""

    path: Path
    what: str
    is_key: bool = False
    offset: int | None = None
    """Characters into a text, such as a guard."""

    def fault(self, tree: Tree) -> Fault:
        """The same with its place in the file."""
        return tree.fault(self.path, self.what, key=self.is_key, offset=self.offset)
