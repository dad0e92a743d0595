"""Saves that were sealed anew with nonsense in them: one clear error, never another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabletop.errors import TabletopError
from tabletop.exercise.board import Board
from tabletop.exercise.desk import Desk
from tabletop.exercise.events import Draft
from tabletop.exercise.record import MismatchError, Record
from tabletop.exercise.replay import program_of
from tabletop.exercise.save import Save, read_save
from tabletop.exercise.table import CONTROL, SOLO, Fire, Override, Viewer
from tabletop.exercise.words import seal_words
from tests.exercise.games import play

nonsense = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 2**70),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=5),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
    st.sampled_from(["solo", "holds", "wait", "tension", "shots", "no_shot", "premier"]),
)


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Save:
    """A whole game with an override and a fired inject in it."""
    path = tmp_path_factory.mktemp("saves") / "whole.jsonl"
    between = (
        Override("solo", "a ruling", effects=(("line", 1), ("tension", -1)), sets=("asked",)),
        Fire("solo", "cousin", "to wake them"),
    )
    return read_save(play(path, between=between))


def _fold(save: Save, drafts: list[Draft]) -> list[Record]:
    records = [Record(program_of(save.header), save.header.seed)]
    for draft in drafts:
        records.append(records[-1].after(draft))
    return records


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_nonsense_in_an_event_is_a_mismatch_or_harmless(save: Save, data: st.DataObject) -> None:
    """Folding stops with `MismatchError`, or every view of every moment can be drawn."""
    drafts = [Draft(e.what, dict(e.data), e.actor, e.line) for e in save.events]
    place = data.draw(st.integers(0, len(drafts) - 1))
    event = drafts[place]
    keys = sorted(event.data)
    if not keys:
        return
    changed: dict[str, Any] = dict(event.data)
    changed[data.draw(st.sampled_from(keys))] = data.draw(nonsense)
    drafts[place] = Draft(event.what, changed, event.actor, event.line)
    try:
        records = _fold(save, drafts)
    except MismatchError:
        return
    for record in records[1:]:
        for viewer in (SOLO, CONTROL, Viewer("public")):
            try:
                Board(record, viewer).view()
            except TabletopError:
                assert "solo" not in record.seats


@pytest.mark.parametrize(
    "what,data",
    [
        ("game.override", {"reason": None, "effects": [], "sets": [], "clears": []}),
        ("game.override", {"reason": None, "effects": None, "sets": [], "clears": []}),
        ("game.override", {"reason": None, "effects": {"patron": 0.5}, "sets": [], "clears": []}),
        ("game.override", {"reason": None, "effects": {"rain": 1}, "sets": [], "clears": []}),
        ("game.branched", {"turn": 1, "luck": float("inf")}),
        ("game.branched", {"turn": 1, "luck": -1}),
        ("game.rewound", {"from": "solo", "turn": 1, "luck": None}),
        ("game.joined", {"seat": "x", "name": None, "team": "solo", "role": "emperor"}),
        ("game.joined", {"seat": "re\x1bd", "name": None, "team": "solo", "role": "premier"}),
        ("game.joined", {"seat": "late", "name": None, "team": "green", "role": "premier"}),
        ("game.turn", {"turn": 99, "stage": "bananas", "digest": ""}),
        ("game.closed", {}),
        ("game.begun", {}),
        ("game.unheard", {}),
    ],
)
def test_known_nonsense_is_named(tmp_path: Path, what: str, data: dict[str, Any]) -> None:
    """In a game that waits for its second decision, each is refused with its kind."""
    save = read_save(play(tmp_path / "half.jsonl", turns=1))
    drafts = [Draft(e.what, e.data, e.actor, e.line) for e in save.events]
    record = _fold(save, drafts)[-1]
    with pytest.raises(MismatchError, match=what.replace(".", r"\.")):
        record.after(Draft(what, data, "control", "solo"))


@pytest.mark.parametrize("forecast", [42, "maybe", 10.5, True])
def test_a_forecast_that_is_none_of_the_five_answers_is_refused(
    tmp_path: Path, forecast: object
) -> None:
    """So that scores can rely on it."""
    save = read_save(play(tmp_path / "half.jsonl", turns=1))
    record = _fold(save, [Draft(e.what, e.data, e.actor, e.line) for e in save.events])[-1]
    data = {
        "seat": "solo",
        "turn": 2,
        "response": "wait",
        "support": "nothing_more",
        "rationale": seal_words("why"),
        "forecast": forecast,
    }
    with pytest.raises(MismatchError, match="a forecast is one of"):
        record.after(Draft("game.decision", data, "solo", "solo"))


def test_every_event_of_a_save_can_be_looked_at(tmp_path: Path) -> None:
    """In the middle of turns too, gauges stand within their ranges and have their names."""
    desk = Desk(tmp_path)
    for seed in range(8):
        save = read_save(play(tmp_path / f"{seed}.jsonl", seed=seed))
        for record in _fold(save, [Draft(e.what, e.data, e.actor, e.line) for e in save.events])[
            1:
        ]:
            for track in Board(record, CONTROL).view().tracks:
                assert track.low <= track.value <= track.high
                assert (track.level is None) == (track.id != "patron")
    assert len(desk.saves()) == 8
