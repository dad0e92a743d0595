"""What a save comes to where somebody plays on with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tabletop.errors import SaveError, TabletopError
from tabletop.exercise.alone import is_alone
from tabletop.exercise.folding import fold
from tabletop.exercise.journal import Journal
from tabletop.exercise.record import Record
from tabletop.exercise.replay import program_of
from tabletop.exercise.save import Save


def record_of(save: Save) -> Record:
    """What a save comes to; raises `SaveError` where it does not follow by the rules."""
    try:
        program = program_of(save.header)
    except TabletopError as error:
        raise SaveError(f"{save.path}: {error}") from None
    record, fault = fold(Record(program, save.header.seed, save.header.luck), save.events)
    if fault is not None:
        raise SaveError(f"{save.path}: {fault}; it can be replayed up to there, not played on")
    return record


def alone_of(save: Save) -> Record:
    """What the save of a solo game comes to; raises `SaveError` where it is none, or as above."""
    record = record_of(save)
    if not is_alone(record):
        raise SaveError(
            f"{save.path}: an exercise of several people: replay it and play on alone from a turn,"
            " or lead it on with: tabletop host --resume"
        )
    return record


@contextmanager
def kept(journal: Journal) -> Iterator[Journal]:
    """Keep what a journal begins only where a table comes of it."""
    try:
        yield journal
    except BaseException:
        journal.discard()
        raise
