"""How the room is reached, and what is said where it cannot be."""

from __future__ import annotations

import pytest

from tabletop.room.addresses import addresses, shown, warning


def test_an_address_that_was_asked_for_is_the_one() -> None:
    """Otherwise every one that others could use, and this machine's own where there is none."""
    assert addresses("192.0.2.7") == ["192.0.2.7"]
    assert addresses("0.0.0.0")


@pytest.mark.parametrize(
    "address,port,url",
    [
        ("192.0.2.7", 8000, "http://192.0.2.7:8000"),
        ("192.0.2.7", 80, "http://192.0.2.7"),
        ("2001:db8::1", 8000, "http://[2001:db8::1]:8000"),
    ],
)
def test_an_address_as_people_type_it(address: str, port: int, url: str) -> None:
    """With its port where it needs one."""
    assert shown(address, port) == url


@pytest.mark.parametrize(
    "bind,address,said",
    [
        ("127.0.0.1", "127.0.0.1", "only this machine can reach"),
        ("0.0.0.0", "127.0.0.1", "only this machine can reach"),
        ("0.0.0.0", "169.254.1.2", "without a network"),
        ("0.0.0.0", "8.8.8.8", "open Internet"),
    ],
)
def test_what_others_cannot_reach_or_anybody_can_is_said(
    bind: str, address: str, said: str
) -> None:
    """Before the class sits there."""
    assert said in (warning(bind, [address]) or "")
    assert warning("0.0.0.0", ["192.168.1.20"]) is None
