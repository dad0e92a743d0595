"""What a console is told of the room, by whoever serves it: how to join, and who is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


def _nobody(_: str) -> bool:
    return False


def _unwatched(_: Callable[[str], None]) -> None:
    return None


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
    """Takes what is to be called with every seat that comes or goes."""


PAPER = RoomFacts()
"""No network: everything is entered by control."""
