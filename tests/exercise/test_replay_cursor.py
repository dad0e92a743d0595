"""The replay cursor: any record of a save, from the nearest checkpoint, whatever the way there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.exercise.board import Board
from tabletop.exercise.record import Record
from tabletop.exercise.replay import program_of
from tabletop.exercise.replay_cursor import EVERY, KEPT, Cursor
from tabletop.exercise.save import Save, read_save
from tabletop.exercise.table import CONTROL
from tests.exercise.classes import Exercise


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Save:
    """More events than a cursor keeps worked out."""
    exercise = Exercise(red=["premier"], blue=["premier"])
    for number in range((KEPT + 3) * EVERY):
        exercise.rule("red", f"ruling {number}", 1 if number % 2 else -1)
    return read_save(exercise.save(tmp_path_factory.mktemp("long") / "long.jsonl"))


@pytest.fixture(scope="module")
def folded(save: Save) -> list[Record]:
    """Every record, from the start on."""
    records = [Record(program_of(save.header), save.header.seed)]
    for event in save.events:
        records.append(records[-1].after(event))
    return records


@given(data=st.data())
@settings(max_examples=20)
def test_every_place_is_the_same_whichever_way_one_came(
    save: Save, folded: list[Record], data: st.DataObject
) -> None:
    """Jumps in any order find what folding from the start finds."""
    cursor = Cursor(save, folded[0].program)
    assert cursor.last.number == len(save.events)
    for number in data.draw(st.lists(st.integers(0, len(save.events)), max_size=8)):
        found = cursor.at(number)
        assert found.number == number
        assert Board(found, CONTROL).view() == Board(folded[number], CONTROL).view()


def test_a_step_folds_no_more_than_one_stretch_and_mostly_nothing(
    save: Save, folded: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However far from the start: that is what keeps a step quick in a long save."""
    cursor = Cursor(save, folded[0].program)
    folds = 0
    after = Record.after

    def counted(record: Record, event: object) -> Record:
        nonlocal folds
        folds += 1
        return after(record, event)  # type: ignore[arg-type]

    monkeypatch.setattr(Record, "after", counted)
    last = len(save.events)
    costs = []
    for number in [*range(last, last - 3 * EVERY, -1), *range(last - 3 * EVERY, last)]:
        before = folds
        cursor.at(number)
        costs.append(folds - before)
    assert max(costs) < EVERY
    assert costs.count(0) > len(costs) - 6
    assert len(cursor._stretches) <= KEPT
