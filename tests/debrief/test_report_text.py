"""A report as Markdown, JSON and CSV: shown as it was written, and read by programs."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import jsonschema
import pytest
from markdown_it import MarkdownIt

from tabletop.clean import clean_line, clean_text
from tabletop.debrief.report import dataset
from tabletop.debrief.report.data import report_data, report_schema
from tabletop.debrief.report.gather import report_of
from tabletop.debrief.report.layout import blocks
from tabletop.debrief.report.markdown_page import markdown_page
from tabletop.debrief.report.model import Report
from tabletop.exercise.table import CONTROL, Viewer
from tabletop.exercise.viewers import PUBLIC
from tests.debrief.report_cases import HOSTILE, group, places
from tests.exercise.games import play
from tools.report_schema import FILE, text

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


def _report(tmp_path: Path, said: str = "be seen", viewer: Viewer = CONTROL) -> Report:
    path = group(tmp_path / "class.jsonl", "red", "blue", name=said, reason=said)
    return report_of(places(path, viewer))


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("said", HOSTILE)
def test_markdown_shows_what_people_wrote_and_makes_nothing_of_it(
    tmp_path: Path, said: str
) -> None:
    """No element but breaks in cells, no link, no picture, and no heading that is not ours."""
    report = _report(tmp_path, said)
    laid = blocks(report)
    tokens = MARKDOWN.parse(markdown_page(laid))
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in (*tokens, *inline)}
    assert not {"link_open", "image", "html_block", "code_inline", "code_block", "fence"} & kinds
    assert {child.content for child in inline if child.type == "html_inline"} <= {"<br>"}
    headings = sum(type(block).__name__ == "Heading" for block in laid)
    assert sum(token.type == "heading_open" for token in tokens) == headings
    shown = [
        "".join(child.content for child in token.children or ())
        for token in tokens
        if token.type == "inline"
    ]
    assert any(clean_line(said) in each for each in shown)


def test_tables_of_markdown_have_as_many_cells_as_columns(tmp_path: Path) -> None:
    """Whatever stands in them."""
    tokens = MARKDOWN.parse(markdown_page(blocks(_report(tmp_path))))
    width, cells, tables = 0, 0, 0
    for token in tokens:
        if token.type == "thead_open":
            width, tables = 0, tables + 1
        width += token.type == "th_open"
        if token.type == "tr_open":
            cells = 0
        cells += token.type == "td_open"
        if token.type == "tr_close" and cells:
            assert cells == width
    assert tables >= 4


@pytest.mark.parametrize("viewer", [CONTROL, PUBLIC, Viewer("team", "red")])
def test_json_keeps_to_its_schema(tmp_path: Path, viewer: Viewer) -> None:
    """For every viewer, with what they may know left out."""
    data = json.loads(json.dumps(report_data(_report(tmp_path, viewer=viewer))))
    jsonschema.Draft202012Validator(report_schema()).validate(data)
    assert [run["story"]["viewer"]["kind"] for run in data["runs"]] == [viewer.kind] * len(
        data["runs"]
    )


def test_an_unfinished_run_keeps_to_the_schema_too(tmp_path: Path) -> None:
    """Whose ending is null."""
    report = report_of(places(play(tmp_path / "half.jsonl", turns=1), Viewer("seat", "solo")))
    data = json.loads(json.dumps(report_data(report)))
    jsonschema.Draft202012Validator(report_schema()).validate(data)
    assert data["runs"][0]["story"]["ending"] is None


def test_the_schema_is_strict_and_published() -> None:
    """`python -m tools.report_schema` writes it anew; what it does not name is refused."""
    assert FILE.read_text(encoding="utf-8") == text()
    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for kind in (schema, *schema["$defs"].values()):
        assert kind["additionalProperties"] is False
        assert kind["description"]


@pytest.mark.parametrize("said", HOSTILE)
def test_no_cell_of_a_dataset_is_a_formula(tmp_path: Path, said: str) -> None:
    """Numbers aside, nothing begins as a formula does; what was said is there."""
    report = _report(tmp_path, said)
    for table in (dataset.decisions(report), dataset.events(report)):
        for row in _rows(table):
            for cell in row.values():
                assert not re.match(r"\s*[=+@]|\s*-(?!\d+(\.\d+)?$)", cell)
                assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", cell)
    said_in = [row["rationale"].removeprefix("'") for row in _rows(dataset.decisions(report))]
    assert clean_text(said) in said_in


def test_one_row_is_one_decision(tmp_path: Path) -> None:
    """Every decision and every flash answer of every run, once, in order."""
    report = _report(tmp_path)
    rows = _rows(dataset.decisions(report))
    made = [
        (run.label, event)
        for run in report.runs
        for turn in run.story.turns
        for event in (
            *(answer.event for answer in turn.answers),
            *([turn.decision.event] if turn.decision else []),
        )
    ]
    assert [(row["run"], int(row["event"])) for row in rows] == made
    first = rows[0]
    assert (first["kind"], first["response_id"], first["response"], first["person"]) == (
        "decision",
        "patrol",
        "Send a patrol",
        "Ann of red premier",
    )
    assert (first["forecast_percent"], first["forecast_scored"]) == ("90", "true")
    assert first["forecast_came"] in {"true", "false"}
    assert (first["dissents"], first["overrides"], first["by_default"]) == ("1", "0", "false")
    assert first["dissent"] == "Harbour master: Wait and watch: be seen"
    assert float(first["seconds"]) > 0
    assert {row["overrides"] for row in rows if row["run"] == "red"} == {"0", "1"}


def test_one_row_is_one_event(tmp_path: Path) -> None:
    """As far as the viewer learned of it; without the time for those who do not hear."""
    report = _report(tmp_path)
    rows = _rows(dataset.events(report))
    told = [(run.label, step.event) for run in report.runs for step in run.steps]
    assert [(row["run"], int(row["event"])) for row in rows] == told
    assert all(row["at"] for row in rows)
    public = _rows(dataset.events(_report(tmp_path, viewer=PUBLIC)))
    assert 0 < len(public) < len(rows)
    assert not any(row["at"] for row in public)


@pytest.mark.parametrize(
    "rows,columns",
    [
        (dataset.decisions, dataset.DECISION_COLUMNS),
        (dataset.events, dataset.EVENT_COLUMNS),
    ],
)
def test_the_codebook_tells_every_column(
    tmp_path: Path, rows: object, columns: tuple[dataset.Column, ...]
) -> None:
    """In their order, with a type that the cells keep to."""
    assert callable(rows)
    table = rows(_report(tmp_path))
    told = _rows(dataset.codebook(columns))
    assert table.splitlines()[0].split(",") == [row["column"] for row in told]
    assert all(row["meaning"] for row in told)
    fits = {
        "text": r"(?s).*",
        "integer": r"-?\d*",
        "number": r"(-?\d+(\.\d+)?(e-\d+)?)?",
        "boolean": r"(true|false)?",
        "date": r"\d{4}-\d\d-\d\d",
        "time": r"\d{4}-\d\d-\d\dT.*Z",
    }
    for row in _rows(table):
        for column in told:
            assert re.fullmatch(fits[column["type"]], row[column["column"]]), column
