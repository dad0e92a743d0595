"""Threats from the web: other sites, rebound names, hostile words, giant bodies, floods, leaks."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tabletop.exercise.hour.actions import Message
from tabletop.room.codes import SYMBOLS
from tabletop.room.limits import Limits
from tabletop.room.room import PROJECTOR
from tests.room.rooms import HERE, made_class


def _other(code: str) -> str:
    """A code of the right form that is not this one."""
    return code[:-1] + next(each for each in SYMBOLS if each != code[-1])


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://127.0.0.1:8001", "http://127.0.0.1", "https://x@127"],
)
async def test_requests_from_other_sites_are_refused(tmp_path: Path, origin: str) -> None:
    """Where Origin is not Host, and where a script elsewhere reads a page."""
    found = made_class(tmp_path)
    client = found.client(origin=origin)
    answer = await client.post(f"/{found.room.code}/join", data={"name": "Ann"})
    assert answer.status_code == 403
    assert not found.led.table.record.seats


async def test_a_request_without_an_origin_does_nothing(tmp_path: Path) -> None:
    """Nor one that a browser says comes from another site."""
    found = made_class(tmp_path)
    client = found.client()
    del client.headers["origin"]
    assert (await client.post(f"/{found.room.code}/join", data={"name": "A"})).status_code == 403
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}
    assert (await client.get(f"/{found.room.code}", headers=headers)).status_code == 403
    headers["sec-fetch-mode"] = "navigate"
    assert (await client.get(f"/{found.room.code}", headers=headers)).status_code == 200


@pytest.mark.parametrize(
    "host,status",
    [
        ("evil.example:8000", 421),
        ("127.0.0.1.evil.example", 421),
        ("", 421),
        ("a b", 421),
        ("user@127.0.0.1", 400),
        ("127.0.0.1:port", 400),
        ("192.168.1.20:8000", 200),
        ("[::1]:8000", 200),
        ("localhost:8000", 200),
    ],
)
async def test_a_rebound_name_leads_nowhere(tmp_path: Path, host: str, status: int) -> None:
    """Only addresses, which no name can be rebound to, and names that are ours."""
    found = made_class(tmp_path)
    client = found.client()
    del client.headers["origin"]
    assert (await client.get("/", headers={"host": host})).status_code == status


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>\x1b]52;c;AAAA\x07\u202e'


async def test_hostile_names_and_words_are_text(tmp_path: Path) -> None:
    """Escaped in what is written by us, plain data in what scripts read; terminals are safe."""
    found = made_class(tmp_path)
    client = found.client()
    answer = await client.post(
        f"/{found.room.code}/join", data={"name": HOSTILE, "team": "no-such-team"}
    )
    assert answer.status_code == 409
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    seat = await found.joined(client, name=HOSTILE)
    await found.send(Message(HOSTILE))
    frame = found.room.snapshots.seat(seat)
    assert frame is not None
    assert not re.search(rb"\\u001b|\x1b|\x07", frame)
    assert "\u202e" not in frame.decode()
    await found.start()
    await found.until("hot_wash")
    kept = await client.get(f"/{found.room.code}/mine")
    assert "<script>alert" not in kept.text
    assert "script-src" not in kept.headers["content-security-policy"]


async def test_every_page_says_what_it_may_load_and_who_may_frame_it(tmp_path: Path) -> None:
    """Its own scripts and styles; nobody."""
    found = made_class(tmp_path)
    client = found.client()
    for path in ("/", f"/{found.room.code}", "/static/seat.js", "/nothing"):
        answer = await client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("name", ["../room.py", "..%2froom.py", "room.py", "", "seat.js/"])
async def test_no_other_file_is_served(tmp_path: Path, name: str) -> None:
    """A name is looked up in a list."""
    found = made_class(tmp_path)
    answer = await found.client().get(f"/{found.room.code}/static/{name}")
    assert answer.status_code == 404


async def test_giant_and_crooked_bodies_are_refused(tmp_path: Path) -> None:
    """Eight KiB are enough for anybody's reason."""
    found = made_class(tmp_path)
    client = found.client()
    await found.joined(client)
    path = f"/{found.room.code}/act"

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 1000

    assert (await client.post(path, content=b"x" * 9000)).status_code == 413
    assert (await client.post(path, content=endless())).status_code == 413
    deep = b"[" * 8000
    for body in (b"", b"{", b"[]", b"\xff", b"null", deep, b'{"act": 1}', b'{"act": "prefer"}'):
        assert (await client.post(path, content=body)).status_code in {422, 429}
        found.room.acts._left.clear()


@pytest.mark.parametrize(
    "fields",
    [
        {"response": "x" * 100},
        {"response": 7},
        {"response": ["patience"]},
        {"response": "patience", "reason": "x" * 2001},
        {"response": "patience", "op": "short"},
        {"response": "patience", "op": 12345678},
        {"response": "patience", "op": "ä" * 12},
        {"response": "patience", "op": "\x1b[2J\x1b[2Jaaaa"},
    ],
)
async def test_fields_that_no_page_sends_are_refused(
    tmp_path: Path, fields: dict[str, object]
) -> None:
    """Before the exercise hears of them."""
    found = made_class(tmp_path)
    client = found.client()
    await found.joined(client)
    answer = await found.act(client, "prefer", **fields)
    assert answer.status_code == 422


async def test_a_flood_from_one_seat_waits_and_the_others_do_not(tmp_path: Path) -> None:
    """One act a second, a few at once."""
    found = made_class(tmp_path, limits=Limits(acts=3, act_every=60))
    flooder, other = found.client(), found.client()
    await found.joined(flooder)
    await found.joined(other)
    codes = [(await found.act(flooder, "ticket", text="x")).status_code for _ in range(6)]
    assert codes == [409, 409, 409, 429, 429, 429]
    assert (await found.act(other, "ticket", text="x")).status_code == 409


async def test_seats_are_not_taken_by_the_hundred(tmp_path: Path) -> None:
    """From one address; a class that comes at once is let in."""
    found = made_class(tmp_path, limits=Limits(joins=40, join_every=60))
    path = f"/{found.room.code}/join"
    answers = [await found.client().post(path, data={"name": f"N{n}"}) for n in range(42)]
    assert [answer.status_code for answer in answers] == [303] * 40 + [409] * 2
    assert "Try again in a few seconds" in answers[-1].text


async def test_the_wall_has_a_key_of_its_own(tmp_path: Path) -> None:
    """A seat cannot watch as the projector does; the key is asked for once and kept in a cookie."""
    found = made_class(tmp_path)
    student, wall = found.client(), found.client()
    await found.joined(student)
    room = found.room
    assert (await student.get(f"/{room.code}/projector")).status_code == 401
    assert (await student.get(f"/{room.code}/stream?wall")).status_code == 401
    assert (await student.get(f"/{room.code}/projector?key=x")).status_code == 401
    answer = await wall.get(room.projector_link.partition(room.address)[2])
    assert answer.headers["location"] == f"/{room.code}/projector"
    assert (await wall.get(f"/{room.code}/projector")).status_code == 200
    by_pin = found.client()
    await by_pin.post(f"/{room.code}/again", data={"pin": room.pin(PROJECTOR)})
    assert (await by_pin.get(f"/{room.code}/projector")).status_code == 200
    assert (await by_pin.get(f"/{room.code}/seat")).status_code == 303


_ACTS = {
    "prefer": ("response", "reason"),
    "lock": ("response", "support", "rationale"),
    "answer": ("answer", "rationale"),
    "dissent": ("reason",),
    "declare": ("objective",),
    "guess": ("team",),
    "stand": ("doctrine",),
    "ticket": ("text",),
}


@pytest.mark.parametrize("odd", ["\ud800", "\x00", "\u202e\x1b[2J", "🜁" * 20, "", " ", "__init__"])
async def test_no_odd_text_breaks_an_answer(tmp_path: Path, odd: str) -> None:
    """In any field of any act it is refused or done, and never a fault of ours."""
    found = made_class(tmp_path)
    client = found.client()
    await found.joined(client, team="red", role="president")
    for act, names in _ACTS.items():
        fields = {"response": "patience", "support": "none", "forecast": 30}
        body = json.dumps(
            {"act": act, "op": f"operation-{act}", **fields} | dict.fromkeys(names, odd)
        )
        answer = await client.post(f"/{found.room.code}/act", content=body.encode())
        assert answer.status_code in {409, 422}, (act, answer.text)
        found.room.acts._left.clear()
    assert (await client.get(f"/{found.room.code}/seat")).status_code == 200


@pytest.mark.parametrize(
    "cookie", ["seat=\xe4", "wall=\xe4", 'seat="', "seat=\x00", "=;=;=", "\xff"]
)
async def test_crooked_cookies_are_nobody(tmp_path: Path, cookie: str) -> None:
    """And no fault of ours."""
    found = made_class(tmp_path)
    headers = [(b"cookie", cookie.encode("latin-1"))]
    answer = await found.client().get(f"/{found.room.code}/seat", headers=headers)
    assert answer.status_code == 303
    answer = await found.client().get(f"/{found.room.code}/projector?key=%ff%C3%A4")
    assert answer.status_code == 401


async def test_texts_are_for_those_who_sit_here(tmp_path: Path) -> None:
    """And their addresses cannot be worked out without the room's secret."""
    found = made_class(tmp_path)
    client = found.client()
    seat = await found.joined(client)
    name = found.snapshot(seat)["team"]["game"]
    path = f"/{found.room.code}/text/{name}"
    assert (await client.get(path)).json()["title"] == "North Korea 2017"
    assert (await found.client().get(path)).status_code == 401
    again = made_class(tmp_path / "again")
    there = await again.joined(again.client())
    assert again.snapshot(there)["texts"][0] == found.snapshot(seat)["texts"][0]
    assert again.snapshot(there)["team"]["game"] != name


@pytest.mark.parametrize(
    "url,peer,forwarded,counted",
    [
        ("", "10.0.0.7", "192.0.2.66", "10.0.0.7"),
        ("", "127.0.0.1", "192.0.2.66", "127.0.0.1"),
        ("https://class.example", "10.0.0.7", "192.0.2.66", "10.0.0.7"),
        ("https://class.example", "127.0.0.1", "192.0.2.1, 192.0.2.66", "192.0.2.66"),
    ],
)
async def test_what_a_proxy_says_counts_only_where_there_is_one(
    tmp_path: Path, url: str, peer: str, forwarded: str, counted: str
) -> None:
    """On this machine, when an address was given; nobody else can choose whom to charge."""
    found = made_class(tmp_path, limits=Limits(guesses=5, guess_every=600), url=url)
    client = found.client(peer, **{"x-forwarded-for": forwarded})
    await client.get(f"/{_other(found.room.code)}")
    assert found.room.guesses.left(counted) < 4.5


async def test_a_seat_has_three_streams_at_most(tmp_path: Path) -> None:
    """Those that are ended and not yet gone among them."""
    found = made_class(tmp_path)
    opened = [found.room.hub.open("s1", f"tab-{number}") for number in range(4)]
    assert [stream is not None for stream in opened] == [True, True, True, False]
    assert [stream.end for stream in opened[:3] if stream] == ["elsewhere", "elsewhere", None]


async def test_logs_hold_no_secret(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Nor the list of faults that control sees, whatever goes wrong in an answer."""
    caplog.set_level(logging.DEBUG)
    found = made_class(tmp_path)
    client = found.client()
    await found.joined(client, name="Ann")
    await found.act(client, "ticket", text="my secret words")
    token = client.cookies["seat"]
    fault = (ValueError, ValueError(token), None)
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, "it broke", (), fault)
    found.room.faults.emit(record)
    assert list(found.room.faults.lines) == ["it broke ValueError"]
    secrets = (token, found.room.kept.projector, found.room.kept.secret, "my secret words")
    assert not any(secret in caplog.text for secret in secrets)


async def test_what_is_kept_beside_the_save_is_for_its_owner(tmp_path: Path) -> None:
    """And is no part of the save, which is handed on."""
    import os

    from tabletop.room.sidecar import beside, write_sidecar

    found = made_class(tmp_path)
    path = beside(found.led.table.path)
    write_sidecar(path, found.room.kept)
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600
    kept = json.loads(path.read_text("utf-8"))
    await found.led.table.close()
    save = found.led.table.path.read_text("utf-8")
    assert not any(kept[name] in save for name in ("code", "projector", "secret"))


def test_the_address_of_the_tests_is_what_they_say() -> None:
    """Origin and Host are equal in them unless a test says otherwise."""
    assert HERE == "http://127.0.0.1:8000"
