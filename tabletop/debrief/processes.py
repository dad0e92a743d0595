"""Modules of this package run as processes of their own, so that a screen never waits for them."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import tabletop

_PACKAGE = str(Path(tabletop.__file__).resolve().parent.parent)
_LONGEST = 2**24
"""Bytes of an answer: a review of a long game has some tens of thousands."""


@asynccontextmanager
async def asked(module: str, wish: Mapping[str, object]) -> AsyncIterator[asyncio.StreamReader]:
    """What a module answers to a wish, line by line; leaving the context ends its process.

    The wish is a line of JSON on its standard input; what it says of faults is not heard.
    """
    paths = os.pathsep.join(filter(None, [_PACKAGE, os.environ.get("PYTHONPATH")]))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        stdin=PIPE,
        stdout=PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
        limit=_LONGEST,
    )
    try:
        yield await _given(process, wish)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _given(process: Process, wish: Mapping[str, object]) -> asyncio.StreamReader:
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(ConnectionError):
        process.stdin.write(json.dumps(wish).encode() + b"\n")
        await process.stdin.drain()
    process.stdin.close()
    return process.stdout
