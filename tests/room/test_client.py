"""A seat from a terminal: the same views, the same acts, and it outlives its host."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tabletop.errors import ActionError, UsageError
from tabletop.exercise.hour.actions import Lock, Pause, Prefer, Ticket
from tabletop.exercise.hour.view import HourView
from tabletop.exercise.table import Viewer
from tabletop.exercise.view import View
from tabletop.room.client import RemoteTable, where
from tabletop.room.decoded import OddAnswerError, decoded
from tabletop.room.opening import resume_room
from tests.room.rooms import Class, made_class, opened


async def _until(table: RemoteTable, phase: str) -> None:
    """Wait until a phase has come to the terminal."""
    viewer = Viewer("seat", table.seat)
    if table.hour_view(viewer).phase == phase:
        return
    async with asyncio.timeout(10):
        async for _ in table.changes():
            if table.hour_view(viewer).phase == phase:
                return


def _far(found: Class) -> RemoteTable:
    return RemoteTable(where(found.room.link))


async def test_a_terminal_sees_what_its_seat_sees(tmp_path: Path) -> None:
    """The very view, but for what never leaves the host."""
    async with opened(made_class(tmp_path, "red", "blue")) as found:
        table = _far(found)
        await table.join("Ann", "red", "state")
        await found.joined(found.client(), team="red", role="president")
        await found.start()
        await found.until("changed")
        await _until(table, "changed")
        viewer = Viewer("seat", table.seat)
        far, near = table.view(viewer), found.led.table.view(viewer)
        kept = {"event", "assumptions"}
        for name in View.__dataclass_fields__:
            if name not in kept:
                assert getattr(far, name) == getattr(near, name), name
        hours = table.hour_view(viewer), found.led.table.hour_view(viewer)
        for name in ("phase", "round", "you", "mates", "can", "messages", "begun"):
            assert getattr(hours[0], name) == getattr(hours[1], name), name
        await table.close()


async def test_a_terminal_prefers_locks_and_hands_in(tmp_path: Path) -> None:
    """By the same acts as a page; what is refused is told in the host's words."""
    async with opened(made_class(tmp_path, "red", "blue")) as found:
        table = _far(found)
        await table.join("Ann", "red", "president")
        await found.led.seat("blue", 1)
        await found.start()
        await found.until("talk")
        await _until(table, "talk")
        response = table.view(Viewer("seat", table.seat)).responses[0]
        assert not (await table.send(Prefer(table.seat, response.id), "operation-1")).repeated
        assert (await table.send(Prefer(table.seat, response.id), "operation-1")).repeated
        lock = Lock(table.seat, response.id, response.supports[0], "Because.", 30)
        await table.send(lock, "operation-2")
        assert found.led.table.hour.locks["red"].response == response.id
        with pytest.raises(ActionError, match="at the end"):
            await table.send(Ticket(table.seat, "early"), "operation-3")
        with pytest.raises(ActionError, match="not for a seat"):
            await table.send(Pause(), "operation-4")
        with pytest.raises(ActionError, match="your own seat"):
            table.view(Viewer("control"))
        await table.close()


async def test_a_terminal_outlives_its_host_and_its_vote_counts_once(tmp_path: Path) -> None:
    """What was said while nobody listened is taken when the host is back."""
    found = made_class(tmp_path, "red")
    await found.room.open()
    table = _far(found)
    await table.join("Ann")
    await found.start()
    await found.until("preference")
    await _until(table, "preference")
    response = table.view(Viewer("seat", table.seat)).responses[0].id
    await found.room.abandon()
    voting = asyncio.create_task(table.send(Prefer(table.seat, response), "operation-1"))
    again = resume_room(found.led.table.path, clock=lambda: found.led.now)
    await again.open()
    try:
        await asyncio.wait_for(voting, 10)
        assert len(again.table.hour.preferences) == 1
    finally:
        await table.close()
        await again.close()
        await again.table.close()


async def test_a_seat_is_taken_up_again_by_its_token_or_a_code(tmp_path: Path) -> None:
    """After the terminal was closed, or from another machine."""
    async with opened(made_class(tmp_path, "red")) as found:
        first, second, third = _far(found), _far(found), _far(found)
        token = await first.join("Ann")
        await first.close()
        await second.sit(token)
        seat = second.seat
        await third.again(found.room.pin(seat))
        assert third.seat == seat
        async with asyncio.timeout(10):
            async for _ in second.changes():
                pass
        assert "moved to another phone" in second.over
        for table in (second, third):
            await table.close()
        with pytest.raises(ActionError, match="no longer yours"):
            await (late := _far(found)).sit(token)
        await late.close()


async def test_refusals_are_one_line_in_the_words_of_the_room(tmp_path: Path) -> None:
    """A team that is not there, a code that is wrong, nobody at all."""
    async with opened(made_class(tmp_path, "red")) as found:
        table = _far(found)
        with pytest.raises(ActionError, match="no team 'nobody'"):
            await table.join("Ann", "nobody")
        await table.close()
        wrong = RemoteTable(where(found.room.address, "222222"))
        with pytest.raises(ActionError, match="no room with this code"):
            await wrong.join("Ann")
        await wrong.close()
        address = found.room.address
    gone = RemoteTable(where(address, "222222"))
    with pytest.raises(UsageError, match="nobody answers"):
        await gone.join("Ann")
    await gone.close()


@pytest.mark.parametrize(
    "url,code,origin",
    [
        ("192.0.2.7:8000/qns2bp", "", "http://192.0.2.7:8000"),
        ("https://class.example.org", "QNS-2BP", "https://class.example.org"),
        ("http://[2001:db8::1]:8000/QNS2BP/seat", "", "http://[2001:db8::1]:8000"),
        ("ftp://192.0.2.7/QNS2BP", "", None),
        ("http://me@192.0.2.7/QNS2BP", "", None),
        ("http://192.0.2.7:x/QNS2BP", "", None),
        ("http://192.0.2.7", "", None),
    ],
)
def test_an_address_is_read_as_people_type_it(url: str, code: str, origin: str | None) -> None:
    """With or without its scheme and code."""
    if origin is None:
        with pytest.raises(UsageError):
            where(url, code)
    else:
        assert where(url, code) == (origin, "QNS2BP")


def test_odd_answers_are_no_views() -> None:
    """A host that is none of ours cannot put other kinds of things into a view."""
    odd: list[object] = [
        {"title": 7}, {"rungs": "x"}, {"turn": True}, {"phase": "x"}, [], {"wire": [1]},
    ]  # fmt: skip
    for data in odd:
        with pytest.raises(OddAnswerError):
            decoded(View, data)
    assert decoded(HourView, {}).mates == ()
