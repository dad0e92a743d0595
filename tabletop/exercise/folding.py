"""Folds the events of a save into what they add up to, keeping no record on the way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tabletop.exercise.events import Event
from tabletop.exercise.record import MismatchError, Record


class Folded(NamedTuple):
    """What events came to, as far as they follow by the rules."""

    record: Record
    """The last one that follows; its number tells how many events do."""
    fault: str | None
    """Where and how the first event that does not follow differs; None where all do."""


def fold(record: Record, events: Iterable[Event]) -> Folded:
    """The record after these events; stops, and says where, at the first that does not follow."""
    for event in events:
        try:
            record = record.after(event)
        except MismatchError as error:
            return Folded(record, f"line {event.number + 1}: {error}")
    return Folded(record, None)
