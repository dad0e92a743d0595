"""Writes docs/report.schema.json from the records of a report: `python -m tools.report_schema`."""

from __future__ import annotations

import json
from pathlib import Path

from tabletop.debrief.report.data import report_schema

FILE = Path(__file__).resolve().parent.parent / "docs" / "report.schema.json"


def text() -> str:
    """The whole file."""
    return json.dumps(report_schema(), indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8", newline="\n")
