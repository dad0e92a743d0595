"""A host that is killed in any phase of the hour is the same room again as soon as it is started."""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tabletop.exercise.console.wording import PHASES as TITLES
from tabletop.exercise.hour.view import PhaseName
from tabletop.exercise.save import read_save
from tabletop.exercise.verify import verify
from tests.room.phones import Host, Phone, put_away

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")

PEOPLE = {"red": ("president", "state"), "blue": ("president", "state", "defense")}
PHASES: tuple[PhaseName, ...] = (
    "join", "brief", "read", "preference", "talk", "lock", "reveal", "changed", "endings",
    "hot_wash",
)  # fmt: skip
WHOLE = 2.0
"""Seconds from a host that listens to pages that are whole."""
BACK = 10.0
"""Seconds from its start to the same; four of them on a machine that does nothing else."""


async def test_a_host_killed_in_any_phase_is_the_same_room_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Same code, port, seats and clock; nothing that was said is lost, nothing counts twice."""
    save = tmp_path / "class.jsonl"
    place = ("--bind", "127.0.0.1", "--port", 0)
    host = await Host.open(tmp_path, *place, "--save", save, "--teams", "red,blue", "--seed", 7)
    link, phones = host.link, await _seated(host.link)
    late = Phone(link)
    figures: list[str] = []
    try:
        for phase in PHASES:
            await _lead(host, phase)
            for phone in phones[:-1]:
                await _speak(phone, phase)
            before = await _frames(phones)
            dying = asyncio.create_task(_in_flight(phase, phones, late))
            # A turn of the loop, or some: the host may have heard it or not.
            await asyncio.sleep(0.002 * PHASES.index(phase))
            await host.kill()

            begun = time.monotonic()
            host = await Host.open(tmp_path, "--resume", save)
            listens = time.monotonic()
            after = await _frames(phones)
            whole = time.monotonic()
            await dying
            figures.append(f"{phase}: {listens - begun:.2f} s + {whole - listens:.2f} s")
            assert host.link == link
            for was, now in zip(before, after, strict=True):
                _same(was, now)
            assert whole - listens < WHOLE, phase
            assert whole - begun < BACK, phase
            for phone in phones:
                for body in phone.said:
                    answer = await phone.say(body)
                    assert answer.json() == {**answer.json(), "repeated": True}
                phone.said = phone.said[-1:]
            await late.send_form()
        await late.frame()
    finally:
        await host.kill()
        await put_away([*phones, late])
    with capsys.disabled():
        print("\nhost to its first line + pages whole:", "; ".join(figures))
    _check_save(save)


async def _seated(link: str) -> list[Phone]:
    """A phone for each of the people; the last of them says nothing all hour."""
    phones = []
    for team, roles in PEOPLE.items():
        for role in roles:
            phone = Phone(link)
            await phone.join(f"{team} {role}", team, role)
            phones.append(phone)
    return phones


async def _lead(host: Host, phase: PhaseName) -> None:
    """Lead the class by its console until a phase is reached."""
    while not (await host.tell("status", " left.")).startswith(TITLES[phase]):
        said = await host.tell("begin" if phase == "read" else "next", " left.", "Type yes")
        if "Type yes" in said:
            await host.tell("yes", " left.")


async def _frames(phones: Sequence[Phone]) -> list[dict[str, Any]]:
    return list(await asyncio.gather(*(phone.frame() for phone in phones)))


async def _speak(phone: Phone, phase: str) -> None:
    """Say what the phase is for; the host has confirmed it by then."""
    frame = await phone.frame()
    game = await phone.text(frame["team"]["game"])
    for act, fields in _words(phase, frame, game).items():
        if act in frame["seat"]["can"]:
            answer = await phone.act(act, round=frame["team"]["round"], **fields)
            assert answer.status_code == 200, answer.text
            return


def _words(phase: str, frame: dict[str, Any], game: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What a seat would say, in the order of what matters most."""
    offered = [each for each in game["responses"] if each["supports"]]
    second = frame["seat"]["you"]["role"] == "state"
    words: dict[str, dict[str, Any]] = {"dissent": {"reason": "Too soon."}}
    if phase == "join":
        words["declare"] = {"objective": game["objectives"][0]["id"]}
    if phase in {"preference", "talk"}:
        words["prefer"] = {"response": offered[second]["id"]}
    if phase == "lock" and frame["team"]["team"]["team"] == "red":
        chosen = {"response": offered[0]["id"], "support": offered[0]["supports"][0]}
        words["lock"] = {**chosen, "rationale": "The least of evils.", "forecast": 30}
    words["ticket"] = {"text": f"What I take along from the {phase}."}
    words["stand"] = {"doctrine": "talks_first"}
    return words


async def _in_flight(phase: str, phones: Sequence[Phone], late: Phone) -> None:
    """Something that is on its way while the host dies; the page says it until it is answered."""
    if phase == "join":
        await late.join("Late", "red", "treasury")
    elif phase in {"preference", "talk", "lock"}:
        frame = await phones[3].frame()
        game = await phones[3].text(frame["team"]["game"])
        offered = [each["id"] for each in game["responses"] if each["supports"]]
        answer = await phones[3].act("prefer", round=1, response=offered[-1])
        assert answer.status_code == 200, answer.text
    elif phase in {"endings", "hot_wash"}:
        assert (await phones[3].act("ticket", text="Once more.")).status_code == 200
    else:
        answer = await phones[2].act("stand", doctrine="dual_track")
        assert answer.status_code == 200, answer.text


def _same(was: dict[str, Any], now: dict[str, Any]) -> None:
    for name in ("phase", "round", "paused", "locked", "game"):
        assert now["team"][name] == was["team"][name], name
    assert now["team"]["ends_at"] == pytest.approx(was["team"]["ends_at"], abs=0.01)
    # The one who speaks at that moment may have been heard already.
    mine = {name: was["seat"][name] for name in ("you", "messages", "own")}
    mine["you"] = {**mine["you"], "preferred": now["seat"]["you"]["preferred"]}
    assert {name: now["seat"][name] for name in mine} == mine


def _check_save(save: Path) -> None:
    """Every operation is in it once, everybody sits once, and it verifies."""
    events = read_save(save).events
    operations = Counter(event.data["op"] for event in events if "op" in event.data)
    assert set(operations.values()) == {1}
    people = sum(map(len, PEOPLE.values())) + 1
    assert sum(event.what == "game.joined" for event in events) == people
    kinds = Counter(event.what for event in events)
    # Four of five speak; one of them once more while the host dies, and in the lock phase too.
    assert kinds["note.preference"] == 5 + 5 + 1
    assert kinds["note.ticket"] == 5 + 5
    report = verify(save)
    assert report.ok, report.findings
