"""The console: what stands on it, and every act of control by its keys, on a real class."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tabletop.exercise.console.deck import injects, withheld
from tabletop.exercise.hour.actions import Dissent, Prefer, Ticket
from tabletop.exercise.table import Viewer
from tabletop.tui.console.deck import DeckScreen
from tabletop.tui.console.looking import LookAsScreen
from tabletop.tui.console.screen import ConsoleScreen
from tabletop.tui.console.team import TeamScreen
from tabletop.tui.hour.filling import SureScreen
from tabletop.tui.screens.sheet import SheetScreen
from tests.exercise.hour.led import Led
from tests.tui.console.leading import (
    Phones,
    a_class,
    console,
    facts,
    press,
    settle,
    type_in,
)
from tests.tui.stand_in import flat, told

SIZE = (120, 40)


@pytest.fixture
async def led(tmp_path: Path) -> Led:
    """Three teams of two that wait for StartEx."""
    return await a_class(tmp_path, teams=3, people=2)


@pytest.fixture
async def playing(led: Led) -> Led:
    """The same, in the first round's lock."""
    await led.start()
    await led.until("lock")
    return led


async def test_before_play_it_shows_how_to_join_and_who_has_come(led: Led) -> None:
    """Address, code and warnings; who is here is counted by their pages."""
    phones = Phones()
    app = console(led, facts(phones))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "http://192.168.1.23:8000" in flat(app)
        assert "K 7 Q M 3 X" in flat(app)
        assert "Plain HTTP" in flat(app)
        assert "0 of 6 people here" in flat(app)
        assert "red 0, red 1" in flat(app)
        phones.come("red-0", "red-1", "blue-0")
        await settle(pilot)
        assert "3 of 6 people here" in flat(app)
        assert "2/2" in flat(app)


async def test_play_begins_after_asking(led: Led) -> None:
    """No goes back, yes begins; how to join then makes room for the teams."""
    app = console(led, facts())
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "b", "n")
        assert led.control().begun is False
        await press(pilot, "b", "y")
        assert led.table.record.begun
        assert "Round 1 of 3" in flat(app)
        assert "K 7 Q M 3 X" not in flat(app)
        assert "waits for" in flat(app)


async def test_next_leads_from_phase_to_phase_and_to_startex(led: Led) -> None:
    """After the brief comes StartEx, which is asked."""
    app = console(led, facts())
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "n")
        assert led.phase() == "brief"
        await press(pilot, "n")
        assert isinstance(app.screen, SureScreen)
        await press(pilot, "y", "n")
        assert led.phase() == "preference"


async def test_going_on_to_the_reveal_asks_while_teams_have_not_locked(playing: Led) -> None:
    """Their choices would be made by default."""
    await playing.lock("red-0")
    app = console(playing)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "n")
        assert "Not locked yet: blue, green." in flat(app)
        await press(pilot, "y")
        assert playing.phase() == "reveal"
        assert "locked" in flat(app)


async def test_the_clock_stands_runs_on_and_stretches(playing: Led) -> None:
    """What is out of the ordinary stands in the head."""
    app = console(playing)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "space")
        assert playing.control().paused
        assert "paused" in flat(app)
        await press(pilot, "space", "plus", "plus", "minus")
        assert playing.control().seconds == 120
        await press(pilot, "l")
        await type_in(pilot, "30")
        await press(pilot, "enter")
        assert playing.control().seconds == 150
        await press(pilot, "h", "t")
        assert (playing.control().held, playing.control().timed) == (True, False)
        assert "reveal held" in flat(app)
        assert "by hand" in flat(app)
        await press(pilot, "plus")
        assert "there is no clock to stretch" in told(app)[-1]


async def test_a_choice_is_entered_from_paper_and_opened_again(playing: Led) -> None:
    """For the team under the cursor."""
    app = console(playing)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "down", "e", "1", "1", "6")
        await type_in(pilot, "By show of hands")
        await press(pilot, "enter")
        locked = playing.table.hour_view(Viewer("team", "blue")).locked
        assert locked is not None
        assert locked.rationale == "By show of hands"
        assert locked.forecast is None
        assert "1 of 3 locked" in flat(app)
        await press(pilot, "u", "y")
        assert playing.table.hour_view(Viewer("team", "blue")).locked is None


async def test_a_team_opens_seat_by_seat_and_its_tally_is_for_control(playing: Led) -> None:
    """Preferences are counted there before the team has locked."""
    response = playing.offered("red")[0]
    await playing.send(Prefer("red-1", response, "It keeps the door open"))
    title = playing.table.record.program.scenario.responses[response].title
    app = console(playing)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "It keeps the door open" not in flat(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, TeamScreen)
        assert f"1 {title}" in flat(app)
        assert "hidden from the team until it locks" in flat(app)
        assert "“It keeps the door open”" in flat(app)
        await press(pilot, "right")
        assert "Team blue" in flat(app)
        await press(pilot, "q")
        assert isinstance(app.screen, ConsoleScreen)
        assert app.screen.team == "blue"


async def test_seats_are_renamed_moved_given_offices_and_removed(led: Led) -> None:
    """Under the cursor of their team; removing asks first."""
    app = console(led, facts())
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter", "down", "n")
        await type_in(pilot, "Ada")
        await press(pilot, "enter")
        assert {mate.id: mate.name for mate in led.control().mates}["red-1"] == "Ada"
        await press(pilot, "p")
        assert isinstance(app.screen, SheetScreen), "it stays until it is closed"
        assert "PIN-red-" in str(app.screen.text)
        assert "/again on the other phone" in str(app.screen.text)
        await press(pilot, "escape")
        await press(pilot, "f", "3")
        roles = list(led.table.record.program.scenario.roles)
        assert {mate.id: mate.role for mate in led.control().mates}["red-1"] == roles[2]
        await press(pilot, "g", "2")
        assert {mate.id: mate.team for mate in led.control().mates}["red-1"] == "blue"
        await press(pilot, "d", "n", "d", "y")
        assert "red-0" not in {mate.id for mate in led.control().mates}
        assert "nobody sits here" not in flat(app)


async def test_everybody_can_be_looked_at_and_sees_no_more_than_they_may(playing: Led) -> None:
    """A seat's own office, then the next one's, and nothing can be chosen there."""
    app = console(playing)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, LookAsScreen)
        assert "As red 0, The President" in flat(app)
        before = playing.table.record.number
        await press(pilot, "1", "enter")
        assert playing.table.record.number == before
        await press(pilot, "o")
        assert "For you alone" in flat(app)
        await press(pilot, "q", "right")
        assert "As red 1, Secretary of State" in flat(app)
        await press(pilot, "right", "right", "right")
        assert "As The projector" in flat(app)


async def test_messages_go_where_they_are_sent(led: Led) -> None:
    """The team under the cursor is offered first."""
    app = console(led)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "m", "1")
        await type_in(pilot, "Two minutes")
        await press(pilot, "enter")
        assert [each.text for each in led.seen("red-0").messages] == ["Two minutes"]
        assert led.seen("blue-0").messages == ()
        await press(pilot, "m", "escape")
        assert isinstance(app.screen, ConsoleScreen)


async def test_the_deck_fires_holds_and_sends(playing: Led) -> None:
    """An inject of one's own is held first, then sent; one of the scenario is fired."""
    app = console(playing)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "i", "w")
        await type_in(pilot, "A leak")
        await press(pilot, "tab")
        await type_in(pilot, "A paper prints it.")
        await press(pilot, "ctrl+s", "2")
        assert isinstance(app.screen, DeckScreen)
        assert [each.title for each in playing.control().deck] == ["A leak"]
        assert "held by you" in flat(app)
        await press(pilot, "home", "enter", "2")
        assert playing.control().deck == ()
        assert [each.title for each in playing.seen("green-0").messages] == ["A leak"]
        logged = len(playing.table.record.lines["red"].log)
        await press(pilot, "home", "enter", "1")
        await type_in(pilot, "For the talk")
        await press(pilot, "enter", "y")
        assert len(playing.table.record.lines["red"].log) > logged
        assert "came to team red" in told(app)[-1]


async def test_the_deck_holds_an_inject_of_the_scenario_back(led: Led) -> None:
    """Before StartEx; the same key lets it come again."""
    app = console(led)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "i", "end", "home", "h", "2")
        await type_in(pilot, "Not for these")
        await press(pilot, "enter")
        assert "is held back from all teams" in told(app)[-1]
        assert "held back from all teams" in flat(app)
        assert "Let it come" in flat(app)
        first = injects(led.table.record)[0].id
        assert all(withheld(led.table.record, row.team) == {first} for row in led.control().teams)
        await press(pilot, "h", "2")
        assert "may come to all teams in its time" in told(app)[-1]
        assert withheld(led.table.record, "red") == frozenset()


async def test_an_adjudication_is_overruled_on_the_record(playing: Led) -> None:
    """By another outcome, or one key further by effects, with a reason and after asking."""
    for team in ("red", "blue", "green"):
        await playing.lock(f"{team}-0")
    await playing.until("changed")
    app = console(playing)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "x", "1")
        await press(pilot, "enter")
        await type_in(pilot, "To show it")
        await press(pilot, "enter", "y")
        assert "Overruled for team red" in told(app)[-1]
        tension = playing.table.record.lines["blue"].world.tracks[0]
        await press(pilot, "down", "x", "end", "enter", "2")
        await type_in(pilot, "-1")
        await press(pilot, "enter", "1")
        await type_in(pilot, "A quiet week")
        await press(pilot, "enter", "y")
        assert playing.table.record.lines["blue"].world.tracks[0] == tension - 1


async def test_a_team_goes_back_as_a_new_line(playing: Led) -> None:
    """And the console goes on with that one."""
    for team in ("red", "blue", "green"):
        await playing.lock(f"{team}-0")
    await playing.until("changed")
    app = console(playing)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "r", "1", "2")
        await type_in(pilot, "Once more")
        await press(pilot, "enter", "y")
        assert "red.2" in playing.table.record.lines
        assert "line red.2" in flat(app)


async def test_the_projector_shows_what_control_lets_through(playing: Led) -> None:
    """Reasons are read here first, marked, and shown without a name."""
    for team in ("red", "blue", "green"):
        await playing.lock(f"{team}-0", rationale=f"Because of {team}")
    await playing.until("changed")
    app = console(playing)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "s", "4")
        assert "Because of red" in flat(app)
        await press(pilot, "space", "enter")
        shown = playing.table.hour_view(Viewer("projector")).shown
        assert (shown.what, [each.seat for each in shown.reasons]) == ("reasons", [""])
        await press(pilot, "s", "3")
        assert playing.table.hour_view(Viewer("projector")).shown.what == "ladder"


async def test_a_mark_stays_on_its_line(playing: Led) -> None:
    """Space marks and does not move, so that an arrow after it leads to the next line."""
    await playing.prefer("red-1", 1)
    await playing.lock("red-0", rationale="Because of red")
    await playing.send(Dissent("red-1", "Too early."))
    await playing.until("changed")
    app = console(playing)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "s", "4", "space", "down", "space")
        assert flat(app).count("●") == 2
        await press(pilot, "enter")
        assert len(playing.table.hour_view(Viewer("projector")).shown.reasons) == 2


async def test_notes_and_tickets_are_for_control(playing: Led) -> None:
    """A mark about a team, and the tickets of the last minute."""
    app = console(playing)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "a", "1")
        await type_in(pilot, "Saw the tell")
        await press(pilot, "enter", "y")
        assert "Saw the tell" in flat(app)
        assert "Round 1, red" in flat(app)
        await press(pilot, "q")
        for _ in range(20):
            if playing.phase() in ("endings", "hot_wash"):
                break
            await playing.next()
        await playing.send(Ticket("red-0", "Ask what they fear"))
        await press(pilot, "y")
        assert "Ask what they fear" in flat(app)


async def test_rules_and_standing_orders_are_set(led: Led) -> None:
    """From lists whose cursor begins at what holds."""
    app = console(led)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "g", "3", "c", "o", "2")
        view = led.control()
        assert (view.rule, view.barred) == ("consensus", True)
        assert view.teams[0].standing == view.doctrines[1][0]
        assert "by consensus" in flat(app)


async def test_the_debrief_is_released_once_all_have_ended(playing: Led) -> None:
    """Before that the key says why not."""
    app = console(playing)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "D")
        assert "waits until every team" in told(app)[-1]
        while playing.phase() != "endings":
            await playing.next()
        await settle(pilot)
        await press(pilot, "D", "y")
        assert playing.control().shared


async def test_leaving_asks_first_from_everywhere(led: Led) -> None:
    """Ctrl+Q on a sheet as well; no goes back to where one was."""
    app = console(led)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "q")
        assert "Close the room?" in flat(app)
        await press(pilot, "n", "enter", "ctrl+q")
        assert "Close the room?" in flat(app)
        await press(pilot, "n")
        assert isinstance(app.screen, TeamScreen)
        await pilot.press("ctrl+q")
        await settle(pilot)
        await pilot.press("y")
        await pilot.pause()
    assert app.return_code == 0


async def test_a_second_act_waits_for_the_question_that_is_open(led: Led) -> None:
    """The palette over a question cannot start another act."""
    app = console(led)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "m")
        app.carry_out("pause")
        await settle(pilot)
        assert told(app)[-1] == "first the question that is open"
        assert led.control().paused is False


async def test_the_save_goes_elsewhere_where_the_disk_failed(
    led: Led, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is there while it is needed, and says otherwise why it is not."""
    app = console(led)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "ctrl+s")
        assert told(app)[-1] == "the save is written and whole"
        monkeypatch.setattr(type(led.table), "warning", "the disk is full")
        await settle(pilot)
        assert "Save elsewhere" in flat(app)
        await press(pilot, "ctrl+s")
        await type_in(pilot, str(tmp_path / "other.jsonl"))
        await pilot.press("enter")
        async with asyncio.timeout(20):
            while led.table.path != tmp_path / "other.jsonl":
                await pilot.pause()
        await settle(pilot)
