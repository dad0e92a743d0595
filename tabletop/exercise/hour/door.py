"""The door of a room: what it tells whoever comes, and the questions by which a seat is taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple

from tabletop.errors import ActionError
from tabletop.exercise.asking import Asker, Blank, LeftError, Option

BARRED: Final = "the room is closed to new seats: ask who leads the exercise"
NAME: Final = "Your name, or a pseudonym"
PLAIN_HTTP: Final = (
    "Plain HTTP: others on this network could read what you send. "
    "Write nothing here that they must not."
)
_DEALT: Final = Option("", "Deal me one")
_RECORDER: Final = Option("*", "Take notes, and do not play", "The recorder's seat")


class DoorTeam(NamedTuple):
    """A team at the door."""

    name: str
    people: int
    """How many sit there now."""


class DoorRole(NamedTuple):
    """An office at the door; several may hold it."""

    id: str
    title: str


class Door(NamedTuple):
    """What a room tells somebody who has no seat yet."""

    scenario: str
    teams: tuple[DoorTeam, ...]
    roles: tuple[DoorRole, ...]
    suggestion: str
    """A pseudonym that nobody has yet."""
    listed: bool
    """Whether there is a list of the class: it brings team and office with a name."""
    barred: bool
    """Whether nobody is let in now."""
    plain: bool
    """Whether others on the network could read what is sent."""


class Wish(NamedTuple):
    """The seat that somebody asks for; a team or an office that is left empty is dealt."""

    name: str = ""
    team: str = ""
    role: str = ""
    recorder: bool = False


Enter = Callable[[Wish], Awaitable[None]]
"""Goes in; raises `ActionError` where the room refuses, else `TabletopError`."""


async def take_a_seat(
    door: Door,
    asker: Asker,
    wish: Wish,
    enter: Enter,
    tell: Callable[[str], None],
) -> None:
    """Ask for what `wish` leaves open and go in; what is refused is told, and asked again.

    Raises `LeftError` where they turn away from the first question, and `ActionError` where
    nobody is let in.
    """
    if door.barred:
        raise ActionError(BARRED)
    if door.plain:
        tell(PLAIN_HTTP)
    name = wish.name or ("" if door.listed else door.suggestion)
    hint = "as it stands in the list of your class" if door.listed else ""
    while True:
        (name,) = await asker.fill(f"Take a seat: {door.scenario}", [Blank(NAME, name, hint)])
        try:
            await enter(await _placed(door, asker, wish._replace(name=name)))
        except LeftError:
            continue  # back to the name
        except ActionError as refused:
            tell(str(refused))
        else:
            return


async def _placed(door: Door, asker: Asker, wish: Wish) -> Wish:
    """The wish with a team and an office, where neither an option nor a list brings them."""
    if door.listed:
        return wish
    if not wish.team:
        teams = [Option(each.name, each.name, f"{each.people} here") for each in door.teams]
        wish = wish._replace(team=await asker.pick("Which team?", [_DEALT, *teams]))
    if not wish.role and not wish.recorder:
        roles = [Option(each.id, each.title) for each in door.roles]
        role = await asker.pick("Which office?", [_DEALT, *roles, _RECORDER])
        recorder = role == _RECORDER.id
        wish = wish._replace(role="" if recorder else role, recorder=recorder)
    return wish
