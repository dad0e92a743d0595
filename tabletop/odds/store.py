"""Solved games and their odds, kept on the disk: what was worked out once is only read again.

What is kept depends on the program, on what the objectives say its endings are worth, and on
the source of the rules and of this layer; whatever is wrong with it, it is worked out anew.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tabletop
from tabletop.errors import UsageError
from tabletop.odds.shelf import Shelf
from tabletop.odds.summary import Odds, Sheet, as_data, odds_from, sheet_from
from tabletop.scenario.cache_folder import folder

if TYPE_CHECKING:
    from tabletop.odds.exact import Exact, Opening
    from tabletop.odds.places import Place
    from tabletop.rules.program import Program

Progress = Callable[[float], None]
"""Hears how much is done, from 0 to 1."""


def quietly(_: float) -> None:
    """The progress that nobody hears."""


def shelf() -> Shelf:
    """Where solved games are kept: below the folder of `TABLETOP_CACHE`, or the user's own."""
    return Shelf(folder() / "odds")


def solved(
    program: Program,
    progress: Progress = quietly,
    *,
    kept: Shelf | None = None,
    most: int | None = None,
) -> Exact:
    """The exact solution of a program, from the disk where it has been solved before.

    Raises `TooLargeError` where it is too large to be solved; `most` is as for
    `tabletop.odds.size.Bounded`.
    """
    kept = kept or shelf()
    name = f"{key(program)}-solved"
    known = _read_solution(kept, name, program)
    if known is not None:
        return known
    with kept.alone(name):
        # Another process may have solved it while we waited for it.
        known = _read_solution(kept, name, program)
        if known is not None:
            return known
        exact = _solve(program, progress, most)
        kept.write(name, _solution(exact))
    return exact


def odds_of(
    program: Program,
    progress: Progress = quietly,
    *,
    kept: Shelf | None = None,
    most: int | None = None,
) -> Odds:
    """The exact odds of a whole game, from the disk where they have been worked out before.

    Raises `TooLargeError` as `solved` does.
    """
    kept = kept or shelf()
    name = f"{key(program)}-odds"
    known = _read_odds(kept, name)
    if known is not None:
        return known
    from tabletop.odds.reckoning import exact_odds

    exact = solved(program, lambda done: progress(done * SOLVING), kept=kept, most=most)
    odds = exact_odds(exact, None, lambda done: progress(SOLVING + done * (1 - SOLVING)))
    kept.write(name, [_json(as_data(odds))])
    return odds


SOLVING = 0.6
"""The part of the work that solving is; the doctrines are the rest."""


# What has been shown once is found again by the file that it was asked of, so that showing it
# a second time needs neither the scenario nor its program.


def shown_before(
    file: bytes, wishes: Mapping[str, object], *, kept: Shelf | None = None
) -> Sheet | None:
    """The sheet that was shown of a scenario file with these wishes; None where none was."""
    found = (kept or shelf()).read(_shown(file, wishes))
    if found is None:
        return None
    try:
        return sheet_from(json.loads(bytes(found)))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def remember_shown(
    file: bytes, wishes: Mapping[str, object], found: Sheet, *, kept: Shelf | None = None
) -> None:
    """Keep what was shown of a scenario file with these wishes."""
    (kept or shelf()).write(_shown(file, wishes), [_json(as_data(found))])


def key(program: Program) -> str:
    """What a program's solution is kept under."""
    worth = {name: dict(each.values) for name, each in program.scenario.objectives.items()}
    content = [program.hash, sys.byteorder, worth]
    return _digest(_json(content))


def _shown(file: bytes, wishes: Mapping[str, object]) -> str:
    return f"{_digest(sha256(file).digest() + _json(dict(wishes)))}-shown"


def _digest(content: bytes) -> str:
    return sha256(edition() + content).hexdigest()[:40]


@cache
def edition() -> bytes:
    """What odds depend on besides a scenario: the source of what reads, plays and solves it."""
    digest = sha256(tabletop.__version__.encode())
    package = Path(__file__).parent.parent
    for layer in ("scenario", "rules", "odds"):
        with os.scandir(package / layer) as entries:
            names = sorted(each.name for each in entries if each.name.endswith(".py"))
        for name in names:
            digest.update((package / layer / name).read_bytes())
    return digest.digest()


def _json(content: Any) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode()


def _solve(program: Program, progress: Progress, most: int | None) -> Exact:
    from tabletop.odds.exact import Exact
    from tabletop.odds.size import MOST, Bounded, unpackable

    try:
        exact = Exact(program)
    except UsageError as error:
        raise unpackable(program, error) from error
    plain = exact.expander
    exact.expander = Bounded(exact.road, plain.aims, most or MOST)
    steps = 2 * program.turns
    done = 0

    def heard(_: int) -> None:
        nonlocal done
        progress(min(done / steps, 1))
        done += 1

    exact.solve(progress=heard, at_random=True)
    # What is asked of a solved game later is small, however often it is asked.
    exact.expander = plain
    return exact


def _read_odds(kept: Shelf, name: str) -> Odds | None:
    found = kept.read(name)
    if found is None:
        return None
    try:
        return odds_from(json.loads(bytes(found)))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


# A solution is a number, so many bytes of JSON that tell what follows, and then for every place
# at which a turn can open the bytes of the arrays of its `Opening`.


def _solution(exact: Exact) -> list[bytes | memoryview]:
    import numpy as np

    numbers = {place: number for number, place in enumerate(exact.road.places)}
    about = []
    arrays: list[bytes | memoryview] = []
    for place, opening in exact.openings.items():
        parts = [np.ascontiguousarray(getattr(opening, name)) for name in _arrays()]
        about.append([numbers[place], *([part.dtype.str, part.shape] for part in parts)])
        arrays += [part.reshape(-1).view(np.uint8).data for part in parts]
    by_ending = exact.at_random or {}
    random = {name: by_aim.tolist() for name, by_aim in by_ending.items()} or None
    head = _json(
        {"places": len(numbers), "arrays": _arrays(), "openings": about, "at_random": random}
    )
    # Numbers are read fastest where they begin at a multiple of their size.
    head = head.ljust(len(head) + -len(head) % _LENGTH)
    return [len(head).to_bytes(_LENGTH, "little"), head, *arrays]


_LENGTH = 8
"""Bytes of the number that tells how long the JSON is."""


def _arrays() -> list[str]:
    """The fields of an opening that hold arrays."""
    from tabletop.odds.exact import Opening

    return [each.name for each in fields(Opening) if each.name != "place"]


def _read_solution(kept: Shelf, name: str, program: Program) -> Exact | None:
    body = kept.read(name)
    if body is None:
        return None
    from tabletop.odds.exact import Exact

    exact = Exact(program)
    try:
        _take(exact, body)
    except (IndexError, KeyError, TypeError, ValueError):
        return None
    return exact


def _take(exact: Exact, body: memoryview) -> None:
    """Take over a kept solution; raises `ValueError` if it is another game's."""
    import numpy as np

    from tabletop.odds.exact import Opening

    at = _LENGTH + int.from_bytes(body[:_LENGTH], "little")
    head = json.loads(bytes(body[_LENGTH:at]))
    places = exact.road.places
    if head["places"] != len(places) or head["arrays"] != _arrays():
        raise ValueError("kept for another road")
    openings: dict[Place, Opening] = {}
    for number, *about in head["openings"]:
        arrays = []
        for each in about:
            array, at = _array(body, at, each)
            arrays.append(array)
        openings[places[number]] = Opening(places[number], *arrays)
    random = head["at_random"]
    exact.at_random = random and {name: np.array(by_aim) for name, by_aim in random.items()}
    exact.openings.update(openings)


def _array(body: memoryview, at: int, about: tuple[str, list[int]]) -> tuple[Any, int]:
    import numpy as np

    kind, shape = np.dtype(about[0]), tuple(about[1])
    found = np.frombuffer(body, kind, int(np.prod(shape)), at).reshape(shape)
    return found, at + found.nbytes
