"""One line of play before the solved game: all that the accounts of it are worked out from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from tabletop.errors import UsageError
from tabletop.odds.course import Course, Followed, follow
from tabletop.odds.doctrines import prior
from tabletop.odds.ground import Ground

if TYPE_CHECKING:
    from tabletop.odds.exact import Exact
    from tabletop.odds.packing import Numbers


@dataclass(eq=False)
class Case:
    """A course of play and the exact solution of its program.

    What is worked out of it is kept, so that review, ranges and prospects share it.
    `followed` raises `ActionError` where the course does not follow by the rules, `column`
    raises `UsageError` for an unknown objective. Raises `ValueError` where the solution is one
    of another program.
    """

    course: Course
    exact: Exact

    def __post_init__(self) -> None:
        solved = self.exact.program
        if solved.hash != self.course.program.hash:
            raise ValueError("a course can only be judged by the solution of its own program")
        # Places are found by the draws of the very program that was solved.
        self.course = replace(self.course, program=solved)

    @cached_property
    def followed(self) -> Followed:
        """The course played again."""
        return follow(self.course)

    @cached_property
    def ground(self) -> Ground:
        """What positions of the course are worth."""
        return Ground(self.exact, self.followed.openings)

    @cached_property
    def prior(self) -> Numbers:
        """By aim: its probability before play."""
        return prior(self.course.program)

    @property
    def aim(self) -> int:
        """The number of the aim that was drawn."""
        return self.course.aim_number

    @cached_property
    def column(self) -> int:
        """Where the solved game keeps best play for the objective."""
        objectives = self.exact.objectives
        if self.course.objective not in objectives:
            known = ", ".join(objectives)
            raise UsageError(f"unknown objective {self.course.objective!r}: there is {known}")
        return objectives.index(self.course.objective)
