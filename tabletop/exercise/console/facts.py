"""What a console is told of the room, by whoever serves it: how to join, and who is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tabletop.exercise.console.troubles import Trouble


def _nobody(_: str) -> bool:
    return False


def _unwatched(_: Callable[[str], None]) -> None:
    return None


class Reached(NamedTuple):
    """Who has opened the test page."""

    phones: int = 0
    """Devices that are not the host's own machine."""
    whole: int = 0
    """Those of them on which the stream works as well."""
    own: bool = False
    """Whether the host's own machine has, which says nothing of phones."""


def _nowhere() -> Reached:
    return Reached()


def _well() -> Sequence[Trouble]:
    return ()


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """How people reach the room; without an address the exercise is run on paper alone."""

    address: str = ""
    """What people type into a browser."""
    code: str = ""
    link: str = ""
    """Where the QR code leads."""
    qr: Sequence[str] = ()
    """The QR code in half blocks, quiet zone included, to be set black on white."""
    warnings: Sequence[str] = ()
    present: Callable[[str], bool] = _nobody
    """Whether a page or a terminal of a seat is listening."""
    pin: Callable[[str], str] | None = None
    """Makes a short-lived code that puts another phone into a seat; raises `ActionError`."""
    projector_pin: Callable[[], str] | None = None
    """The same for the projector's page."""
    watch: Callable[[Callable[[str], None]], None] = _unwatched
    """Takes what is to be called with every seat that comes or goes, and with "" when a device
    has opened the test page or something has gone wrong."""
    test_link: str = ""
    """The page by which phones are tried before class."""
    reached: Callable[[], Reached] = _nowhere
    troubles: Callable[[], Sequence[Trouble]] = _well
    """What is wrong with the room now."""
    past_troubles: Callable[[], Sequence[Trouble]] = _well
    """Everything that has gone wrong since it was opened."""


PAPER = RoomFacts()
"""No network: everything is entered by control."""
