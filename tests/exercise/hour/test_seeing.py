"""What each viewer may know of the hour, and nothing beyond it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tabletop.exercise.hour.actions import (
    Dissent,
    Guess,
    Mark,
    Message,
    Observe,
    Prefer,
    Show,
    Stand,
    Ticket,
    Write,
)
from tabletop.exercise.hour.seeing import Seeing
from tabletop.exercise.table import CONTROL, Viewer
from tests.exercise.hour.led import Led

SECRET = "xyzzy-4711"


@pytest.fixture
async def led(tmp_path: Path) -> AsyncIterator[Led]:
    """Two teams of three, begun."""
    led = Led(tmp_path, ("red", "blue"))
    await led.seat("red", 3)
    await led.seat("blue", 3)
    await led.start()
    yield led
    await led.table.close()


def everything_seen(led: Led, viewer: Viewer) -> str:
    """All that a viewer is given, of the hour and of the game."""
    seen = Seeing(led.table.record, led.table.hour, viewer, led.now).view()
    return f"{seen!r} {led.table.view(viewer)!r}"


OTHERS = [
    Viewer("seat", "red-1"),
    Viewer("seat", "blue-0"),
    Viewer("team", "blue"),
    Viewer("team", "red"),
    Viewer("projector"),
    Viewer("public"),
]


async def test_before_the_lock_nobody_sees_what_others_prefer(led: Led) -> None:
    """Neither the tally nor a reason: only that somebody has said something."""
    await led.until("preference")
    chosen = led.offered("red")[2]
    await led.send(Prefer("red-0", chosen, SECRET))
    for viewer in OTHERS:
        assert SECRET not in everything_seen(led, viewer)
        seen = led.table.hour_view(viewer)
        assert (seen.tally, seen.preference) == ((), None)
    assert led.seen("red-0").preference == chosen
    assert [row.preferred for row in led.seen("red-1").mates] == [True, False, False]
    assert SECRET in repr(led.control())


async def test_after_the_lock_the_team_sees_its_tally_and_reasons(led: Led) -> None:
    """The other teams and the projector do not."""
    await led.until("preference")
    await led.send(Prefer("red-1", led.offered("red")[1], SECRET))
    await led.until("talk")
    await led.lock("red-0", 0, f"reason {SECRET}")
    seen = led.seen("red-2")
    assert [row.preferences for row in seen.tally] == [1]
    assert SECRET in repr(seen.said)
    for viewer in (Viewer("seat", "blue-0"), Viewer("projector"), Viewer("public")):
        assert SECRET not in everything_seen(led, viewer)


async def test_a_lock_of_another_team_is_not_seen_before_the_reveal(led: Led) -> None:
    """Only that it has locked."""
    await led.until("talk")
    chosen = await led.lock("red-0", 1)
    title = led.table.record.program.scenario.responses[chosen].title
    projected = led.table.hour_view(Viewer("projector"))
    assert projected.teams[0].locked
    assert title not in projected.teams[0].last_choice
    assert projected.teams[0].used is None


async def test_a_dissent_is_a_preference_that_lost(led: Led) -> None:
    """Who lost may say why, and the team reads it; who won is not asked."""
    await led.until("preference")
    await led.prefer("red-1", 1)
    await led.prefer("red-0", 0)
    await led.until("talk")
    await led.lock("red-0", 0)
    assert "dissent" in led.seen("red-1").can
    assert "dissent" not in led.seen("red-0").can
    await led.send(Dissent("red-1", SECRET))
    assert SECRET in repr(led.seen("red-0").said)
    assert SECRET not in everything_seen(led, Viewer("seat", "blue-0"))


async def test_who_waits_may_guess_about_the_others(led: Led) -> None:
    """About those who have not been revealed, and not about themselves."""
    await led.until("talk")
    assert "guess" not in led.seen("red-0").can
    await led.lock("red-0")
    seen = led.seen("red-1")
    assert "guess" in seen.can
    assert [row.team for row in seen.teams] == ["blue"]
    await led.send(Guess("red-1", "blue", 70))
    assert led.table.hour.guesses == {("red-1", "blue", 1): 70}


async def test_a_recorder_sees_the_team_and_cannot_act(led: Led) -> None:
    """The same table without a vote."""
    await led.send(Observe("watch", "Ida", "red"))
    seen = led.seen("watch")
    assert seen.you is not None
    assert (seen.you.role, seen.you.team, seen.can) == ("", "red", ())
    assert len(seen.mates) == 4


async def test_messages_reach_those_they_are_for(led: Led) -> None:
    """A seat, a team, or all; and control sees every one."""
    await led.send(Message("to one", seat="red-1"))
    await led.send(Message("to red", team="red"))
    await led.send(Message("to all"))
    await led.send(Write("A rumour", "The ships have turned.", "blue"))

    def read(seat: str) -> list[str]:
        return [each.text for each in led.seen(seat).messages]

    assert read("red-1") == ["to one", "to red", "to all"]
    assert read("red-0") == ["to red", "to all"]
    assert read("blue-0") == ["to all", "The ships have turned."]
    assert len(led.control().messages) == 4


async def test_marks_and_tickets_are_controls_alone(led: Led) -> None:
    """No page has them."""
    await led.send(Mark(f"mark {SECRET}", "red"))
    await led.until("ticket")
    await led.send(Ticket("blue-1", f"ticket {SECRET}"))
    for viewer in OTHERS:
        assert SECRET not in everything_seen(led, viewer)
    assert [each.seat for each in led.control().tickets] == ["blue-1"]
    assert [each.team for each in led.control().marks] == ["red"]


async def test_the_projector_names_nobody(led: Led) -> None:
    """Reasons appear only where control let them through, and without their seats."""
    await led.until("talk")
    await led.lock("red-0", 0, "Let through.")
    await led.lock("blue-0", 0, SECRET)
    await led.until("reveal")
    let = next(each.number for each in led.control().said if each.text == "Let through.")
    await led.send(Show("reasons", reasons=(let,)))
    shown = led.table.hour_view(Viewer("projector")).shown
    assert [(each.text, each.seat) for each in shown.reasons] == [("Let through.", "")]
    assert SECRET not in everything_seen(led, Viewer("projector"))


async def test_a_standing_order_is_seen_by_its_team_and_control(led: Led) -> None:
    """Not by the others."""
    await led.send(Stand("red", "pressure_first", "red-0"))
    assert led.seen("red-1").team is not None
    assert led.seen("red-1").team.standing == "pressure_first"  # type: ignore[union-attr]
    assert led.table.hour_view(Viewer("projector")).teams[0].standing == ""


async def test_a_class_chooses_from_its_menu_and_control_from_everything(led: Led) -> None:
    """At most six at once can be talked over in three minutes; paper may hold any of them."""
    seen = {each.id for each in led.table.view(Viewer("team", "red")).responses}
    every = {each.id for each in led.table.view(CONTROL, None).responses}
    responses = led.table.record.program.scenario.responses
    assert seen == {name for name in every if responses[name].class_menu}
    assert 2 <= len(seen) <= 6
    assert seen < every
