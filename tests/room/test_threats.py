"""Threats to seats: guessed codes, stolen tokens, pages that would be control."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.exercise.hour.actions import Remove
from tabletop.room.codes import SYMBOLS, new_code, token_hash
from tabletop.room.limits import Limits
from tests.room.rooms import made_class


def _other(code: str) -> str:
    """A code of the right form that is not this one."""
    return code[:-1] + next(each for each in SYMBOLS if each != code[-1])


async def test_wrong_codes_are_charged_and_the_right_one_then_waits(tmp_path: Path) -> None:
    """An address that has guessed too often gets no answer at all, right or wrong."""
    found = made_class(tmp_path, limits=Limits(guesses=5, guess_every=60))
    guesser, other = found.client("10.0.0.66"), found.client("10.0.0.7")
    for _ in range(5):
        assert (await guesser.get(f"/{_other(found.room.code)}")).status_code == 404
    answer = await guesser.get(f"/{found.room.code}")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert (await other.get(f"/{found.room.code}")).status_code == 200


async def test_a_class_behind_one_address_is_not_charged_for_the_right_code(
    tmp_path: Path,
) -> None:
    """Forty phones come through one router; those who sit are not shut out by a guesser."""
    found = made_class(tmp_path, limits=Limits(guesses=5, guess_every=60))
    sitting = found.client()
    await found.joined(sitting)
    for _ in range(40):
        assert (await found.client().get(f"/{found.room.code}")).status_code == 200
    for _ in range(6):
        await found.client().get(f"/{_other(found.room.code)}")
    assert (await sitting.get(f"/{found.room.code}/seat")).status_code == 200
    assert (await found.client().get(f"/{found.room.code}")).status_code == 429


async def test_codes_for_a_changed_phone_cannot_be_guessed_from_a_seat_either(
    tmp_path: Path,
) -> None:
    """A student who sits here may not try their way into another seat."""
    found = made_class(tmp_path, limits=Limits(guesses=3, guess_every=60))
    student, victim = found.client("10.0.0.66"), found.client("10.0.0.7")
    await found.joined(student)
    pin = found.room.pin(await found.joined(victim))
    path = f"/{found.room.code}/again"
    for _ in range(3):
        await student.post(path, data={"pin": _other(pin)})
    assert (await student.post(path, data={"pin": pin})).status_code == 403
    assert found.room.seat_of(victim.cookies["seat"]) is not None


def test_a_code_has_29_bits_of_good_chance() -> None:
    """Six of thirty symbols that nobody takes for one another."""
    assert len(set(SYMBOLS)) == 30
    assert not set(SYMBOLS) & set("0O1ILU")
    assert len({new_code() for _ in range(200)}) == 200


async def test_a_seat_is_held_by_a_token_that_only_its_phone_knows(tmp_path: Path) -> None:
    """128 bits, out of reach of scripts and other sites; the save holds its hash alone."""
    found = made_class(tmp_path)
    client = found.client()
    answer = await client.post(f"/{found.room.code}/join", data={"name": "Ann"})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert f"Path=/{found.room.code}" in cookie
    token = client.cookies["seat"]
    assert len(token) >= 22
    await found.led.table.close()
    save = found.led.table.path.read_text("utf-8")
    assert token not in save
    assert token_hash(token) in save


@pytest.mark.parametrize("token", ["", "x", "s7k2p", "0" * 22, "ä" * 22])
async def test_no_made_up_token_takes_a_seat(tmp_path: Path, token: str) -> None:
    """Nor the id of a seat, which others may know, nor the hash, which the save holds."""
    found = made_class(tmp_path)
    owner, thief = found.client(), found.client()
    seat = await found.joined(owner)
    for tried in (token, seat, token_hash(owner.cookies["seat"])):
        headers = [(b"cookie", f"seat={tried}".encode())]
        answer = await thief.post(
            f"/{found.room.code}/act",
            json={"act": "prefer", "op": "operation-x", "response": "patience"},
            headers=headers,
        )
        assert answer.status_code == 401


async def test_a_seat_that_was_taken_away_is_closed_at_once(tmp_path: Path) -> None:
    """Its token opens nothing any more."""
    found = made_class(tmp_path)
    client = found.client()
    seat = await found.joined(client)
    await found.send(Remove(seat))
    assert (await client.get(f"/{found.room.code}/seat")).status_code == 303
    assert (await found.act(client, "ticket", text="still here")).status_code == 401
    assert found.room.snapshots.seat(seat) is None


@pytest.mark.parametrize(
    "act",
    [
        "start", "advance", "pause", "show", "message", "override", "fire", "reseat", "remove",
        "enter", "share", "rewind", "govern", "join", "begin", "decide", "Lock", "__class__",
    ],
)  # fmt: skip
async def test_nobody_becomes_control_from_a_page(tmp_path: Path, act: str) -> None:
    """There is no such act on the network."""
    found = made_class(tmp_path)
    client = found.client()
    await found.joined(client)
    before = found.led.table.record.number
    answer = await found.act(client, act, team="red", seat="control", text="x", what="debrief")
    assert answer.status_code == 422
    assert found.led.table.record.number == before


async def test_a_page_acts_for_its_own_seat_alone(tmp_path: Path) -> None:
    """Another seat's name in a request means nothing."""
    found = made_class(tmp_path)
    head, second = found.client(), found.client()
    seat = await found.joined(head, team="red", role="president")
    mate = await found.joined(second, team="red", role="state")
    await found.start()
    await found.until("talk")
    offered = found.led.offered("red")[0]
    fields = {"response": offered, "support": "none", "seat": seat, "team": "red"}
    assert (await found.act(second, "lock", **fields)).status_code == 409
    assert (await found.act(second, "prefer", **fields)).status_code == 200
    assert set(found.led.table.hour.preferences) == {mate}


async def test_an_operation_of_another_seat_cannot_be_used_up(tmp_path: Path) -> None:
    """Who guesses an id does not swallow somebody's vote."""
    found = made_class(tmp_path)
    one, two = found.client(), found.client()
    await found.joined(one, team="red")
    await found.joined(two, team="red")
    await found.start()
    await found.until("preference")
    body = {"act": "prefer", "op": "the-same-id", "response": found.led.offered("red")[0]}
    path = f"/{found.room.code}/act"
    assert (await one.post(path, json=body)).json()["repeated"] is False
    assert (await two.post(path, json=body)).json()["repeated"] is False
    assert (await two.post(path, json=body)).json()["repeated"] is True
    assert len(found.led.table.hour.preferences) == 2


async def test_a_vote_that_comes_after_its_round_is_not_counted(tmp_path: Path) -> None:
    """A phone that slept does not vote in a round that it has not seen."""
    found = made_class(tmp_path)
    client = found.client()
    await found.joined(client, team="red")
    await found.start()
    await found.until("changed")
    await found.until("preference")
    offered = found.led.offered("red")[0]
    answer = await found.act(client, "prefer", response=offered, round=1)
    assert answer.status_code == 409
    assert "after its round was over" in answer.json()["error"]
