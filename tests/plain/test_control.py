"""The console line by line: every act of control, typed."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.exercise.console.acts import FLOWS
from tabletop.exercise.console.deck import draws, injects, withheld
from tabletop.exercise.console.facts import PAPER, Reached, RoomFacts
from tabletop.exercise.console.troubles import Trouble
from tabletop.exercise.table import Viewer
from tabletop.plain.asking import Lines
from tabletop.plain.console import Console
from tabletop.plain.control import COMMANDS, ControlLines, control
from tests.exercise.hour.led import Led

ROOM = RoomFacts(
    address="http://192.168.1.23:8000",
    code="K7QM3X",
    link="http://192.168.1.23:8000/K7QM3X",
    warnings=("Plain HTTP can be read",),
    present=lambda seat: seat.endswith("-0"),
    pin=lambda seat: f"PIN {seat}",
    projector_pin=lambda: "PIN WALL",
)


async def type_lines(led: Led, lines: Iterable[str], facts: RoomFacts = ROOM) -> str:
    """What the console says to these lines."""
    out = io.StringIO()
    source = io.StringIO("".join(f"{line}\n" for line in lines))
    code = await asyncio.wait_for(control(led.table, facts, Console(source, out), source), 20)
    assert code == 0
    return out.getvalue()


@pytest.fixture
async def led(tmp_path: Path) -> Led:
    """Two teams of two that wait for StartEx."""
    led = Led(tmp_path, ("red", "blue"))
    await led.seat("red")
    await led.seat("blue")
    return led


def test_every_act_of_control_has_a_command() -> None:
    """But for the minute more or less, which `stretch` gives."""
    assert set(FLOWS) - {command.act for command in COMMANDS} == {"longer", "shorter"}


async def test_it_tells_how_to_join_and_lists_its_commands(led: Led) -> None:
    """The code letter by letter, so that it can be read out."""
    said = await type_lines(led, ["help"])
    assert "http://192.168.1.23:8000 with the code K 7 Q M 3 X" in said
    assert "Plain HTTP can be read." in said
    for command in COMMANDS:
        assert f"\n{command.word}" in said


async def test_without_a_network_it_says_that_paper_is_entered(led: Led) -> None:
    """No address is made up."""
    assert "from paper" in await type_lines(led, [], PAPER)


async def test_play_is_begun_after_asking_and_status_tells_the_phase(led: Led) -> None:
    """Who does not say yes has begun nothing."""
    said = await type_lines(led, ["begin", "well", "status"])
    assert "Nothing was done." in said
    assert led.control().begun is False
    said = await type_lines(led, ["begin", "yes", "status"])
    assert led.table.record.begun
    assert "Read, Round 1 of 3" in said
    assert "2 of 4 people here" in said


async def test_the_clock_is_led_by_words(led: Led) -> None:
    """Pause, resume, stretch, hold, by hand: each is where it was asked to be."""
    await led.start()
    said = await type_lines(led, ["pause", "resume", "stretch 90", "hold", "hold", "hand", "close"])
    view = led.control()
    assert (view.paused, view.held, view.timed, view.barred) == (False, True, False, True)
    assert "90 seconds more." in said
    assert "It stands so already." in said
    await type_lines(led, ["release", "clock", "open", "rule majority"])
    view = led.control()
    assert (view.held, view.timed, view.barred, view.rule) == (False, True, False, "majority")


async def test_a_refusal_is_one_line_and_the_console_goes_on(led: Led) -> None:
    """So is a word that nobody knows, with the nearest one."""
    said = await type_lines(led, ["resume", "paus", "unlock red", "stretch soon", "status"])
    assert "Refused: the clock is running." in said
    assert "Did you mean pause?" in said
    assert "Refused: a phase is stretched by seconds" in said
    assert "Joining" in said


async def test_a_choice_is_entered_from_paper(led: Led) -> None:
    """Response, forecast and reason are asked; the team is locked."""
    await led.start()
    await led.until("lock")
    said = await type_lines(led, ["enter red", "2", "1", "2", "They wrote it down"])
    locked = led.table.hour_view(Viewer("team", "red")).locked
    assert locked is not None
    assert (locked.response, locked.rationale) == (led.offered("red")[1], "They wrote it down")
    assert locked.forecast == 30
    assert "Team red is locked" in said
    await type_lines(led, ["unlock red", "yes"])
    assert led.table.hour_view(Viewer("team", "red")).locked is None


async def test_messages_go_to_a_team_a_seat_or_all(led: Led) -> None:
    """Named in the same line, without a question."""
    await type_lines(
        led, ["message red Read page 2", "message blue-0 Speak up", "message all Hush"]
    )
    texts = {seat: [each.text for each in led.seen(seat).messages] for seat in ("red-0", "blue-0")}
    assert texts == {"red-0": ["Read page 2", "Hush"], "blue-0": ["Speak up", "Hush"]}


async def test_an_inject_is_fired_or_written_held_and_sent(led: Led) -> None:
    """A held one waits until it is sent."""
    await led.start()
    inject = next(iter(led.table.record.program.scenario.injects))
    said = await type_lines(led, [f"fire red {inject}", "For the talk", "yes"])
    assert "came to team red" in said
    await type_lines(led, ["write all", "A leak", "A paper prints it.", "2"])
    assert [each.title for each in led.control().deck] == ["A leak"]
    assert led.seen("red-0").messages == ()
    await type_lines(led, ["deck", "1", "1", "all"])
    assert led.control().deck == ()
    assert [each.title for each in led.seen("red-0").messages] == ["A leak"]


async def test_seats_are_renamed_moved_and_removed(led: Led) -> None:
    """Removing asks first; a code for another phone is told."""
    said = await type_lines(
        led, ["rename red-1 Ada", "move red-1 blue", "pin red-0", "remove blue-1", "yes"]
    )
    rows = {mate.id: (mate.name, mate.team) for mate in led.control().mates}
    assert rows["red-1"] == ("Ada", "blue")
    assert "blue-1" not in rows
    assert "PIN red-0" in said


async def test_an_adjudication_is_overruled_with_a_reason(led: Led) -> None:
    """The first draw that is offered gets an outcome that it did not have."""
    await led.start()
    await led.until("lock")
    await led.lock("red-0")
    await led.lock("blue-0")
    await led.until("changed")
    card = draws(led.table.record, "red")[-1]
    names = [name for name, _ in card.outcomes]
    came, other = names.index(card.outcome) + 1, (names.index(card.outcome) + 1) % len(names) + 1
    said = await type_lines(led, ["override red", "1", f"{came}", f"{other}", "Teach it", "yes"])
    assert "Closed: this is what came" in said
    assert "is closed: this is what came." in said
    assert "Overruled for team red" in said
    said = await type_lines(led, ["effects red", "2", "1", "1", "To show it", "yes"])
    assert "changed by hand" in said


async def test_a_team_goes_back_to_a_turn_as_a_new_line(led: Led) -> None:
    """With new luck and a reason."""
    await led.start()
    await led.until("lock")
    await led.lock("red-0")
    await led.lock("blue-0")
    await led.until("changed")
    turn = led.table.record.lines["red"].openings[0].turn
    said = await type_lines(led, [f"rewind red {turn} new", "Once more", "yes"])
    assert "as line red.2" in said


async def test_the_projector_shows_reasons_that_control_let_through(led: Led) -> None:
    """Without names; the others stay where they were written."""
    await led.start()
    await led.until("lock")
    await led.lock("red-0", rationale="Keep the line open")
    await led.lock("blue-0", rationale="Hold on")
    await led.until("changed")
    said = await type_lines(led, ["words red", "reasons", "2", "projector"])
    assert "Keep the line open" in said
    assert "http://192.168.1.23:8000/K7QM3X/again" in said
    assert "PIN WALL" in said
    shown = led.table.hour_view(Viewer("projector")).shown
    assert (shown.what, len(shown.reasons)) == ("reasons", 1)
    assert shown.reasons[0].seat == ""
    await type_lines(led, ["show ladder"])
    assert led.table.hour_view(Viewer("projector")).shown.what == "ladder"


async def test_notes_are_kept_and_told(led: Led) -> None:
    """For the hot wash, by control alone."""
    said = await type_lines(led, ["mark red They saw the tell", "notes", "tickets"])
    assert "red: They saw the tell." in said
    assert "No exit ticket has come yet." in said


async def test_teams_are_told_one_a_line_and_seen_as_they_see(led: Led) -> None:
    """A team's own words stand below it."""
    await led.start()
    said = await type_lines(led, ["teams", "team red", "see red", "see red-0", "see nobody"])
    assert "red: waits for" in said
    assert "Seat red-0." in said
    assert "Tension" in said
    assert "there is no team 'nobody'" in said


async def test_quitting_asks_first(led: Led) -> None:
    """Who says no stays."""
    said = await type_lines(led, ["quit", "n", "status", "quit", "yes", "status"])
    assert "The room stays open." in said
    assert said.count("people here") == 1


async def test_what_happens_meanwhile_is_told_in_a_line_until_it_is_quiet(led: Led) -> None:
    """A phase, a lock, an ending; and nothing more often than it happens."""
    await led.start()
    said = await type_lines(led, ["next", "quiet", "next", "status"])
    assert "Silent preference, Round 1" in said
    assert "Nothing is told meanwhile." in said


async def test_the_save_goes_elsewhere_where_the_disk_failed(led: Led, tmp_path: Path) -> None:
    """Play goes on in the other file; a folder that is not there is told in a line."""
    other = tmp_path / "other.jsonl"
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    said = await type_lines(led, ["save", f"save {tmp_path}/file/x.jsonl", f"save {other}"])
    assert "Say where" in said
    assert "Not saved" in said
    assert led.table.path == other


async def test_what_is_wrong_with_the_room_is_told_with_what_to_do(led: Led) -> None:
    """At once and though it be quiet; `status` tells what stands, `faults` all of it."""
    stands = [Trouble("port", "The port is shut.", "Wait.", "The port is open.")]
    past = [*stands, Trouble("unanswered", "A page was lost.", "Go on.", times=3)]
    told: list[Callable[[str], None]] = []
    room = replace(
        ROOM,
        troubles=lambda: stands,
        past_troubles=lambda: past,
        watch=told.append,
    )
    said = await type_lines(led, ["quiet", "status", "faults"], room)
    assert said.count("Fault: The port is shut. Wait.") == 2
    assert "Now: The port is shut. Wait." in said
    assert "Before: A page was lost. (3 times) Go on." in said
    stands.clear()
    past.clear()
    assert "Nothing has gone wrong with the room." in await type_lines(led, ["faults"], room)
    assert len(told) == 2


async def test_devices_that_try_the_way_are_told(led: Led) -> None:
    """As they come, and where one asks how to join."""
    reached = [Reached()]
    said = io.StringIO()
    room = replace(ROOM, test_link="http://x/test", reached=lambda: reached[0])
    lines = ControlLines(led.table, room, Console(io.StringIO(), said), Lines(io.StringIO()))
    for found in (Reached(own=True), Reached(2, 1), Reached(2, 2), Reached(2, 2)):
        reached[0] = found
        lines._stirred("")
    assert said.getvalue().splitlines() == [
        "The test page: only this machine so far, which says nothing.",
        "2 devices reached the test page; the line works on 1.",
        "2 devices reached the test page, and the line works there.",
    ]
    told = await type_lines(led, ["join"], room)
    assert "Try a phone first, which takes no seat: http://x/test" in told
    assert "2 devices reached the test page" in told


async def test_an_inject_is_held_back_ahead_of_its_time(led: Led) -> None:
    """Before StartEx, too, from one team or all; one that was fired does not come a second time."""
    ahead = [each for each in injects(led.table.record) if each.turn and each.turn > 3]
    first = next(each.id for each in ahead if each.turn == 4)
    second = next(each.id for each in ahead if each.id != first and not each.flash)
    said = await type_lines(led, [f"withhold red {first}", "Too much for them", "injects"])
    assert "is held back from team red, until you fire it or let it come." in said
    assert "held back from red" in " ".join(said.split())
    await led.start()
    said = await type_lines(led, [f"withhold all {first}", "", f"withhold red {first}", "injects"])
    assert "Refused: “" in said
    assert "held back there already" in said
    assert "held back from all teams" in " ".join(said.split())
    said = await type_lines(led, [f"allow blue {first}", "allow red", first])
    assert "may come to team blue in its time." in said
    assert withheld(led.table.record, "blue") == frozenset()
    assert withheld(led.table.record, "red") == frozenset()
    await type_lines(led, [f"fire red {second}", "For the talk", "yes"])
    assert withheld(led.table.record, "red") == {second}
    assert withheld(led.table.record, "blue") == frozenset()
