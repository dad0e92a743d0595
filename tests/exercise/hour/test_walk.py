"""How an hour goes on: by its plan's clock, by hand, and by what people have done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tabletop.errors import ActionError
from tabletop.exercise.hour.actions import (
    Advance,
    Enter,
    Govern,
    Hold,
    Lock,
    Pause,
    Resume,
    Rewind,
    Stand,
    Start,
    Stretch,
    Timed,
)
from tabletop.exercise.table import Join, Override, Viewer
from tests.exercise.hour.led import Led


@pytest.fixture
async def led(tmp_path: Path) -> AsyncIterator[Led]:
    """Three teams: two people in red, two in blue, nobody in green."""
    led = Led(tmp_path, ("red", "blue", "green"))
    await led.seat("red")
    await led.seat("blue")
    yield led
    await led.table.close()


async def test_the_clock_alone_leads_from_startex_to_the_end(led: Led) -> None:
    """Nobody does anything: every phase takes its planned time and every team ends."""
    await led.start()
    begun = led.now
    while led.phase() != "over":
        due = led.table.next_tick()
        assert due is not None
        led.now = due
        await led.table.tick()
    assert led.table.record.over
    assert led.now - begun == pytest.approx((3 * 7 + 4 + 14 + 1) * 60, abs=1)


async def test_nothing_begins_by_itself(led: Led) -> None:
    """The time for joining may run out: the brief comes, but StartEx is control's."""
    await led.wait(60 * 60)
    assert (led.phase(), led.table.record.begun) == ("brief", False)


async def test_startex_is_once(led: Led) -> None:
    """A second one is refused."""
    await led.start()
    with pytest.raises(ActionError, match="begun already"):
        await led.send(Start())


async def test_a_pause_shifts_everything_after_it(led: Led) -> None:
    """What was left before it is left after it."""
    await led.start()
    await led.wait(20)
    before = led.control()
    await led.send(Pause())
    assert led.control().remaining == pytest.approx(40, abs=0.01)
    await led.wait(600)
    assert led.phase() == "read"
    await led.send(Resume())
    after = led.control()
    assert before.ends_at is not None
    assert after.ends_at is not None
    assert after.ends_at - before.ends_at == pytest.approx(600, abs=0.01)


async def test_a_stretch_gives_the_phase_more_time(led: Led) -> None:
    """And only this phase."""
    await led.start()
    await led.send(Stretch(30))
    await led.wait(61)
    assert led.phase() == "read"
    await led.wait(30)
    assert led.phase() == "preference"
    assert led.control().seconds == 30


async def test_by_hand_nothing_moves_until_control_says_so(led: Led) -> None:
    """And back by the clock, the phase has its whole time again."""
    await led.start()
    await led.send(Timed(timed=False))
    await led.wait(3600)
    assert led.phase() == "read"
    await led.send(Timed(timed=True))
    assert led.control().ends_at == pytest.approx(led.now + 60, abs=0.01)


async def test_going_on_twice_leaves_a_phase_once(led: Led) -> None:
    """Two presses of a key, or a key and the clock, do not skip a phase."""
    await led.start()
    await led.send(Advance("read", 1))
    with pytest.raises(ActionError, match="gone on already"):
        await led.send(Advance("read", 1))
    assert led.phase() == "preference"


async def test_an_operation_is_carried_out_once(led: Led) -> None:
    """The same one again is answered and does nothing."""
    await led.start()
    first = await led.table.send(Stretch(30), "mine")
    again = await led.table.send(Stretch(30), "mine")
    assert (first.repeated, again.repeated) == (False, True)
    assert led.table.hour.stretched == 30


async def test_the_talk_begins_once_everybody_has_said_what_they_prefer(led: Led) -> None:
    """Nobody waits for a silence that is over."""
    await led.start()
    await led.until("preference")
    for seat in ("red-0", "red-1", "blue-0"):
        await led.prefer(seat)
        await led.table.tick()
        assert led.phase() == "preference"
    await led.prefer("blue-1")
    await led.table.tick()
    assert led.phase() == "talk"


async def test_the_reveal_comes_for_all_once_all_have_locked(led: Led) -> None:
    """Nothing of a choice is carried out before; an empty chair keeps nobody waiting."""
    await led.start()
    await led.until("talk")
    chosen = await led.lock("red-0", 1, "It holds.")
    await led.table.tick()
    assert led.phase() == "talk"
    assert not led.table.record.lines["red"].decisions
    await led.lock("blue-0")
    await led.table.tick()
    assert led.phase() == "reveal"
    made = led.table.record.lines["red"].decisions[-1]
    assert (made.response, made.said.rationale, made.said.forecast) == (chosen, "It holds.", 30)
    assert led.table.record.lines["green"].decisions[-1].said.by_default


async def test_a_held_reveal_waits_for_its_release(led: Led) -> None:
    """Though everybody has locked and the time is up."""
    await led.start()
    await led.until("talk")
    await led.send(Hold(held=True))
    await led.lock("red-0")
    await led.lock("blue-0")
    await led.wait(3600)
    assert led.phase() == "talk"
    await led.send(Hold(held=False))
    await led.table.tick()
    assert led.phase() == "reveal"


async def test_when_time_is_up_the_plurality_stands(led: Led) -> None:
    """It is marked as a default, and has no forecast."""
    await led.seat("green", 3)
    await led.start()
    await led.until("preference")
    wanted = await led.prefer("green-0", 2)
    await led.prefer("green-1", 2)
    await led.prefer("green-2", 0)
    await led.until("reveal")
    made = led.table.record.lines["green"].decisions[-1]
    assert (made.response, made.said.by_default, made.said.forecast) == (wanted, True, None)


async def test_without_preferences_the_present_course_stands(led: Led) -> None:
    """By default too."""
    await led.start()
    view = led.table.view(Viewer("team", "red"))
    course = next(each.id for each in view.responses if each.course)
    await led.until("reveal")
    made = led.table.record.lines["red"].decisions[-1]
    assert (made.response, made.said.by_default) == (course, True)


async def test_only_the_head_locks(led: Led) -> None:
    """By the rule of the head."""
    await led.start()
    await led.until("talk")
    with pytest.raises(ActionError, match="only the head"):
        await led.lock("red-1")


async def test_the_majority_binds_its_head(led: Led) -> None:
    """What most prefer is locked, or nothing."""
    await led.seat("green", 3)
    await led.start()
    await led.send(Govern("majority"))
    await led.until("preference")
    most = await led.prefer("green-1", 1)
    await led.prefer("green-2", 1)
    await led.prefer("green-0", 0)
    await led.until("talk")
    with pytest.raises(ActionError, match="most prefer"):
        await led.lock("green-0", 0)
    assert await led.lock("green-0", 1) == most


async def test_consensus_waits_for_the_last(led: Led) -> None:
    """Until everybody who has said what they prefer prefers the same."""
    await led.start()
    await led.send(Govern("consensus"))
    await led.until("preference")
    await led.prefer("red-0", 0)
    await led.prefer("red-1", 1)
    await led.until("talk")
    with pytest.raises(ActionError, match="not everybody"):
        await led.lock("red-0", 0)
    await led.prefer("red-1", 0)
    await led.lock("red-0", 0)


async def test_control_enters_a_choice_from_paper(led: Led) -> None:
    """Whatever the rule, and as control's act on the record."""
    await led.start()
    await led.send(Govern("control"))
    await led.until("talk")
    with pytest.raises(ActionError, match="control enters"):
        await led.lock("red-0")
    response = led.offered("red")[1]
    view = led.table.view(Viewer("team", "red"))
    support = next(each.supports[0] for each in view.responses if each.id == response)
    await led.send(Enter("red", response, support, "As written on the card."))
    await led.until("reveal")
    made = led.table.record.lines["red"].decisions[-1]
    assert (made.response, made.said.rationale) == (response, "As written on the card.")
    assert not made.said.by_default


async def test_nothing_is_locked_twice_or_out_of_time(led: Led) -> None:
    """Not in the silence, not after the lock, not after the reveal."""
    await led.start()
    await led.until("preference")
    with pytest.raises(ActionError, match="no choice can be locked now"):
        await led.lock("red-0")
    await led.until("talk")
    first = await led.lock("red-0")
    with pytest.raises(ActionError, match="no choice can be locked now"):
        await led.send(Lock("red-0", first, "none"))
    await led.until("reveal")
    with pytest.raises(ActionError):
        await led.send(Lock("red-0", first, "none"))


async def test_the_rest_is_played_by_the_teams_standing_order(led: Led) -> None:
    """What the plan leaves over, by the doctrine that the team or control chose."""
    await led.start()
    await led.send(Stand("red", "talks_first", "red-0"))
    await led.until("changed")
    await led.until("changed")
    await led.until("changed")
    assert led.control().teams[0].ending == ""
    await led.next()
    assert led.phase() == "endings"
    assert led.table.record.over
    assert all(line.over for line in led.table.record.lines.values())


async def test_a_team_that_was_rewound_goes_on_in_a_line_of_its_own(led: Led) -> None:
    """Nothing is erased, and it decides again in the next round."""
    await led.start()
    await led.until("reveal")
    turn = led.table.record.lines["red"].decisions[-1].turn
    await led.send(Rewind("red", turn, "A wrong card was entered."))
    assert list(led.table.record.lines) == ["red", "blue", "green", "red.2"]
    row = led.control().teams[0]
    assert (row.line, row.turn) == ("red.2", turn)
    await led.until("talk")
    await led.lock("red-0", 1)
    await led.until("reveal")
    assert led.table.record.lines["red.2"].decisions[-1].turn == turn
    await led.until("over")
    assert led.table.record.over


async def test_a_team_that_ended_early_forecasts_or_plays_a_branch(led: Led) -> None:
    """Meanwhile it forecasts for others; taken back, it plays a line that bears its own name."""
    await led.start()
    await led.until("changed")
    program = led.table.record.program
    ends = {program.scenario.endings[each.id].when for each in program.endings if each.at_once}
    flag = next(name for name in program.layout.flags if name in ends)
    turn = led.table.record.lines["red"].decisions[-1].turn
    await led.send(Override("red", "A case to watch.", sets=(flag,)))
    await led.until("changed")
    assert led.control().teams[0].ending
    await led.until("talk")
    assert "guess" in led.seen("red-1").can
    assert "lock" not in led.seen("red-0").can
    await led.send(Rewind("red", turn, "To see what else could come."))
    branch = led.control().teams[0]
    assert (branch.ending, branch.line, branch.turn) == ("", "red.2", turn)
    await led.lock("red-0", 1)
    await led.until("reveal")
    assert led.table.record.lines["red"].over
    assert led.table.record.lines["red.2"].decisions[-1].turn == turn


async def test_somebody_who_comes_late_takes_the_empty_chair(led: Led) -> None:
    """From then on the team decides for itself."""
    await led.start()
    assert led.control().teams[2].empty
    await led.send(Join("late", "Kim", "green", "state"))
    row = led.control().teams[2]
    assert (row.empty, row.seats) == (False, 1)
    await led.until("talk")
    await led.lock("late")


async def test_each_team_can_have_luck_and_an_adversary_of_its_own(tmp_path: Path) -> None:
    """With the luck of all, the same choices lead to the same end; with their own they need not."""
    ends: dict[bool, set[tuple[object, ...]]] = {}
    for own in (False, True):
        teams = tuple(f"t{number}" for number in range(12))
        led = Led(tmp_path / str(own), teams, own_luck=own)
        await led.start()
        await led.until("over")
        lines = led.table.record.lines.values()
        ends[own] = {(line.world.aim, line.world.tracks) for line in lines}
        await led.table.close()
    assert len(ends[False]) == 1
    assert len(ends[True]) > 1
