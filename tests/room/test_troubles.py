"""What goes wrong with a room is told at once, with what to do, and is on record in the save."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tabletop.cli import hosting
from tabletop.exercise import disk
from tabletop.exercise.console.troubles import Telling, Trouble, troubles
from tabletop.exercise.hour.notes import FAULT
from tabletop.exercise.save import read_save
from tabletop.exercise.verify import verify
from tabletop.room.troubles import AGAIN, FRESH, Troubles
from tabletop.room.watching import LONELY, SILENT, Watch
from tests.room.phones import Phone
from tests.room.rooms import Class, link_of, made_class, opened


@asynccontextmanager
async def led_by_lines(folder: Path) -> AsyncIterator[Class]:
    """An open room with its console, which nobody types at."""
    async with opened(made_class(folder, "red")) as found:
        console = asyncio.create_task(hosting._lines(found.room))
        try:
            yield found
        finally:
            console.cancel()
            await asyncio.gather(console, return_exceptions=True)


def recorded(found: Class) -> list[tuple[str, str, bool]]:
    """What the save holds of faults: kind, words, whether it is over."""
    events = read_save(found.led.table.path).events
    return [
        (event.data["fault"], event.data["told"], event.data["over"])
        for event in events
        if event.what == FAULT
    ]


async def until_recorded(found: Class, kind: str, *, over: bool) -> None:
    """Wait until a fault is on the disk."""
    await come_true(lambda: any(each[0] == kind and each[2] is over for each in recorded(found)))


async def come_true(holds: Callable[[], bool]) -> None:
    """Wait until something holds that no event of the exercise tells."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - a look, not a measure of time
            await asyncio.sleep(0.01)


async def test_a_crash_in_a_handler_is_told_and_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its kind alone: its words may be somebody's; others are answered as before."""

    async def crash(*_: object) -> None:
        raise LookupError("secret words")

    async with led_by_lines(tmp_path) as found:
        phone = Phone(link_of(found))
        await phone.join("Ann", "red", "president")
        with monkeypatch.context() as patch:
            patch.setattr(found.room, "act", crash)
            answer = await phone.http.post("/act", json={"op": "12345678", "act": "ticket"})
            assert answer.status_code == 500
        out = capsys.readouterr().out
        assert "Fault: A page could not be answered (LookupError)." in out
        assert "enter that choice from paper" in " ".join(out.split())
        await until_recorded(found, "unanswered", over=False)
        assert (await phone.frame())["warning"] is None
        (trouble,) = found.room.facts().troubles()
        assert trouble.id == "unanswered"
        await phone.close()
    assert "secret words" not in found.led.table.path.read_text("utf-8") + out
    assert verify(found.led.table.path).ok


async def test_what_breaks_where_nobody_waits_for_it_is_told_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing is written over the screen."""

    def crash() -> None:
        raise ZeroDivisionError("secret words")

    async with led_by_lines(tmp_path) as found:
        asyncio.get_running_loop().call_soon(crash)
        await until_recorded(found, "stumbled", over=False)
        told = capsys.readouterr()
        assert "taken up again (ZeroDivisionError)" in " ".join(told.out.split())
        assert "start it with --resume" in " ".join(told.out.split())
        assert told.err == ""


async def test_a_lost_port_is_told_and_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Streams that are open go on; who could not come in can again."""
    monkeypatch.setattr("tabletop.room.watching.EVERY", 0.05)
    async with led_by_lines(tmp_path) as found:
        phone = Phone(link_of(found))
        await phone.join("Ann", "red")
        async with phone.stream() as frames:
            await anext(frames)
            (server,) = found.room.serving._servers
            for listener in server.listeners:
                listener.close()
            await until_recorded(found, "port", over=False)
            await until_recorded(found, "port", over=True)
            await found.start()
            while (await anext(frames))["team"]["phase"] != "read":
                pass
        other = Phone(link_of(found))
        await other.join("Ben", "red")
        out = " ".join(capsys.readouterr().out.split())
        assert f"Port {found.room.kept.port} of this machine does not answer any more." in out
        assert "start it again with --resume" in out
        assert "The port answers again" in out
        assert found.room.facts().troubles() == ()
        await phone.close()
        await other.close()


async def test_a_port_that_another_program_took_stands(tmp_path: Path) -> None:
    """And is tried again, look after look."""
    async with opened(made_class(tmp_path, "red")) as found:
        found.room._tasks[-1].cancel()  # the watch of its own: this test looks itself
        watch = Watch(found.room)
        await watch.look()
        (server,) = found.room.serving._servers
        for listener in server.listeners:
            listener.close()
            await listener.wait_closed()
        other = await asyncio.start_server(
            lambda _, writer: writer.close(), "127.0.0.1", found.room.kept.port
        )
        await watch.look()
        assert [each.id for each in found.room.troubles.present()] == ["port"]
        assert not found.room.serving.listens()
        other.close()
        await other.wait_closed()
        await watch.look()
        await come_true(found.room.serving.listens)
        await watch.look()
        assert found.room.troubles.present() == ()


async def test_nobody_coming_is_told_until_a_phone_has_come(tmp_path: Path) -> None:
    """With the page by which to find out why; this machine's own browser proves nothing."""
    async with opened(made_class(tmp_path, "red")) as found:
        watch, facts = Watch(found.room), found.room.facts()
        await watch.look()
        assert facts.troubles() == ()
        found.led.now += LONELY + 1
        await watch.look()
        (trouble,) = facts.troubles()
        assert trouble.what == "No phone has come in 3 minutes."
        assert f"{found.room.link}/test" in trouble.do
        assert "hotspot" in trouble.do
        await found.client("127.0.0.1").get(f"/{found.room.code}/test")
        await watch.look()
        assert facts.troubles() == (trouble,)
        await found.client("192.168.1.7").get(f"/{found.room.code}/test")
        await watch.look()
        assert facts.troubles() == ()


async def test_all_pages_going_is_told_while_play_needs_them(tmp_path: Path) -> None:
    """Not for a moment, and not when the class is over and people close their pages."""
    async with opened(made_class(tmp_path, "red")) as found:
        watch, facts = Watch(found.room), found.room.facts()
        phone = Phone(link_of(found))
        await phone.join("Ann", "red")
        async with phone.stream() as frames:
            await anext(frames)
            await found.start()
            await watch.look()
        await come_true(lambda: not found.room.company())
        found.led.now += SILENT
        await watch.look()
        assert facts.troubles() == ()
        found.led.now += 1
        await watch.look()
        assert [each.id for each in facts.troubles()] == ["silent"]
        async with phone.stream() as frames:
            await anext(frames)
            await watch.look()
            assert facts.troubles() == ()
        await found.until("hot_wash")
        found.led.now += SILENT * 2
        await watch.look()
        assert facts.troubles() == ()
        await phone.close()


async def test_another_address_of_this_machine_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Phones look for the old one; the wall shows the new one at once."""
    async with opened(made_class(tmp_path, "red")) as found:
        watch = Watch(found.room)
        was = found.room.address
        monkeypatch.setattr("tabletop.room.watching.addresses", lambda _: ["192.0.2.9"])
        await watch.look()
        moved = [each for each in found.room.troubles.present() if each.id == "address"]
        assert [each.what for each in moved] == [
            f"This machine is now at http://192.0.2.9:{found.room.kept.port}; it was at {was}."
        ]
        assert "go back to the network from before" in moved[0].do
        assert "192.0.2.9" in found.room.link
        monkeypatch.undo()
        await watch.look()
        assert found.room.troubles.present() == ()


async def test_a_save_that_cannot_be_written_is_on_record_once_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full, then there is room: both stand in the save, and it verifies."""
    full = [True]
    write = os.write

    class Disk:
        def __getattr__(self, name: str) -> object:
            return getattr(os, name)

        def write(self, descriptor: int, content: bytes) -> int:
            if full[0]:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return write(descriptor, content)

    async with opened(made_class(tmp_path, "red")) as found:
        await come_true(lambda: len(found.led.table._waiting) >= 2)
        monkeypatch.setattr(disk, "os", Disk())
        before = found.led.table.record.number
        await found.led.seat("red", 1)
        await come_true(lambda: found.led.table.record.number == before + 2)
        (trouble,) = troubles(found.led.table, found.room.facts())
        assert "no space left on device" in trouble.what
        assert "`save FILE`, on the screen Ctrl+S" in trouble.do
        full[0] = False
        await found.start()
        await until_recorded(found, "save", over=True)
        assert troubles(found.led.table, found.room.facts()) == ()
        assert [each.id for each in found.room.facts().past_troubles()] == ["save"]
    assert [each[2] for each in recorded(found) if each[0] == "save"] == [False, True]
    assert verify(found.led.table.path).ok


def test_the_same_fault_over_and_over_is_counted_and_recorded_seldom() -> None:
    """A page that asks a hundred times fills neither the save nor the screen."""
    now = [1000.0]
    found = Troubles(lambda: now[0])
    noted: list[Trouble] = []
    found.noted = lambda trouble, _: noted.append(trouble)
    for _ in range(100):
        found.unanswered("KeyError")
    assert (len(noted), found.present()[0].times) == (1, 100)
    now[0] += AGAIN
    found.unanswered("KeyError")
    assert len(noted) == 2
    now[0] += FRESH
    assert found.present() == ()
    assert len(found.all()) == 1


def test_a_console_is_told_once_again_where_it_happens_again_and_when_it_is_over() -> None:
    """What has only passed with time is not told as if it were mended."""
    once = Trouble("a", "It broke.", "Wait.")
    lasting = Trouble("b", "It is shut.", "Open it.", "It is open.")
    stands: list[Trouble] = [once, lasting]
    telling = Telling(lambda: stands)
    assert telling.news() == ([once, lasting], [])
    assert telling.news() == ([], [])
    stands[0] = once._replace(times=2)
    assert telling.news() == ([stands[0]], [])
    stands.clear()
    assert telling.news() == ([], ["It is open."])
    assert telling.news() == ([], [])
    stands.append(once._replace(times=3))
    assert telling.news() == (stands, [])
