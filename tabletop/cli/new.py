"""`tabletop new`: a scenario file to begin with."""

from __future__ import annotations

import re
from pathlib import Path

import click

from tabletop.errors import UsageError

TEMPLATE = "new_scenario.yaml"
_LONGEST_ID = 40


@click.command("new")
@click.argument("path", type=click.Path(path_type=Path))
def command(path: Path) -> int:
    """Start a scenario file from a small one with comments.

    PATH is the file to write: small letters, digits and hyphens, and .yaml. The scenario is
    called by this name. A file that exists is left alone.
    The small scenario loads, passes `tabletop check` and can be played as it stands.
    """
    from tabletop.cli.writing import say
    from tabletop.plain.wording import quoted

    _check_name(path)
    text = filled(path.stem)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path}: exists already, and is left as it is") from None
    say(f"Written: {path}")
    say(f"Check it with: tabletop check {quoted(path)}")
    say(f"Play it with: tabletop play {quoted(path)}")
    return 0


def _check_name(path: Path) -> None:
    """Refuse a name that no scenario can be called by: its id is the name of its file."""
    from tabletop.scenario.wording import quote

    name = re.sub(r"[^a-z0-9]+", "-", path.stem.casefold()).lstrip("-0123456789")
    name = name[:_LONGEST_ID].rstrip("-") or "new-crisis"
    if path.name != f"{name}.yaml":
        raise UsageError(f"{quote(path.name)} cannot name a scenario: call it {name}.yaml")


def filled(name: str) -> str:
    """The template with this id, and a title made from it."""
    from importlib.resources import files

    template = (files("tabletop.cli") / TEMPLATE).read_text("utf-8")
    title = name.replace("-", " ").capitalize()
    return template.replace("@ID@", name).replace("@TITLE@", f'"{title}"')
