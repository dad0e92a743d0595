"""What events add up to: at a cost that does not grow with the past, within stated limits."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pytest

from tabletop.exercise import record as records
from tabletop.exercise import seats
from tabletop.exercise.board import Board
from tabletop.exercise.conduct import carry_out
from tabletop.exercise.events import Draft
from tabletop.exercise.folding import fold
from tabletop.exercise.record import (
    ANSWER,
    DRAW,
    FIRED,
    JOINED,
    OVERRIDE,
    REWOUND,
    MismatchError,
    Record,
)
from tabletop.exercise.replay import program_of
from tabletop.exercise.save import read_save
from tabletop.exercise.table import Action, Answer, Begin, Decide, Join, Viewer
from tabletop.exercise.words import seal_words
from tabletop.rules.compiler import compile_program
from tabletop.scenario.source import load
from tests.exercise.games import SCENARIO, play, rewrite

REASON = seal_words("a ruling", salt="00" * 16)


def begun(*teams: str) -> Record:
    """StartEx, with one seat in each team."""
    record = Record(compile_program(load(SCENARIO).scenario, {}), seed=3)
    for team in teams:
        record = sent(record, Join(team, "Ann", team, "premier"))
    return sent(record, Begin())


def sent(record: Record, action: Action) -> Record:
    return carry_out(record, action, "op")[0]


def ruling(line: str, by: int = 0) -> Draft:
    data = {"reason": REASON, "effects": {"tension": by}, "sets": [], "clears": []}
    return Draft(OVERRIDE, data, "control", line)


def kept(record: Record, events: Iterable[Draft]) -> int:
    """The bytes that the records after each of these events hold, all of them kept."""
    tracemalloc.start()
    try:
        made = [record]
        for event in events:
            made.append(made[-1].after(event))
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def test_rulings_cost_the_same_however_many_came_before() -> None:
    """Four times as many take four times the memory, even where every record is kept."""
    record = begun("solo")
    few, many = (kept(record, [ruling("solo")] * count) for count in (200, 800))
    assert many < 5 * few


def test_flash_decisions_cost_the_same_however_many_came_before() -> None:
    """Control may put the same question again and again, and each answer is remembered."""
    said = {"seat": "solo", "inject": "collision", "answer": "keep_off", "rationale": None}
    asked = [
        Draft(FIRED, {"reason": REASON, "inject": "collision"}, "control", "solo"),
        Draft(ANSWER, said, "solo", "solo"),
    ]
    record = begun("solo")
    few, many = (kept(record, asked * count) for count in (150, 600))
    assert many < 5 * few
    for event in asked * 2:
        record = record.after(event)
    assert [given.answer for given in record.lines["solo"].answers] == ["keep_off"] * 2


def test_rulings_on_a_line_that_has_ended_close_its_last_turn_once() -> None:
    """While another team still plays, control may rule on: no turn is closed a second time."""
    record = begun("red", "blue")
    while record.lines["red"].play.ending is None:
        view = Board(record, Viewer("seat", "red")).view()
        if view.flash is not None:
            record = sent(record, Answer("red", view.flash.answers[0].id))
        else:
            choice = next(each for each in view.responses if each.supports)
            record = sent(record, Decide("red", choice.id, choice.supports[0]))
    closings = [turn for turn, _ in record.lines["red"].closings]
    after = record
    for _ in range(3):
        after = after.after(ruling("red", 1))
    assert [turn for turn, _ in after.lines["red"].closings] == closings
    assert after.lines["red"].closings[-1][1] == after.lines["red"].world
    assert after.lines["red"].world != record.lines["red"].world


def test_what_was_recorded_before_an_event_stays_as_it_was() -> None:
    """Two records that go on from one past know nothing of each other."""
    record = begun("solo")
    before = list(record.lines["solo"].log)
    one, other = record.after(ruling("solo", 1)), record.after(ruling("solo", -1))
    again = one.after(ruling("solo"))
    assert list(record.lines["solo"].log) == before
    assert list(one.lines["solo"].log)[:-1] == before
    assert list(one.lines["solo"].log)[-1] != list(other.lines["solo"].log)[-1]
    assert list(again.lines["solo"].log)[:-1] == list(one.lines["solo"].log)
    assert record.lines["solo"].play.log == []


def test_there_is_a_limit_to_seats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each event keeps the list of them, so that a crafted save cannot make it endless."""
    monkeypatch.setattr(seats, "MOST_SEATS", 2)
    record = begun("red", "blue")
    data = {"seat": "late", "name": REASON, "team": "red", "role": "harbour"}
    with pytest.raises(MismatchError, match="at most 2 seats"):
        record.after(Draft(JOINED, data, "late", "red"))


def test_there_is_a_limit_to_lines_of_play(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither rewinds nor teams go beyond it; what is there already goes on."""
    monkeypatch.setattr(records, "MOST_LINES", 2)
    record = begun("solo")
    rewinds = [
        Draft(REWOUND, {"from": "solo", "turn": 1, "luck": None}, "control", f"solo.{number}")
        for number in (2, 3)
    ]
    record = record.after(rewinds[0]).after(ruling("solo"))
    with pytest.raises(MismatchError, match="at most 2 lines of play"):
        record.after(rewinds[1])
    with pytest.raises(Exception, match="at most 2 lines of play"):
        begun("red", "blue", "green")


def test_folding_a_save_gives_what_was_played(tmp_path: Path) -> None:
    """The last record alone, with the seal that was shown at the end."""
    save = read_save(play(tmp_path / "game.jsonl"))
    start = Record(program_of(save.header), save.header.seed)
    record, fault = fold(start, save.events)
    assert fault is None
    assert (record.number, record.over, record.seal) == (len(save.events), True, save.short_seal)


def test_folding_stops_where_an_event_does_not_follow(tmp_path: Path) -> None:
    """And names the line; the record is the one before it."""
    path = play(tmp_path / "game.jsonl")
    rewrite(path, lambda event: None if event.what == DRAW else event)
    save = read_save(path)
    record, fault = fold(Record(program_of(save.header), save.header.seed), save.events)
    assert fault is not None
    assert fault.startswith(f"line {record.number + 2}: game.")
    assert 0 < record.number < len(save.events)
