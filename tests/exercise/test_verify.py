"""Verification: seals, rules and draws, interventions, removals, and saves of every format."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tabletop.errors import SaveError
from tabletop.exercise.desk import Desk
from tabletop.exercise.events import Draft
from tabletop.exercise.record import DECISION, DRAW, ENDED, OVERRIDE, TURN
from tabletop.exercise.save import read_save
from tabletop.exercise.table import Fire, Override
from tabletop.exercise.verify import verify
from tests.exercise.games import play, play_on, rewrite
from tests.exercise.saves import write_save

Change = Callable[[Draft], Draft | None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The save of a whole game."""
    return play(tmp_path / "game.jsonl")


def with_data(what: str, **data: Any) -> Change:
    """Change some data of every event of one kind."""

    def change(event: Draft) -> Draft:
        return replace(event, data={**event.data, **data}) if event.what == what else event

    return change


def test_played_game_verifies(path: Path) -> None:
    """A game that nobody touched holds by its seals and by the rules, to the last event."""
    report = verify(path)
    assert report.ok
    assert report.findings == ()
    assert report.closed
    assert report.lines == report.events + 1
    assert report.replayed == report.events
    assert (report.texts_removed, report.interventions, report.parent) == (0, (), None)
    assert report.seal_matches is None


def test_game_left_in_the_middle_verifies(tmp_path: Path) -> None:
    """An open game is no fault; it only has no seal yet."""
    path = play(tmp_path / "game.jsonl", turns=1)
    report = verify(path)
    assert report.ok
    assert not report.closed
    assert report.seal is None
    assert verify(path, seal="ABCD-EFGH-JKMN-PQRS").findings == (
        "no seal to compare with: the game was not played to its end",
    )


def test_short_seal_proves_that_nobody_rewrote_the_whole(path: Path) -> None:
    """A save that was rewritten and sealed anew holds, and still has another seal."""
    seal = verify(path).seal
    assert seal is not None
    assert verify(path, seal=seal.lower().replace("-", " ")).ok
    rewrite(path, with_data(DECISION, forecast=90))
    report = verify(path, seal=seal)
    assert report.faults == ()
    assert report.difference is None
    assert report.findings == (
        "the seal does not match: this is not the save that was closed with it",
    )
    assert report.seal_matches is False


def test_edited_line_is_named(path: Path) -> None:
    """An edit without new seals is found at its line."""
    lines = path.read_bytes().splitlines(keepends=True)
    lines[5] = lines[5].replace(b'"line":"solo"', b'"line":"bolo"')
    path.write_bytes(b"".join(lines))
    report = verify(path)
    assert not report.ok
    assert report.findings == ("line 6: changed since it was written: it does not match its seal",)
    assert report.lines == len(lines)
    assert report.events == 4


def test_torn_last_line_is_named(path: Path) -> None:
    """A save that was cut short says so."""
    path.write_bytes(path.read_bytes()[:-10])
    assert [finding.partition(";")[0] for finding in verify(path).findings] == [
        f"line {len(path.read_bytes().splitlines())}: cut short"
    ]


@pytest.mark.parametrize(
    "change, message",
    [
        (with_data(DRAW, outcome="engages"), "game.draw: "),
        (with_data(DRAW, site="nowhere"), "game.draw: nowhere gave"),
        (with_data(DECISION, response="surrender"), "game.decision: "),
        (with_data(DECISION, support="nothing_less"), "game.decision: "),
        (
            with_data(TURN, digest="0" * 16),
            "game.turn: digest '0000000000000000', but by the rules",
        ),
        (with_data(ENDED, ending="agreement"), "game.ended: ending 'agreement', but by the rules"),
        (lambda event: None if event.what == TURN else event, "game."),
        (lambda event: replace(event, what="game.coup"), "game.coup: unknown kind of event"),
    ],
    ids=["outcome", "site", "response", "support", "digest", "ending", "missing", "unknown"],
)
def test_what_does_not_follow_by_the_rules_is_named(
    path: Path, change: Change, message: str
) -> None:
    """New seals do not help: the rules and the keyed draws are worked out again."""
    rewrite(path, change)
    report = verify(path)
    assert report.faults == ()
    assert report.difference is not None
    assert message in report.difference
    assert report.difference.startswith(f"line {report.replayed + 2}: ")
    assert not report.ok


def test_unknown_note_is_passed_over(path: Path) -> None:
    """Notes of a later version are kept and do not disturb, wherever they stand."""
    save = read_save(path)
    drafts = [Draft(event.what, event.data, event.actor, event.line) for event in save.events]
    noted = Draft("note.of_a_later_version", {"x": 1}, "solo", "solo")
    write_save(path, [noted, *drafts[:6], noted, *drafts[6:], noted], save.header)
    report = verify(path)
    assert report.ok
    assert report.replayed == report.events == len(drafts) + 3


def test_interventions_are_listed_and_no_fault(tmp_path: Path) -> None:
    """Control acts outside the rules on the record: accepted, listed, with the reason."""
    path = play(
        tmp_path / "game.jsonl",
        between=[
            Override("solo", "they argued well", effects=(("tension", -1),), sets=("flared",)),
            Fire("solo", "cousin", "to wake them up"),
        ],
    )
    report = verify(path)
    assert report.ok
    first, second = report.interventions
    assert (first.what, first.line, first.reason) == (OVERRIDE, "solo", "they argued well")
    assert first.done == "effects tension -1, sets flared"
    assert second.done == "inject cousin"
    assert second.event > first.event


def test_removed_words_are_counted_and_no_fault(path: Path) -> None:
    """One person's words can go; verification says that something was removed."""
    before = verify(path)
    data = json.loads(path.read_bytes().splitlines()[1])["data"]["name"]
    name = json.dumps(data, separators=(",", ":"))
    gone = json.dumps({**data, "salt": None, "words": None}, separators=(",", ":"))
    path.write_bytes(path.read_bytes().replace(name.encode(), gone.encode()))
    report = verify(path, seal=before.seal)
    assert report.ok
    assert report.texts_removed == 1


def test_branch_tells_its_parent_and_verifies(tmp_path: Path, path: Path) -> None:
    """A branch is a whole save of its own."""
    table = Desk(tmp_path).branch(path, 2, same_luck=False, save=tmp_path / "branch.jsonl")
    asyncio.run(play_on(table))
    report = verify(tmp_path / "branch.jsonl")
    assert report.ok
    assert report.parent is not None
    assert report.parent.id == read_save(path).header.id
    assert report.parent.turn == 2


def test_says_whether_the_scenario_is_the_shipped_one(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed number in a scenario of ours would show here, and a stranger's is no fault."""
    assert verify(path).origin == "other"
    ours = tmp_path / "minimal.yaml"
    ours.write_bytes(next(iter(read_save(path).header.files.values())).encode())
    monkeypatch.setattr("tabletop.exercise.verify.shipped", lambda: [ours])
    assert verify(path).origin == "shipped"
    ours.write_bytes(ours.read_bytes().replace(b"weight: 4", b"weight: 5"))
    assert verify(path).origin == "changed"


def test_other_program_than_the_scenario_inside_is_named(path: Path) -> None:
    """A header whose scenario was exchanged does not pass."""
    save = read_save(path)
    drafts = [Draft(event.what, event.data, event.actor, event.line) for event in save.events]
    write_save(path, drafts, replace(save.header, program="0" * 64))
    assert verify(path).findings == (
        "line 1: the scenario inside does not give the program that was played",
    )


@pytest.mark.parametrize(
    "parts, message",
    [
        ({"files": {}}, "line 1: "),
        ({"files": {"x.yaml": "format: [1"}}, "line 1: the scenario inside cannot be used: "),
        ({"rules": 99}, "line 1: played by rules version 99"),
        ({"assumptions": {"nonsense": "strong"}}, "line 1: "),
        ({"plan": "no such plan"}, "line 1: "),
    ],
    ids=["no file", "bad file", "newer rules", "unknown assumption", "unknown plan"],
)
def test_header_that_gives_no_program_is_told(
    path: Path, parts: dict[str, Any], message: str
) -> None:
    """Whatever the header holds, the answer is a finding and never a crash."""
    save = read_save(path)
    write_save(path, [], replace(save.header, **parts))
    (finding,) = verify(path).findings
    assert finding.startswith(message)
    assert "\n" not in finding


def test_no_event_made_by_hand_can_crash_it(path: Path) -> None:
    """Each datum of each kind of event is replaced by nonsense and sealed anew: never a crash."""
    whole, save = path.read_bytes(), read_save(path)
    places = {(event.what, key): event.number for event in save.events for key in event.data}
    assert len(places) > 15
    nonsense: tuple[object, ...] = (None, [], {}, [[]], {"x": 0}, -1, 2**70, 0.5, "x")
    for (_, key), number in places.items():
        for value in nonsense:
            rewrite(path, _nth(number, key, value))
            assert verify(path).faults == ()
            path.write_bytes(whole)


def _nth(number: int, key: str, value: object) -> Change:
    left = number

    def change(event: Draft) -> Draft:
        nonlocal left
        left -= 1
        return replace(event, data={**event.data, key: value}) if left == 0 else event

    return change


def test_report_is_plain_data(path: Path) -> None:
    """`--json` prints what `as_data` gives."""
    data = json.loads(json.dumps(verify(path, seal="x").as_data()))
    assert data["ok"] is False
    assert data["path"] == str(path)
    assert data["scenario"]["id"] == "minimal"
    assert data["seal_matches"] is False


def test_what_is_no_save_cannot_be_verified(tmp_path: Path) -> None:
    """That is another answer than a save that fails."""
    (tmp_path / "x.jsonl").write_text("{}")
    with pytest.raises(SaveError, match=":1: not a save"):
        verify(tmp_path / "x.jsonl")
