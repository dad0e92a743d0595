"""Under which addresses this machine's room can be reached, and whether others can reach it."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, ip_address

from tabletop.room.limits import is_local

EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - what a host may ask for


def addresses(bind: str) -> list[str]:
    """The addresses that phones could use, the likeliest one first."""
    if bind not in EVERYWHERE:
        return [bind]
    found = [each for each in (_way_out(), *_named()) if each]
    return list(dict.fromkeys(found)) or ["127.0.0.1"]


def _way_out() -> str:
    """The address from which this machine would speak to others. Nothing is sent for that."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # kept free for examples: RFC 5737
            return str(probe.getsockname()[0])
        except OSError:
            return ""


def _named() -> list[str]:
    """What this machine's own name leads to, this machine itself left out."""
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except (OSError, UnicodeError):
        return []
    return sorted({str(each[4][0]) for each in found if not is_local(str(each[4][0]))})


def shown(address: str, port: int) -> str:
    """An address as it stands in a URL."""
    host = f"[{address}]" if ":" in address else address
    return f"http://{host}" if port == 80 else f"http://{host}:{port}"


def warning(bind: str, found: list[str]) -> str | None:
    """One line where others cannot reach the first of the addresses; None where they may."""
    if is_local(found[0]):
        other = "" if bind in EVERYWHERE else " (--bind 0.0.0.0 lets others in)"
        return f"only this machine can reach {found[0]}: phones cannot join{other}"
    try:
        address = ip_address(found[0])
    except ValueError:
        return None
    if isinstance(address, IPv4Address) and address.is_link_local:
        return f"{found[0]} is what a machine calls itself without a network: join one first"
    if address.is_global:
        return f"{found[0]} is an address of the open Internet: anybody may knock here"
    return None


PLAIN_HTTP = (
    "Plain HTTP: whoever shares this network can read what is sent. Use pseudonyms, "
    "and a network of your own where words are delicate."
)
"""What is said on every start."""
