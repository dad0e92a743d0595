"""The events that one act in the hour leads to, each held against the record as it is by then."""

from __future__ import annotations

from typing import Any

from tabletop.errors import ActionError
from tabletop.exercise.conduct import catch_up
from tabletop.exercise.events import Draft
from tabletop.exercise.hour.state import Hour
from tabletop.exercise.record import Record


class Course:
    """The events of one act as they come, and the record as they leave it."""

    def __init__(self, record: Record, hour: Hour) -> None:
        self.record = record
        self.hour = hour
        self.drafts: list[Draft] = []

    def add(self, draft: Draft) -> None:
        """One more event; raises `ActionError` where it does not follow."""
        self.record = self.record.folded(draft)
        self.drafts.append(draft)

    def note(self, what: str, actor: str = "control", line: str = "", **data: Any) -> None:
        """One more note."""
        self.add(Draft(what, data, actor, line))

    def follow(self) -> None:
        """What the rules bring next in every line."""
        self.record, drafts = catch_up(self.record)
        self.drafts += drafts

    def check_team(self, team: str) -> None:
        """Raise `ActionError` unless a team takes part."""
        if team not in self.hour.teams:
            raise ActionError(f"there is no team {team!r:.60}: {', '.join(self.hour.teams)}")
