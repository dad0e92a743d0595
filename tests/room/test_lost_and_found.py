"""What people lose in a room and find again: votes, answers, phones, tabs, and the closed lid."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path

import pytest

from tabletop.exercise.hour import notes
from tabletop.exercise.hour.actions import Resume
from tabletop.exercise.hour.opening import resume_class
from tabletop.exercise.table import CONTROL
from tabletop.room import seating
from tabletop.room.opening import resume_room
from tests.exercise.hour.led import Led
from tests.room.phones import Phone
from tests.room.rooms import Class, kinds, link_of, made_class, opened

TEN_MINUTES = 600.0
MARK = {"text": {"text": "For the hot wash."}, "team": ""}


async def test_a_vote_whose_answer_was_lost_counts_once(tmp_path: Path) -> None:
    """The network drops behind the vote: the page says it again under the same operation."""
    async with opened(made_class(tmp_path, "red")) as found:
        phone = Phone(link_of(found))
        await phone.join("Ann", "red")
        await found.start()
        await found.until("preference")
        vote = {"act": "prefer", "op": "operation-1", "response": found.led.offered("red")[0]}
        body = json.dumps(vote)
        changed = asyncio.ensure_future(anext(found.led.table.changes()))
        _, writer = await asyncio.open_connection("127.0.0.1", found.room.kept.port)
        host = f"127.0.0.1:{found.room.kept.port}"
        writer.write(
            f"POST /{found.room.code}/act HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
            f"Cookie: seat={phone.http.cookies['seat']}\r\nContent-Length: {len(body)}\r\n\r\n"
            f"{body}".encode()
        )
        await writer.drain()
        await asyncio.wait_for(changed, 10)
        assert found.led.table.hour.preferences
        writer.transport.abort()
        with suppress(ConnectionError):
            await writer.wait_closed()
        assert (await phone.say(vote)).json()["repeated"] is True
        assert (await phone.say(vote)).json()["repeated"] is True
        assert kinds(found.room.table.path).count("note.preference") == 1
        await phone.close()


async def test_what_was_counted_is_not_called_too_late_when_it_is_said_again(
    tmp_path: Path,
) -> None:
    """A phone that was without a network for a round learns that its vote did count."""
    found = made_class(tmp_path, "red")
    async with found.client() as client:
        await found.joined(client, team="red")
        await found.start()
        await found.until("preference")
        offered = found.led.offered("red")[0]
        vote = {"act": "prefer", "op": "operation-1", "response": offered, "round": 1}
        path = f"/{found.room.code}/act"
        assert (await client.post(path, json=vote)).json()["repeated"] is False
        await found.until("changed")
        await found.until("read")
        assert (await client.post(path, json=vote)).json()["repeated"] is True
        never_heard = {**vote, "op": "operation-2"}
        assert (await client.post(path, json=never_heard)).status_code == 409
    await found.led.table.close()


async def test_a_form_sent_again_after_the_host_died_takes_the_same_seat(tmp_path: Path) -> None:
    """The answer with the token was lost with the host: the seat is not."""
    found = made_class(tmp_path, "red")
    form = {"op": "the-same-operation", "name": "Ann", "team": "red"}
    seat = await found.joined(found.client(), **form)
    await found.led.table.close()
    again = resume_room(found.led.table.path, clock=lambda: found.led.now)
    back = Class(found.led, again)
    async with back.client() as client:
        assert await back.joined(client, **form) == seat
    assert list(again.table.record.seats) == [seat]
    await again.table.close()


async def test_two_answers_to_one_form_open_the_same_seat(tmp_path: Path) -> None:
    """A button that was pressed twice: whichever answer the browser keeps is good."""
    found = made_class(tmp_path, "red")
    form = {"op": "the-same-operation", "name": "Ann", "team": "red"}
    one, other = found.client(), found.client()
    seats = await asyncio.gather(found.joined(one, **form), found.joined(other, **form))
    assert len(set(seats)) == 1
    assert found.room.seat_of(one.cookies["seat"]) == found.room.seat_of(other.cookies["seat"])
    await found.led.table.close()


async def test_another_phone_takes_the_seat_with_a_code_once(tmp_path: Path) -> None:
    """The phone before is out, for good: also with its old form, and after a restart."""
    found = made_class(tmp_path, "red")
    form = {"op": "the-same-operation", "name": "Ann", "team": "red"}
    path = f"/{found.room.code}/again"
    async with found.client() as old, found.client() as new, found.client() as third:
        seat = await found.joined(old, **form)
        pin = {"pin": found.room.pin(seat)}
        assert (await new.post(path, data=pin)).status_code == 303
        assert found.room.seat_of(new.cookies["seat"]) == seat
        assert found.room.seat_of(old.cookies["seat"]) is None
        assert (await third.post(path, data=pin)).status_code == 403
        old.cookies.clear()
        assert await found.joined(old, **form) != seat
        await found.led.table.close()
        again = resume_room(found.led.table.path, clock=lambda: found.led.now)
        assert again.seat_of(new.cookies["seat"]) == seat
        old.cookies.clear()
        async with Class(found.led, again).client() as browser:
            assert await Class(found.led, again).joined(browser, **form) != seat
        await again.table.close()


def test_a_code_for_another_phone_is_good_for_five_minutes() -> None:
    """And a new one for the seat takes the place of the one before."""
    now = 0.0
    seats = seating.Seating(lambda: now)
    late, early = seats.new_pin("ann"), seats.new_pin("ben")
    now = seating.PIN_SECONDS - 1
    assert seats.use_pin(early) == "ben"
    now = seating.PIN_SECONDS + 1
    assert seats.use_pin(late) is None
    replaced, newest = seats.new_pin("ann"), seats.new_pin("ann")
    assert seats.use_pin(replaced) is None
    assert seats.use_pin(newest) == "ann"


async def test_a_browser_that_was_closed_comes_back_to_its_seat(tmp_path: Path) -> None:
    """The cookie outlives the browser, for a week; the door leads on to the seat."""
    found = made_class(tmp_path, "red")
    async with found.client() as first:
        data = {"name": "Ann", "op": "operation-1"}
        answer = await first.post(f"/{found.room.code}/join", data=data)
    kept = answer.headers["set-cookie"]
    assert "Max-Age=604800" in kept
    token = kept.partition("seat=")[2].partition(";")[0]
    async with found.client(cookie=f"seat={token}") as opened_again:
        answer = await opened_again.get(f"/{found.room.code}")
        assert answer.headers["location"] == f"/{found.room.code}/seat"
    await found.led.table.close()


async def test_a_tab_opened_twice_takes_over_and_what_either_says_counts_once(
    tmp_path: Path,
) -> None:
    """The same seat in two tabs: one vote, and the older stream ends."""
    async with opened(made_class(tmp_path, "red")) as found:
        phone = Phone(link_of(found))
        await phone.join("Ann", "red")
        await found.start()
        await found.until("preference")
        (seat,) = found.led.table.record.seats
        async with phone.stream("one") as first:
            await anext(first)
            async with phone.stream("two") as second:
                await anext(second)
                rest = [each async for each in first]
                assert all("team" in each for each in rest)
                for offered in found.led.offered("red")[:2]:
                    await phone.act("prefer", response=offered, round=1)
        assert list(found.led.table.hour.preferences) == [seat]
        assert found.led.table.hour.preferences[seat].response == found.led.offered("red")[1]
        await phone.close()


async def _sleep_in_talk(led: Led) -> None:
    """Let a class run by itself, and the machine sleep for ten minutes in the talk."""
    await led.seat("red")
    await led.start()
    await led.until("talk")
    led.now += 30
    running = asyncio.create_task(led.table.run())
    await led.table.note(notes.MARK, MARK)
    led.now += TEN_MINUTES
    # What wakes it is whatever comes first; the clock is looked at before anything is done.
    for _ in range(3):
        await led.table.note(notes.MARK, MARK)
    running.cancel()


async def test_a_lid_closed_for_ten_minutes_finds_the_clock_paused(tmp_path: Path) -> None:
    """With what was left; nothing was decided meanwhile, and it runs on when told."""
    led = Led(tmp_path, ("red",))
    await _sleep_in_talk(led)
    seen = led.control()
    assert (seen.phase, seen.paused) == ("talk", True)
    assert seen.remaining == pytest.approx(150, abs=0.1)
    assert kinds(led.table.path).count("note.phase") == 3
    await led.send(Resume())
    assert led.control().ends_at == pytest.approx(led.now + 150, abs=0.1)
    await led.table.close()


async def test_a_lid_closed_on_a_class_without_a_clock_pauses_nothing(tmp_path: Path) -> None:
    """There is nothing to stop, and it goes on by hand."""
    led = Led(tmp_path, ("red",), timed=False)
    await _sleep_in_talk(led)
    assert not led.control().paused
    assert await led.next() == "lock"
    await led.table.close()


async def test_a_host_found_by_its_save_alone_has_run_until_the_last_event(tmp_path: Path) -> None:
    """What stood beside it is gone, and the room gets another code; the clock is paused as of then.

    What had passed of the phase until then is not given back.
    """
    led = Led(tmp_path, ("red",))
    await led.seat("red")
    await led.start()
    led.now += 25
    await led.table.note(notes.MARK, MARK)
    await led.table.close()
    away = resume_class(led.table.path, clock=lambda: led.now + TEN_MINUTES)
    assert away.hour_view(CONTROL).remaining == pytest.approx(35, abs=0.01)
    await away.close()
