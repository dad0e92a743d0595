"""A click program that has as many commands as its first argument says, and does nothing."""

from __future__ import annotations

import sys

import click


@click.group()
@click.version_option("1")
def bare() -> None:
    """Nothing but its commands."""


for number in range(int(sys.argv.pop(1))):

    @bare.command(f"command-{number}")
    @click.argument("what", required=False)
    @click.option("--plain", is_flag=True, help="Do it plainly.")
    def command(what: str | None, *, plain: bool) -> None:
        """Do something with what is named."""


if __name__ == "__main__":
    bare()
