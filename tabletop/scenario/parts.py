"""The building blocks that several parts of a scenario share.

Parts are plain frozen dataclasses: play needs no validation library. The limits
stand in the annotations, and `tabletop.scenario.source` lets pydantic check them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

MAX_BRIEF_WORDS = 120
MAX_TEXT_WORDS = 90
MAX_TITLE_CHARACTERS = 60


@dataclass(frozen=True)
class Limits:
    """Bounds of a value, told to pydantic: of numbers, of lengths, of words, or a pattern."""

    ge: float | None = None
    le: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    words: int | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        schema = handler(source)
        given: dict[str, Any] = {"ge": self.ge, "le": self.le, "min_length": self.min_length}
        given |= {"max_length": self.max_length, "pattern": self.pattern}
        schema.update({name: limit for name, limit in given.items() if limit is not None})
        if self.words is None:
            return schema
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self._count_words, schema)

    def _count_words(self, text: str) -> str:
        count = len(text.split())
        if self.words is not None and count > self.words:
            raise ValueError(f"{count} words, at most {self.words} fit a screen")
        return text


def key(name: str) -> str:
    """The key in a file for a field: `for_` and `from_` stand for Python's own words."""
    return name.rstrip("_")


class Part:
    """A piece of a scenario: immutable, and no key that the schema does not know."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "alias_generator": key,
    }

    def __eq__(self, other: object) -> bool:
        # Once for all parts: one made for each class would cost every start several ms.
        return type(other) is type(self) and vars(other) == vars(self)

    __hash__ = None  # type: ignore[assignment]  # most parts hold mappings


Id = Annotated[str, Limits(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
"""A name that rules and files use; it never changes once a scenario is published."""

EvidenceId = Annotated[str, Limits(pattern=r"^[A-Z][A-Z]?[0-9]{1,3}$")]
"""The short name of an evidence card, such as A33."""

Title = Annotated[str, Limits(min_length=1, max_length=MAX_TITLE_CHARACTERS)]
Text = Annotated[str, Limits(min_length=1, words=MAX_TEXT_WORDS)]
Brief = Annotated[str, Limits(min_length=1, words=MAX_BRIEF_WORDS)]
LongText = Annotated[str, Limits(min_length=1, words=4 * MAX_BRIEF_WORDS)]

Guard = Annotated[str, Limits(min_length=1, max_length=200)]
"""A condition, in the language of `tabletop.scenario.expression`."""

Weight = int | str
"""An integer, or a sum of integers and integers times guards."""

Delta = Annotated[int, Limits(ge=-20, le=20)]


@dataclass(frozen=True, kw_only=True, eq=False)
class Callback(Part):
    """Text that is added when an earlier choice or event has happened in this line of play."""

    after: Id
    text: Text


@dataclass(frozen=True, kw_only=True, eq=False)
class Telling(Part):
    """Text that people read, and what it adds for those who remember or look closely."""

    text: Text | None = None
    tells: Mapping[Id, Text] = field(default_factory=dict)
    """By aim: what an attentive reader could notice under that aim."""
    callbacks: tuple[Callback, ...] = ()
    cites: tuple[EvidenceId, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Also(Part):
    """A further effect that happens only when its guard holds, and who causes it."""

    when: Guard
    effects: Mapping[Id, Delta] = field(default_factory=dict)
    sets: tuple[Id, ...] = ()
    clears: tuple[Id, ...] = ()
    by: Id | None = None
    text: Text | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Consequence(Telling):
    """What happens to the world: tracks move, flags are set or cleared."""

    effects: Mapping[Id, Delta] = field(default_factory=dict)
    sets: tuple[Id, ...] = ()
    clears: tuple[Id, ...] = ()
    also: tuple[Also, ...] = ()
