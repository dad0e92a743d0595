"""What goes wrong around a room: a full disk, a port that is taken, a save that is in use."""

from __future__ import annotations

import asyncio
import errno
import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest

from tabletop.cli import hosting
from tabletop.exercise import disk
from tabletop.exercise.desk import Desk
from tabletop.exercise.hour.opening import open_class, resume_class
from tabletop.exercise.verify import verify
from tabletop.room import sidecar
from tabletop.room.opening import new_room, resume_room
from tabletop.room.snapshot import NOT_KEPT
from tests.cli.terminal import run
from tests.exercise.hour.led import Led
from tests.room.phones import Phone
from tests.room.rooms import Class, kinds, link_of, made_class, opened


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


class FullDisk:
    """The `os` of the disk module: every write fails while `full`."""

    full = True

    def __getattr__(self, name: str) -> Any:
        return self._write if name == "write" else getattr(os, name)

    def _write(self, descriptor: int, content: bytes) -> int:
        if self.full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return os.write(descriptor, content)


async def test_a_full_disk_stops_nobody_and_everybody_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Votes count in memory, pages and the console are told, and with room all is written."""
    async with opened(made_class(tmp_path, "red")) as found:
        console = asyncio.create_task(hosting._lines(found.room))
        phone = Phone(link_of(found))
        await phone.join("Ann", "red")
        await found.start()
        await found.until("preference")
        assert (await phone.frame())["warning"] is None
        system = FullDisk()
        monkeypatch.setattr(disk, "os", system)
        first, second = found.led.offered("red")[:2]
        assert (await phone.act("prefer", response=first, round=1)).status_code == 200
        told = await phone.frame()
        assert told["seat"]["preference"] == first
        assert told["warning"] == NOT_KEPT
        assert str(tmp_path) not in json.dumps(told)
        assert "no space left on device" in (found.room.table.warning or "")
        assert "no space left on device" in capsys.readouterr().out
        system.full = False
        await phone.act("prefer", response=second, round=1)
        assert (await phone.frame())["warning"] is None
        assert "is written again" in capsys.readouterr().out
        console.cancel()
        await phone.close()
    assert kinds(found.room.table.path).count("note.preference") == 2
    assert verify(found.room.table.path).ok


async def test_a_room_comes_back_on_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands beside the save is as it was: nothing has to be written for that."""
    found = made_class(tmp_path, "red")
    await found.room.open()
    await found.joined(found.client())
    pin = found.room.kept
    await found.room.abandon()
    before = _names(tmp_path)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("tabletop.room.sidecar.os.fsync", full)
    monkeypatch.setattr(disk, "os", FullDisk())
    again = resume_room(found.led.table.path, clock=lambda: found.led.now)
    await again.open()
    assert again.kept == pin
    await again.close()
    await again.table.close()
    assert _names(tmp_path) == before


async def test_a_room_keeps_the_address_that_its_students_type(tmp_path: Path) -> None:
    """Behind a proxy too: who starts it again need not say it again."""
    table = open_class(Desk(tmp_path), "north-korea-2017", teams=("red",))
    room = new_room(table, bind="127.0.0.1", port=0, url="https://class.example.org/")
    sidecar.write_sidecar(room.path, room.kept)
    await table.close()
    again = resume_room(table.path)
    assert again.link == f"https://class.example.org/{room.code}"
    assert "class.example.org" in again.names
    await again.table.close()
    moved = resume_room(table.path, url="https://other.example.org")
    assert moved.address == "https://other.example.org"
    await moved.table.close()


async def test_plain_http_is_told_of_where_it_is_plain(tmp_path: Path) -> None:
    """Behind a proxy with a certificate the door does not say what is not so."""
    for url, told in (("https://class.example.org", False), ("", True)):
        table = open_class(Desk(tmp_path), "north-korea-2017", teams=("red",))
        room = new_room(table, bind="127.0.0.1", port=0, url=url)
        found = Class(Led.__new__(Led), room)
        async with found.client() as client:
            answer = await client.get(f"/{room.code}")
        assert ("Plain HTTP" in answer.text) is told
        await table.close()


async def test_a_taken_port_stops_a_resumed_room_in_one_line(tmp_path: Path) -> None:
    """And leaves the save to whoever tries again."""
    async with opened(made_class(tmp_path / "one", "red")) as found:
        save = await _left(tmp_path / "other")
        port = found.room.kept.port
        result = await asyncio.to_thread(
            run, "host", "--plain", "--bind", "127.0.0.1", "--port", port, "--resume", save
        )
        assert (result.code, len(result.faults)) == (2, 1)
        assert f"port {port} is taken" in result.err
    resumed = resume_class(save)
    await resumed.close()


async def _left(folder: Path) -> Path:
    """The save of a class whose host has ended."""
    led = Led(folder, ("red",))
    await led.table.close()
    return led.table.path


async def test_a_save_that_another_host_writes_is_refused_in_one_line(tmp_path: Path) -> None:
    """Two hosts never write one exercise."""
    async with opened(made_class(tmp_path, "red")) as found:
        result = await asyncio.to_thread(
            run, "host", "--plain", "--port", 0, "--resume", found.room.table.path
        )
        assert (result.code, len(result.faults)) == (2, 1)
        assert "in use" in result.err or "another" in result.err
        async with httpx.AsyncClient() as client:
            assert (await client.get(link_of(found))).status_code == 200
