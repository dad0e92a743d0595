"""Injects of the scenario held back ahead of their time: by control, on record, replayed alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.debrief.decisions import line_review
from tabletop.errors import ActionError
from tabletop.exercise.branching import branched
from tabletop.exercise.console.deck import injects, withheld
from tabletop.exercise.events import Draft
from tabletop.exercise.going_on import record_of
from tabletop.exercise.hour.actions import Rewind
from tabletop.exercise.hour.opening import resume_class
from tabletop.exercise.record import MismatchError
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.save import read_save
from tabletop.exercise.table import CONTROL, Fire, Withhold
from tabletop.exercise.verify import verify
from tests.debrief.test_decisions import solved
from tests.exercise.hour.led import Led

TEAMS = ("red", "blue")


async def playing(folder: Path, *held: str, seed: int = 7, plan: str | None = None) -> Led:
    """Two teams at StartEx; red's are held back from before it."""
    led = Led(folder, TEAMS, seed=seed, plan=plan)
    for team in TEAMS:
        await led.seat(team, 1)
    for inject in held:
        await led.send(Withhold("red", inject, reason="They are tired."))
    await led.start()
    return led


def came(led: Led, team: str) -> list[str]:
    """The injects that have come to a team, in order."""
    line = led.table.record.newest(team)
    assert line is not None
    return [each.id for each in line.log if each.kind == "inject"]


def scenario_injects(led: Led) -> list[str]:
    return list(led.table.record.program.scenario.injects)


@pytest.mark.parametrize("seed", range(4))
async def test_what_is_held_back_does_not_come_and_all_else_does(tmp_path: Path, seed: int) -> None:
    """Neither scheduled nor drawn; the save verifies and leads to the same worlds."""
    idle = await playing(tmp_path, seed=seed)
    every = scenario_injects(idle)
    await idle.table.close()
    led = await playing(tmp_path, *every, seed=seed)
    await led.until("over")
    assert came(led, "red") == []
    assert came(led, "blue") != []
    await led.table.close()
    assert verify(led.table.path).ok
    again = record_of(read_save(led.table.path))
    assert again.lines["red"].world == led.table.record.lines["red"].world
    assert [each.what for each in verify(led.table.path).interventions][: len(every)] == [
        "game.withheld"
    ] * len(every)


async def test_draws_are_what_they_would_have_been(tmp_path: Path) -> None:
    """The luck of a team does not hang on what is held back from another, nor from itself."""
    found = []
    for number, held in enumerate((False, True)):
        led = await playing(tmp_path / str(number))
        names = [each.id for each in injects(led.table.record) if each.turn is None] if held else []
        for name in names:
            await led.send(Withhold("red", name))
        await led.until("over")
        events = read_save(led.table.path).events
        found.append(
            {
                (event.data["turn"], event.data["site"]): event.data["outcome"]
                for event in events
                if event.what == "game.draw" and event.line == "red"
            }
        )
        await led.table.close()
    first = min(at for at in found[0] if at[1] == "inject/random")
    assert found[0][first] == found[1][first]


async def test_what_may_come_again_comes_in_its_turn(tmp_path: Path) -> None:
    """And not before; what stands so already is refused."""
    led = await playing(tmp_path)
    line = led.table.record.lines["red"]
    later = [each.id for each in injects(led.table.record) if each.turn == line.world.turn + 1]
    for inject in later:
        await led.send(Withhold("red", inject))
    with pytest.raises(ActionError, match="is held back in 'red'"):
        await led.send(Withhold("red", later[0]))
    assert withheld(led.table.record, "red") == frozenset(later)
    await led.send(Withhold("red", later[0], held=False))
    with pytest.raises(ActionError, match="is not held back in 'red'"):
        await led.send(Withhold("red", later[0], held=False))
    for line_of, inject in (("red", "no_such"), ("pink", later[0])):
        with pytest.raises(ActionError, match="there is no"):
            await led.send(Withhold(line_of, inject))
    await led.until("over")
    assert not set(later[1:]) & set(came(led, "red"))
    assert (later[0] in came(led, "red")) == (later[0] in came(led, "blue"))
    await led.table.close()


async def test_a_held_one_can_be_fired_and_stays_held(tmp_path: Path) -> None:
    """It comes once: by control."""
    led = await playing(tmp_path)
    later = next(each for each in injects(led.table.record) if each.turn == 3 and not each.flash)
    await led.send(Withhold("red", later.id))
    await led.send(Fire("red", later.id, "Now."))
    await led.until("over")
    assert came(led, "red").count(later.id) == 1
    await led.table.close()


async def test_it_is_held_back_after_a_restart_a_rewind_and_in_a_branch(tmp_path: Path) -> None:
    """Wherever a line goes on, until control lets it come."""
    led = await playing(tmp_path)
    every = scenario_injects(led)
    for inject in every:
        await led.send(Withhold("red", inject))
    before = came(led, "red")
    await led.until("reveal")
    await led.table.close()
    led.table = resume_class(led.table.path, clock=lambda: led.now)
    assert withheld(led.table.record, "red") == frozenset(every)
    turn = led.table.record.lines["red"].decisions[0].turn
    await led.send(Rewind("red", turn, "Once more."))
    assert withheld(led.table.record, "red") == frozenset(every)
    await led.until("over")
    assert came(led, "red") == before
    await led.table.close()
    assert verify(led.table.path).ok
    branch = branched(led.table.path, turn, lambda name: tmp_path / f"{name}.jsonl", line="red.2")
    (line,) = branch.record.lines.values()
    await branch.close()
    assert [each.id for each in line.log if each.kind == "inject"] == before
    assert line.play.withheld == frozenset(every)
    assert verify(branch.path).ok


@pytest.mark.parametrize("seed", [1, 7])
async def test_the_review_books_it_as_control_s_and_adds_up(tmp_path: Path, seed: int) -> None:
    """Held back before StartEx, held in the middle, and let come again."""
    led = await playing(tmp_path, "promised_answer", seed=seed, plan="lesson")
    every = scenario_injects(led)
    for inject in every[4:]:
        await led.send(Withhold("red", inject))
    await led.until("over")
    await led.table.close()
    found = line_review(ReplayTable(led.table.path), CONTROL, "red", solved)
    assert found is not None
    assert abs(found.review.residual) < 1e-9
    assert any(each.change for each in found.review.control)
    other = line_review(ReplayTable(led.table.path), CONTROL, "blue", solved)
    assert other is not None
    assert other.review.control == ()


@pytest.mark.parametrize(
    "line,data",
    [
        ("red", {}),
        ("red", {"inject": "promised_answer"}),
        ("red", {"inject": "promised_answer", "held": 1}),
        ("red", {"inject": ["promised_answer"], "held": True}),
        ("red", {"inject": "promised_answer", "held": False}),
        ("pink", {"inject": "promised_answer", "held": True}),
        ("red", {"inject": None, "held": True}),
    ],
)
async def test_nonsense_in_the_event_stops_the_replay_there(
    tmp_path: Path, line: str, data: dict[str, object]
) -> None:
    """In one line that names it, and nothing worse."""
    led = await playing(tmp_path)
    with pytest.raises(MismatchError, match=r"^game\.withheld: "):
        led.table.record.after(Draft("game.withheld", data, "control", line))
    await led.table.close()
