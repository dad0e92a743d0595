"""A live exercise: what it accepts, what it refuses, and that nothing shown is ever lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tabletop.errors import ActionError
from tabletop.exercise.desk import Desk
from tabletop.exercise.events import Event
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.save import read_save
from tabletop.exercise.table import (
    CONTROL,
    SOLO,
    Answer,
    Begin,
    Decide,
    Declare,
    Fire,
    Join,
    Moment,
    Override,
    Viewer,
)
from tests.exercise.games import play_on


async def _begun(table: LocalTable) -> LocalTable:
    await table.send(Declare("solo", "no_shot"), "objective")
    await table.send(Begin(), "begin")
    return table


async def test_a_game_goes_from_its_briefing_to_an_ending(table: LocalTable) -> None:
    """Briefing, a decision a turn, EndEx; the save is closed with a seal."""
    assert table.view(SOLO).phase == "briefing"
    await _begun(table)
    assert table.view(SOLO).phase == "deciding"
    await play_on(table)
    view = table.view(SOLO)
    assert view.phase == "ended"
    assert view.ending is not None
    assert view.ending.seal == read_save(table.path).short_seal
    assert [decision.turn for decision in view.decisions] == [1, 2, 3]


async def test_what_is_shown_is_on_the_disk_already(table: LocalTable) -> None:
    """After every receipt, the file holds at least what the view shows."""
    await _begun(table)
    for turn in (1, 2, 3):
        receipt = await table.send(Decide("solo", "wait", "nothing_more"), f"turn {turn}")
        assert len(read_save(table.path).events) >= receipt.event
        assert table.view(SOLO).event <= len(read_save(table.path).events)
        if table.view(SOLO).phase == "flash":
            flash = table.view(SOLO).flash
            assert flash is not None
            await table.send(Answer("solo", flash.answers[0].id), f"flash {turn}")


async def test_nothing_new_is_shown_before_it_is_durable(
    table: LocalTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the disk is still at work, everybody sees the exercise as it was."""
    await _begun(table)
    disk = asyncio.Event()
    durable = table._journal.durable

    async def slow(number: int) -> None:
        await disk.wait()
        await durable(number)

    monkeypatch.setattr(table._journal, "durable", slow)
    sending = asyncio.create_task(table.send(Decide("solo", "wait", "nothing_more"), "turn 1"))
    await asyncio.sleep(0)
    assert table.view(SOLO).decisions == ()
    disk.set()
    await sending
    assert len(table.view(SOLO).decisions) == 1


async def test_an_operation_that_comes_twice_is_done_once(table: LocalTable) -> None:
    """The same id again gives a receipt and no second event, also after a restart."""
    await _begun(table)
    first = await table.send(Decide("solo", "wait", "nothing_more"), "vote")
    again = await table.send(Decide("solo", "wait", "nothing_more"), "vote")
    assert not first.repeated
    assert again.repeated
    assert len(table.view(SOLO).decisions) == 1


@pytest.mark.parametrize(
    "action",
    [
        Decide("solo", "bomb", "nothing_more"),
        Decide("solo", "wait", "bribe"),
        Decide("solo", "sit", "nothing_more"),
        Decide("solo", "wait", "nothing_more", forecast=42),
        Decide("nobody", "wait", "nothing_more"),
        Answer("solo", "yes"),
        Begin(),
        Declare("solo", "no_shot"),
        Declare("solo", "glory"),
        Join("solo", "Ann", "solo", "premier"),
        Join("second", "Bob", "solo", "emperor"),
        Override("solo", "why not", effects=(("weather", 1),)),
        Override("solo", "why not", sets=("rain",)),
        Override("solo", "", effects=(("tension", 1),)),
        Override("solo", "why not", site="decide:us/reaction", outcome="holds"),
        Override("green", "why not", effects=(("tension", 1),)),
        Fire("solo", "rumour", "why not"),
    ],
    ids=repr,
)
async def test_what_the_rules_refuse_leaves_no_trace(table: LocalTable, action: object) -> None:
    """One clear line, no event, no change."""
    await _begun(table)
    before = read_save(table.path).events
    with pytest.raises(ActionError) as refusal:
        await table.send(action, "refused")  # type: ignore[arg-type]
    assert "\n" not in str(refusal.value)
    assert read_save(table.path).events == before
    assert len(table.view(SOLO).decisions) == 0


async def test_words_are_cleaned_where_they_enter(table: LocalTable) -> None:
    """Escapes and endless text never reach the save; Korean and emoji do."""
    await _begun(table)
    hostile = "\x1b]52;c;AAAA\x07이유\x9b31m \u202eevil [/] 🙂" + "x" * 100_000
    await table.send(Decide("solo", "wait", "nothing_more", hostile, 70), "turn 1")
    rationale = table.view(SOLO).decisions[0].rationale
    assert rationale is not None
    assert rationale.startswith("]52;c;AAAA이유31m evil [/] 🙂x")
    assert len(rationale) == 2000
    assert "\x1b" not in table.path.read_text(encoding="utf-8")


async def test_those_who_wait_for_changes_hear_of_each(table: LocalTable) -> None:
    """The number that they hear is the one that the view then shows."""
    heard: list[int] = []
    ready = asyncio.Event()

    async def listen() -> None:
        changes = table.changes()
        waiting = asyncio.ensure_future(anext(changes))
        await asyncio.sleep(0)
        ready.set()
        heard.append(await waiting)
        await changes.aclose()  # type: ignore[attr-defined]

    listener = asyncio.create_task(listen())
    await ready.wait()
    await table.send(Declare("solo", "no_shot"), "objective")
    await listener
    assert heard == [table.view(SOLO).event]


async def test_control_moves_gauges_and_it_is_told_as_control(table: LocalTable) -> None:
    """The override stands on the wire with its reason."""
    await _begun(table)
    await table.send(Override("solo", "a ruling", effects=(("line", 1),)), "override")
    view = table.view(SOLO)
    item = view.wire[-1]
    assert (item.kind, item.by, item.changes) == ("override", "Control", (("Line", 1),))
    assert item.text == "a ruling"


async def test_control_puts_another_outcome_in_the_place_of_one_that_was_drawn(
    table: LocalTable,
) -> None:
    """What came after the overruled draw is drawn again, and the play goes on from there."""
    await _begun(table)
    await table.send(Decide("solo", "wait", "nothing_more"), "turn 1")
    other = Override("solo", "for the class", site="decide:us/reaction", outcome="provokes")
    await table.send(other, "override")
    aftermath = table.view(SOLO).aftermath
    assert aftermath is not None
    assert [item.kind for item in aftermath.items][:2] == ["decision", "override"]
    assert any("answer in kind" in item.title for item in aftermath.items)
    record = table.record.lines["solo"]
    assert [opening.turn for opening in record.openings] == [1, 2]
    assert record.openings[-1].play.world == record.world
    assert [turn for turn, _ in record.closings] == [1]
    await play_on(table)
    assert table.view(SOLO).phase == "ended"


async def test_control_fires_an_inject_into_a_line(table: LocalTable) -> None:
    """It stands on the wire of that line."""
    await _begun(table)
    name = next(
        name for name, part in table.record.program.scenario.injects.items() if not part.answers
    )
    await table.send(Fire("solo", name, "to wake them"), "fire")
    assert table.view(SOLO).wire[-1].title == table.record.program.scenario.injects[name].title


async def test_control_sees_what_players_do_not(table: LocalTable) -> None:
    """A gauge for control alone, and nothing of it in the player's view."""
    await _begun(table)
    seen = {track.id for track in table.view(Viewer("control", "solo")).tracks}
    assert "stores" in seen
    assert "stores" not in {track.id for track in table.view(SOLO).tracks}
    assert "stores" not in repr(table.view(SOLO))


async def test_unknown_seats_see_nothing(table: LocalTable) -> None:
    """Refused in one line."""
    with pytest.raises(ActionError, match="no seat 'spy'"):
        table.view(Viewer("seat", "spy"))


async def test_public_and_control_look_before_play_begins(table: LocalTable) -> None:
    """Before StartEx there is a briefing for everybody."""
    assert table.view(CONTROL).phase == "briefing"
    assert table.view(Viewer("public")).role is None
    with pytest.raises(ActionError, match="present alone"):
        table.view(Viewer("public"), Moment("solo", 999))


async def test_a_game_goes_on_elsewhere_when_its_disk_fails(
    table: LocalTable, tmp_path: Path
) -> None:
    """Saved elsewhere, it holds everything from the first event on."""
    await _begun(table)
    await table.save_elsewhere(tmp_path / "elsewhere.jsonl")
    await play_on(table)
    assert read_save(tmp_path / "elsewhere.jsonl").closed


async def test_an_operation_from_before_a_restart_is_still_known(table: LocalTable) -> None:
    """A vote that was sent again after the host came back is not counted twice."""
    await _begun(table)
    await table.send(Decide("solo", "wait", "nothing_more"), "vote")
    await table.close()
    again = Desk(table.path.parent).resume(table.path)
    receipt = await again.send(Decide("solo", "wait", "nothing_more"), "vote")
    assert receipt.repeated
    assert len(again.view(SOLO).decisions) == 1
    await again.close()


async def test_a_caller_who_gives_up_waiting_loses_nothing(
    table: LocalTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cancelled while the disk works, the decision is carried through and shown all the same."""
    await _begun(table)
    disk = asyncio.Event()
    durable = table._journal.durable

    async def slow(number: int) -> None:
        await disk.wait()
        await durable(number)

    monkeypatch.setattr(table._journal, "durable", slow)
    sending = asyncio.create_task(table.send(Decide("solo", "wait", "nothing_more"), "vote"))
    await asyncio.sleep(0)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    disk.set()
    receipt = await table.send(Decide("solo", "wait", "nothing_more"), "vote")
    assert receipt.repeated
    assert len(table.view(SOLO).decisions) == 1


async def test_what_could_not_be_kept_was_not_done(
    table: LocalTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A journal that refuses an event leaves the operation undone, to be sent again."""
    await _begun(table)
    append = table._journal.append

    def refuse(drafts: object) -> tuple[Event, ...]:
        raise ValueError("the line is too long")

    monkeypatch.setattr(table._journal, "append", refuse)
    with pytest.raises(ActionError, match="cannot be kept"):
        await table.send(Decide("solo", "wait", "nothing_more"), "vote")
    monkeypatch.setattr(table._journal, "append", append)
    receipt = await table.send(Decide("solo", "wait", "nothing_more"), "vote")
    assert not receipt.repeated


async def test_after_endex_nobody_changes_anything(table: LocalTable) -> None:
    """Neither the player nor control: the seal shown is the seal of what was played."""
    await _begun(table)
    await play_on(table)
    again = Desk(table.path.parent).resume(table.path)
    sealed = again.view(SOLO)
    for action in (
        Override("solo", "late", effects=(("line", 1),)),
        Override("solo", "late", site="decide:us/reaction", outcome="holds"),
        Fire("solo", "cousin", "late"),
        Decide("solo", "wait", "nothing_more"),
    ):
        with pytest.raises(ActionError):
            await again.send(action, repr(action))
    assert again.view(SOLO) == sealed
    await again.close()


async def test_those_who_listen_are_let_go_when_the_table_closes(table: LocalTable) -> None:
    """The stream of changes ends instead of hanging."""
    changes = table.changes()
    listening = asyncio.ensure_future(anext(changes, None))
    await asyncio.sleep(0)
    await table.close()
    assert await listening is None
