"""`tabletop schema`: the JSON Schema of scenario files, for editors."""

from __future__ import annotations

from pathlib import Path

import click

from tabletop.cli.writing import json_text, to_file, write_out


@click.command("schema")
@to_file
@click.option("--json", "_as_json", is_flag=True, help="The schema is JSON with and without this.")
def command(output: Path | None, _as_json: bool) -> int:
    """Print the JSON Schema of scenario files.

    Editors that know it complete keys and mark faults while one writes.
    """
    from tabletop.scenario.json_schema import json_schema

    write_out(json_text(json_schema()), output)
    return 0
