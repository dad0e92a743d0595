"""Allowances: what is taken, how it comes back, and what counts as one address."""

from __future__ import annotations

import pytest

from tabletop.room.limits import MOST_KEPT, Allowance, household, is_local


def test_an_allowance_is_used_up_and_comes_back_with_time() -> None:
    """One at a time, never more than the most."""
    now = [0.0]
    found = Allowance(2, 10, lambda: now[0])
    assert [found.charge("a") for _ in range(3)] == [True, True, False]
    assert found.charge("b")
    assert found.wait("a") >= 10
    now[0] = 10
    assert [found.charge("a") for _ in range(2)] == [True, False]
    now[0] = 1000
    assert found.left("a") == 2


def test_keys_that_nobody_uses_are_forgotten() -> None:
    """A flood of addresses fills no memory."""
    found = Allowance(1, 1000, lambda: 0.0)
    for number in range(MOST_KEPT + 100):
        found.charge(str(number))
    assert len(found._left) == MOST_KEPT


@pytest.mark.parametrize(
    "address,counted",
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:0db8:0001:0002"),
        ("2001:db8:1:2:bbbb::2", "2001:0db8:0001:0002"),
        ("fe80::1%eth0", "fe80:0000:0000:0000"),
        ("", "unknown"),
        ("evil", "unknown"),
    ],
)
def test_a_network_of_ipv6_is_one_household(address: str, counted: str) -> None:
    """Its addresses cost nobody anything."""
    assert household(address) == counted


def test_this_machine_is_known() -> None:
    """By all its own addresses."""
    assert all(map(is_local, ("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1")))
    assert not any(map(is_local, ("192.0.2.7", "", "localhost.evil")))
