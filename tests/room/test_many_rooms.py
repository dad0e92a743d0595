"""Two rooms behind one address: the proxy of docs/many-rooms.nginx.conf, hosts in processes."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import ssl
import subprocess
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from tabletop.exercise.save import read_save
from tabletop.exercise.verify import verify
from tests.cli.terminal import REPOSITORY
from tests.room.phones import Host, Phone, put_away
from tools.rooms_map import FRESH, main

CONFIGURATION = REPOSITORY / "docs" / "many-rooms.nginx.conf"
PATH = f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin"
NGINX, OPENSSL = shutil.which("nginx", path=PATH), shutil.which("openssl", path=PATH)
AROUND = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log stderr notice;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/rooms.conf;
}}
"""
needs_nginx = pytest.mark.skipif(
    not (NGINX and OPENSSL),
    reason="no nginx and openssl here (sh tools/programs.sh .venv tries to get them)",
)


class Proxy(NamedTuple):
    """nginx as it runs: its folder, its two ports, and what trusts its certificate."""

    folder: Path
    process: Process
    plain: int
    port: int
    trusting: ssl.SSLContext

    @property
    def address(self) -> str:
        """What students type."""
        return f"https://localhost:{self.port}"

    async def route(self, *folders: Path) -> None:
        """Find the rooms in some folders, as an operator does, and read them in."""
        assert main(self.folder, folders) == 0
        self.process.send_signal(signal.SIGHUP)
        # Only then does nobody answer any more who knows the rooms of before.
        await self.says(b"gracefully shutting down")

    async def says(self, words: bytes) -> None:
        """Wait until it says something."""
        assert self.process.stderr is not None
        said = b""
        while words not in said:
            said = await self.process.stderr.readline()
            assert said


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _configured(folder: Path, plain: int, port: int) -> ssl.SSLContext:
    """The proxy of the documentation in a folder: of its text only places and ports are changed."""
    certificate, key = folder / "class.crt", folder / "class.key"
    subprocess.run(
        [str(OPENSSL), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    text = CONFIGURATION.read_text("utf-8")
    for said, here in (
        ("/etc/nginx/", f"{folder}/"),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("class.example.org", "localhost"),
    ):
        assert said in text
        text = text.replace(said, here)
    (folder / "rooms.conf").write_text(text, "utf-8")
    # As root, its workers would be somebody who cannot look into this folder.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(user + AROUND.format(folder=folder), "utf-8")
    assert main(folder, []) == 0
    return ssl.create_default_context(cafile=str(certificate))


@asynccontextmanager
async def proxied(folder: Path) -> AsyncIterator[Proxy]:
    """nginx, until the block ends; it knows no room yet."""
    plain, port = _free(), _free()
    trusting = _configured(folder, plain, port)
    process = await asyncio.create_subprocess_exec(
        str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf"), stderr=PIPE
    )
    proxy = Proxy(folder, process, plain, port, trusting)
    try:
        await proxy.says(b"start worker process ")
        yield proxy
    finally:
        process.terminate()
        await process.communicate()


async def _room(proxy: Proxy, name: str) -> tuple[Host, Path]:
    """A host whose saves are in a folder of its own."""
    save = proxy.folder / name / "class.jsonl"
    place = ("--bind", "127.0.0.1", "--port", 0, "--url", proxy.address)
    host = await Host.open(proxy.folder, *place, "--save", save, "--teams", "red,blue")
    return host, save


async def _voting(host: Host, phone: Phone) -> str:
    """Lead a class to its first vote by its console; gives what can be chosen."""
    await host.tell("begin", "Type yes")
    await host.tell("yes", "Round 1")
    await host.tell("next", "Round 1")
    frame = await phone.frame()
    assert frame["team"]["phase"] == "preference"
    game = await phone.text(frame["team"]["game"])
    return str(next(each["id"] for each in game["responses"] if each["supports"]))


@needs_nginx
async def test_two_rooms_behind_one_address(tmp_path: Path) -> None:
    """Joined by code, streamed, voted in; one host is killed and comes back, the other goes on."""
    async with proxied(tmp_path) as proxy:
        one, save = await _room(proxy, "one")
        other, _ = await _room(proxy, "other")
        await proxy.route(tmp_path / "one", tmp_path / "other")
        assert one.link.startswith(f"{proxy.address}/")
        ann, ben = Phone(one.link, proxy.trusting), Phone(other.link, proxy.trusting)
        try:
            await _finds_its_room(proxy, one.link, ann)
            await ann.join("Ann", "red")
            await ben.join("Ben", "red")
            assert all(cookie.secure for cookie in ann.http.cookies.jar)
            assert "Ann" in await one.tell("team red", "Ann")
            assert not any("Plain HTTP" in line for line in one.said)
            chosen, also = await _voting(one, ann), await _voting(other, ben)
            vote = await _seen_at_once(ann, chosen)

            await one.kill()
            away = await ann.http.get("/seat")
            assert (away.status_code, away.headers["retry-after"]) == (503, "2")
            await _seen_at_once(ben, also)
            link = one.link
            one = await Host.open(save.parent, "--resume", save)
            assert one.link == link
            assert (await ann.frame())["seat"]["preference"] == chosen
            assert (await ann.say(vote)).json()["repeated"] is True
        finally:
            await one.kill()
            await other.kill()
            await put_away([ann, ben])
    kinds = [event.what for event in read_save(save).events]
    assert kinds.count("note.preference") == 1
    assert verify(save).ok


async def _finds_its_room(proxy: Proxy, link: str, phone: Phone) -> None:
    """By the form of the door, by the code in small letters, and by no wrong code."""
    code = link.rpartition("/")[2]
    async with httpx.AsyncClient(base_url=proxy.address, verify=proxy.trusting) as browser:
        assert "Code of the room" in (await browser.get("/")).text
        assert (await browser.get("/static/room.css")).status_code == 200
        typed = await browser.get("/", params={"code": code.lower()})
        assert typed.headers["location"] == f"/{code}"
        assert (await browser.get(f"/{code.lower()}")).headers["location"] == f"/{code}"
        assert (await browser.get("/222222")).status_code == 404
        insecure = await browser.get(f"http://127.0.0.1:{proxy.plain}/{code}")
        assert insecure.headers["location"].startswith("https://")
    assert "Take a seat" in (await phone.http.get("")).text


async def _seen_at_once(phone: Phone, chosen: str) -> dict[str, object]:
    """Vote, and see it in a stream that was open before: nothing of it waits in the proxy."""
    async with phone.stream() as frames:
        await anext(frames)
        answer = await phone.act("prefer", response=chosen, round=1)
        assert answer.status_code == 200, answer.text
        async with asyncio.timeout(5):
            while (await anext(frames))["seat"]["preference"] != chosen:
                pass
    return phone.said[-1]


def _sidecar(folder: Path, name: str, text: str, age: float = 0.0) -> None:
    path = folder / f"{name}.jsonl.room.json"
    path.write_text(text, "utf-8")
    at = path.stat().st_mtime - age
    os.utime(path, (at, at))


def test_the_map_holds_the_newest_room_of_each_port(tmp_path: Path) -> None:
    """What was alive long ago, is not whole, or is no code, leads nowhere; no change says so."""
    _sidecar(tmp_path, "now", '{"code": "K7M4PQ", "port": 8001}')
    _sidecar(tmp_path, "before", '{"code": "AAAAAA", "port": 8001}', age=60)
    _sidecar(tmp_path, "beside", '{"code": "BBBBBB", "port": 8002}', age=60)
    _sidecar(tmp_path, "long-ago", '{"code": "CCCCCC", "port": 8003}', age=FRESH + 60)
    _sidecar(tmp_path, "torn", '{"code": "DDD')
    _sidecar(tmp_path, "hostile", '{"code": "x; } server {", "port": 8004}')
    _sidecar(tmp_path, "nowhere", '{"code": "EEEEEE", "port": 0}')
    assert main(tmp_path, [tmp_path, tmp_path / "none"]) == 0
    assert (tmp_path / "rooms.map").read_text("utf-8").splitlines() == [
        "~*^/K7M4PQ(/|$) 127.0.0.1:8001;",
        "~*^/BBBBBB(/|$) 127.0.0.1:8002;",
    ]
    front = (tmp_path / "rooms.front").read_text("utf-8")
    assert front == "server 127.0.0.1:8001;\nserver 127.0.0.1:8002;\n"
    assert main(tmp_path, [tmp_path]) == 1
