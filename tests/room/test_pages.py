"""The way through the pages: from the code of the room to a seat, and back to it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tabletop.room.limits import Limits
from tabletop.room.reach import MOST
from tests.room.rooms import made_class


async def test_the_front_door_asks_for_the_code_and_leads_on(tmp_path: Path) -> None:
    """In either case, with spaces, as people type it."""
    found = made_class(tmp_path)
    code = found.room.code
    client = found.client()
    assert "Code of the room" in (await client.get("/")).text
    answer = await client.get("/", params={"code": f" {code[:3].lower()} {code[3:]}"})
    assert answer.headers["location"] == f"/{code}"
    assert "Take a seat" in (await client.get(f"/{code}")).text


async def test_a_small_letter_is_led_to_the_code_itself(tmp_path: Path) -> None:
    """One address a room, so that cookies and proxies know it."""
    found = made_class(tmp_path)
    answer = await found.client().get(f"/{found.room.code.lower()}/again")
    assert answer.headers["location"] == f"/{found.room.code}/again"


async def test_a_seat_is_taken_with_a_team_and_an_office(tmp_path: Path) -> None:
    """As they were chosen."""
    found = made_class(tmp_path)
    seat = await found.joined(found.client(), name="Ann", team="blue", role="state")
    row = found.room.row(seat)
    assert row is not None
    assert (row.name, row.team, row.role) == ("Ann", "blue", "state")


async def test_teams_and_offices_are_dealt_evenly_and_the_head_first(tmp_path: Path) -> None:
    """Nobody has to choose."""
    found = made_class(tmp_path)
    rows = []
    for name in ("Ann", "Ben", "Cleo", "Dan"):
        row = found.room.row(await found.joined(found.client(), name=name))
        assert row is not None
        rows.append((row.team, row.role))
    assert rows == [
        ("red", "president"),
        ("blue", "president"),
        ("red", "state"),
        ("blue", "state"),
    ]


async def test_a_class_that_comes_all_at_once_is_dealt_evenly_too(tmp_path: Path) -> None:
    """While the seats of some are still being written down, others are dealt what is left."""
    found = made_class(tmp_path)
    names = [f"P{number}" for number in range(12)]
    seats = await asyncio.gather(*(found.joined(found.client(), name=name) for name in names))
    rows = [row for row in map(found.room.row, seats) if row is not None]
    roles = list(found.room.roles())[:6]
    for team in ("red", "blue"):
        assert sorted(row.role for row in rows if row.team == team) == sorted(roles)


async def test_thirty_people_of_one_team_share_its_offices(tmp_path: Path) -> None:
    """The whole class as one team: all may prefer, and one head alone locks."""
    found = made_class(tmp_path, "all")
    people = [found.client() for _ in range(30)]
    seats = [await found.joined(each, name=f"P{number}") for number, each in enumerate(people)]
    held = [seat.role for seat in found.led.table.record.seats.values()]
    counts = [held.count(role) for role in found.room.roles()]
    assert sum(counts) == 30
    assert max(counts) - min(counts) <= 1
    await found.start()
    await found.until("preference")
    first, second = found.led.offered("all")[:2]
    for number, each in enumerate(people):
        chosen = first if number % 3 else second
        assert (await found.act(each, "prefer", response=chosen, round=1)).status_code == 200
    assert len(found.led.table.hour.preferences) == 30
    await found.until("talk")
    heads = [seat for seat in seats if "lock" in found.snapshot(seat)["seat"]["can"]]
    assert 1 <= len(heads) < 30
    frame = found.room.snapshots.seat(seats[-1])
    assert frame is not None
    assert len(frame) < 20 * 1024


async def test_a_form_sent_twice_takes_one_seat(tmp_path: Path) -> None:
    """A thumb taps twice."""
    found = made_class(tmp_path)
    first = await found.joined(found.client(), op="the-same-operation")
    second = await found.joined(found.client(), op="the-same-operation")
    assert first == second
    assert len(found.led.table.record.seats) == 1


async def test_a_recorder_sits_in_a_team_and_does_not_play(tmp_path: Path) -> None:
    """What its team sees is shown; to prefer is refused."""
    found = made_class(tmp_path)
    head, client = found.client(), found.client()
    await found.joined(head, team="red")
    seat = await found.joined(client, name="Rae", team="red", recorder="1")
    await found.start()
    await found.until("preference")
    data = found.snapshot(seat)
    assert data["seat"]["you"]["role"] == ""
    assert data["team"]["team"]["team"] == "red"
    answer = await found.act(client, "prefer", response=found.led.offered("red")[0])
    assert answer.status_code == 409


async def test_who_has_a_seat_comes_back_to_it(tmp_path: Path) -> None:
    """The same link, scanned again."""
    found = made_class(tmp_path)
    client = found.client()
    await found.joined(client)
    answer = await client.get(f"/{found.room.code}")
    assert answer.headers["location"] == f"/{found.room.code}/seat"


async def test_another_phone_takes_the_seat_with_a_code_from_control(tmp_path: Path) -> None:
    """Once; the old phone is out, and the seat is the same."""
    found = made_class(tmp_path)
    old, new, third = found.client(), found.client(), found.client()
    seat = await found.joined(old)
    pin = found.room.pin(seat)
    path = f"/{found.room.code}/again"
    assert (await new.post(path, data={"pin": pin.lower()})).status_code == 303
    assert found.room.seat_of(new.cookies["seat"]) == seat
    assert found.room.seat_of(old.cookies["seat"]) is None
    assert (await third.post(path, data={"pin": pin})).status_code == 403


async def test_a_closed_room_says_so(tmp_path: Path) -> None:
    """To those who come, and to forms that were open before."""
    from tabletop.exercise.hour.actions import Bar

    found = made_class(tmp_path)
    client = found.client()
    await found.send(Bar(barred=True))
    assert "closed to new seats" in (await client.get(f"/{found.room.code}")).text
    answer = await client.post(f"/{found.room.code}/join", data={"name": "Ann"})
    assert answer.status_code == 409
    assert "closed to new seats" in answer.text
    assert not found.led.table.record.seats


async def test_what_a_student_keeps_is_their_own(tmp_path: Path) -> None:
    """Their words, their office, their team's decisions; one file."""
    found = made_class(tmp_path)
    client, other = found.client(), found.client()
    await found.joined(client, name="Ann", team="red", role="president")
    await found.joined(other, name="Ben", team="blue", role="president")
    await found.start()
    await found.until("preference")
    offered = found.led.offered("red")[0]
    await found.act(client, "prefer", response=offered, reason="It is my own reason")
    await found.act(other, "prefer", response=offered, reason="It is a stranger's reason")
    await found.until("hot_wash")
    answer = await client.get(f"/{found.room.code}/mine")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "It is my own reason" in answer.text
    assert "stranger" not in answer.text
    assert "How it ended" in answer.text


async def test_the_debrief_is_read_once_control_has_released_it(tmp_path: Path) -> None:
    """Not before."""
    from tabletop.exercise.hour.actions import Share

    found = made_class(tmp_path)
    client = found.client()
    await found.joined(client, team="red")
    await found.start()
    await found.until("hot_wash")
    path = f"/{found.room.code}/debrief"
    assert (await client.get(path)).status_code == 403
    await found.send(Share())
    answer = await client.get(path)
    assert answer.status_code == 200
    assert "After-action report" in answer.text


async def test_a_phone_is_tried_without_taking_a_seat(tmp_path: Path) -> None:
    """Control sees how many devices have come, and on how many the stream works."""
    found = made_class(tmp_path)
    told: list[str] = []
    facts = found.room.facts()
    facts.watch(told.append)
    phone, other = found.client("192.168.1.7"), found.client("192.168.1.8")
    for each in (phone, phone, other):
        answer = await each.get(f"/{found.room.code}/test")
        assert "This device reaches the host" in answer.text
    assert facts.reached() == (2, 0, False)
    async with phone.stream("GET", f"/{found.room.code}/test/line") as line:
        words = [each async for each in line.aiter_lines() if each]
    assert words == ["data: first", "data: second"]
    assert (await phone.post(f"/{found.room.code}/test")).status_code == 204
    assert facts.reached() == (2, 1, False)
    assert told == ["", "", ""]
    assert found.led.table.record.seats == {}


async def test_the_host_s_own_machine_is_no_phone(tmp_path: Path) -> None:
    """Neither by its name nor by its address; behind a proxy nobody can tell."""
    for address in ("127.0.0.1", "192.168.1.23"):
        found = made_class(tmp_path)
        found.room.found = ["192.168.1.23"]
        answer = await found.client(address).get(f"/{found.room.code}/test")
        assert "says nothing of phones" in answer.text
        assert found.room.facts().reached() == (0, 0, True)


async def test_machines_that_try_the_way_are_counted_within_bounds(tmp_path: Path) -> None:
    """Who forgets its cookie waits like others that ask too much; a wrong code counts nothing."""
    found = made_class(tmp_path, limits=Limits(joins=3))
    answers = [await found.client("192.168.1.7").get(f"/{found.room.code}/test") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    await found.client("192.168.1.8").get("/234567/test")
    assert found.room.facts().reached().phones == 3
    for number in range(2 * MOST):
        found.room.reach.came(str(number), own=False)
    assert found.room.facts().reached().phones == MOST
