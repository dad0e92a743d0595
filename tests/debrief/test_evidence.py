"""What each student left behind: a row a decision, as it was then, harmless, and importable."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tabletop.debrief.report import gradebook
from tabletop.debrief.report.evidence import COLUMNS, Evidence, evidence_of, evidence_table
from tabletop.debrief.report.roster import LARGEST, read_roster
from tabletop.errors import UsageError
from tabletop.exercise.forgetting import forget
from tabletop.exercise.rubric import CRITERIA
from tabletop.exercise.table import Begin, Join, Viewer
from tabletop.exercise.words import seal_words
from tests.debrief.report_cases import HOSTILE, group, places
from tests.exercise.classes import Exercise

KEY = b"k" * 32


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Ann prefers to wait and dissents; then Cho has her seat, and says nothing."""
    exercise = Exercise(begin=False, red=["premier"], blue=["premier"])
    exercise.send(Join("red-harbour", "Ann Lee", "red", "harbour"))
    exercise.send(Begin())
    for response, reason in (("call", "first thought"), ("wait", "be seen to wait, says Ann Lee")):
        words = {"response": response, "reason": seal_words(reason)}
        data = {"seat": "red-harbour", "turn": 1, **words}
        exercise.put("note.preference", data, "red-harbour", "red")
    exercise.decide("red", "patrol", "be seen", 90)
    lost = {"team": "red", "turn": 1, "response": "wait", "reason": seal_words("too early")}
    exercise.put("note.dissent", {"seat": "red-harbour", **lost}, "red-harbour", "red")
    moved = {"seat": "red-harbour", "name": seal_words("Cho"), "team": None, "role": None}
    exercise.put("game.reseated", moved, "control", "")
    exercise.finish("red", "blue")
    return exercise.save(tmp_path / "class.jsonl")


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _of(rows: list[Evidence], seat: str, turn: int) -> Evidence:
    (found,) = [e for e in rows if (e.seat, e.turn, e.kind) == (seat, turn, "decision")]
    return found


def test_everybody_in_the_team_has_a_row_for_every_decision(path: Path) -> None:
    """Also those who said nothing; the columns are those of the codebook."""
    rows = evidence_of(places(path))
    red = [row for row in rows if row.team == "red" and row.kind == "decision"]
    turns = sorted({row.turn for row in red})
    assert [(row.turn, row.seat) for row in red] == [
        (turn, seat) for turn in turns for seat in ("red-premier", "red-harbour")
    ]
    written = _rows(evidence_table(rows))
    assert len(written) == len(rows)
    assert list(written[0]) == [column.name for column in COLUMNS]


def test_a_row_tells_preference_reason_dissent_and_forecast(path: Path) -> None:
    """The last preference counts; the forecast and the rationale are whose they are."""
    rows = evidence_of(places(path))
    ann, head = _of(rows, "red-harbour", 1), _of(rows, "red-premier", 1)
    assert (ann.student, ann.role, ann.decided_by) == ("Ann Lee", "Harbour master", False)
    assert (ann.preference, ann.reason) == ("Wait and watch", "be seen to wait, says Ann Lee")
    assert (ann.decided, ann.agrees, ann.dissent) == (head.decided, False, "too early")
    assert (ann.rationale, ann.forecast_percent) == (None, None)
    assert (head.decided_by, head.agrees, head.rationale) == (True, True, "be seen")
    assert head.forecast_percent == 90
    assert isinstance(head.forecast_came, bool)
    assert head.forecast_scored is True


def test_a_row_names_who_sat_there_then(path: Path) -> None:
    """What Ann said stays Ann's when Cho has her seat."""
    rows = evidence_of(places(path))
    assert _of(rows, "red-harbour", 1).student == "Ann Lee"
    later = _of(rows, "red-harbour", 2)
    assert later.student == "Cho"
    assert (later.preference, later.agrees, later.reason) == (None, None, None)


def test_the_rubric_is_blank(path: Path) -> None:
    """For every row; nobody's level is worked out."""
    for row in _rows(evidence_table(evidence_of(places(path)))):
        assert {row[f"rubric_{each.id}"] for each in CRITERIA} == {""}
        assert row["comment"] == ""


@pytest.mark.parametrize("viewer", [Viewer("public"), Viewer("team", "blue")])
def test_evidence_is_for_those_who_hear_the_team(path: Path, viewer: Viewer) -> None:
    """Who may not hear it is told how to ask."""
    from tabletop.debrief.comparison import Place

    red = [Place(place.table, viewer, "red") for place in places(path)[:1]]
    with pytest.raises(UsageError, match="--as control"):
        evidence_of(red)


def test_pseudonyms_stand_for_names_everywhere(path: Path) -> None:
    """Also for those who left their seat; the same ones as in a report."""
    text = evidence_table(evidence_of(places(path), KEY))
    for name in ("Ann", "Lee", "Cho", "class.jsonl"):
        assert name not in text
    ann = _of(evidence_of(places(path), KEY), "red-harbour", 1)
    assert ann.student is not None
    assert ann.student.startswith("Person ")
    assert ann.reason == f"be seen to wait, says {ann.student}"
    other = group(path.with_name("other.jsonl"), "red", "blue")
    assert _of(evidence_of(places(other), KEY), "red-harbour", 1).student == ann.student


def test_what_was_removed_on_request_is_not_there(path: Path) -> None:
    """The row stays, for the decision does; no name, no words."""
    new = path.with_name("new.jsonl")
    forget(path, new, person="Ann Lee")
    ann = _of(evidence_of(places(new)), "red-harbour", 1)
    assert (ann.student, ann.reason, ann.dissent) == (None, None, None)
    assert ann.preference == "Wait and watch"
    text = gradebook.gradebook("canvas", evidence_of(places(new)), None)
    assert "Ann Lee" not in text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula(tmp_path: Path, text: str) -> None:
    """Names, reasons, and what a gradebook takes."""
    rows = evidence_of(places(group(tmp_path / "x.jsonl", "red", name=text, reason=text)))
    for told in (
        evidence_table(rows),
        gradebook.gradebook("canvas", rows, None),
        gradebook.gradebook("moodle", rows, None),
    ):
        for row in csv.reader(io.StringIO(told, newline="")):
            for cell in row:
                harmless = not cell.lstrip(" \n").startswith(("=", "+", "-", "@", "\t", "\r"))
                assert harmless or cell == "-"
        assert not set("\x1b\x00\u202e") & set(told)


def test_canvas_finds_its_columns_in_its_order(path: Path) -> None:
    """Who, then Section, then assignments, and what each is worth, as Canvas' importer reads it."""
    rows = _rows(gradebook.gradebook("canvas", evidence_of(places(path)), None))
    head = list(rows[0])
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert len(head) == 5 + len(CRITERIA)
    assert rows[0]["Student"].strip() == "Points Possible"
    assert {rows[0][name] for name in head[5:]} == {"4"}
    names = [row["Student"] for row in rows[1:]]
    assert names == sorted(names, key=str.casefold)
    assert {"Ann Lee", "Cho"} < set(names)
    assert {row[name] for row in rows[1:] for name in head[1:]} == {""}


def test_moodle_gets_the_evidence_as_feedback(path: Path) -> None:
    """A line a decision; the three columns that it finds by are there."""
    rows = _rows(gradebook.gradebook("moodle", evidence_of(places(path)), None))
    assert list(rows[0])[:4] == ["Name", "Username", "ID number", "Email address"]
    ann = next(row for row in rows if row["Name"] == "Ann Lee")
    assert ann["Feedback"] == (
        "Turn 1, Harbour master: decided: Send a patrol. Preferred: Wait and watch."
        " Reason: “be seen to wait, says Ann Lee” Dissent: “too early”"
    )
    head = next(row for row in rows if "premier" in row["Name"] and "red" in row["Name"])
    assert "Said 90 percent; it " in head["Feedback"]


def test_moodle_takes_no_mark_for_nought_and_no_row_for_the_one_before(
    path: Path, tmp_path: Path
) -> None:
    """As its importer reads: an empty new mark is 0, a row without an id is the student before."""
    file = tmp_path / "roster.csv"
    file.write_text("Name,Email address,ID number\nAnn Lee,a@x.edu,\n", "utf-8")
    rows = _rows(gradebook.gradebook("moodle", evidence_of(places(path)), read_roster(file)))
    for row in rows:
        assert {row[name] for name in row if name.startswith("Tabletop: ")} == {"-"}
        known = {"Email address": "a@x.edu"} if row["Name"] == "Ann Lee" else {}
        for name in ("Username", "ID number", "Email address"):
            assert row[name] == known.get(name, "no id")


def test_every_column_of_a_gradebook_is_in_its_codebook(path: Path) -> None:
    """In its order."""
    for form in gradebook.FORMS:
        (head, *_) = csv.reader(io.StringIO(gradebook.gradebook(form, [], None)))
        assert head == [column.name for column in gradebook.columns(form)]
        assert all(column.meaning for column in gradebook.columns(form))


@pytest.mark.parametrize(
    "content",
    [
        'Student,ID,SIS User ID,SIS Login ID,Section\n"Lee, Ann",17,s17,ann@x.edu,A\n',
        "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section\r\nann  LEE,17,s17,ann@x.edu,A\r\n",
        "First name,Last name,ID,SIS User ID,SIS Login ID,Section\nAnn,Lee,17,s17,ann@x.edu,A\n",
    ],
    ids=["last name first", "other case, with a mark", "two columns"],
)
def test_a_roster_lends_its_ids(path: Path, tmp_path: Path, content: str) -> None:
    """However it writes the name; who is not in it is told."""
    file = tmp_path / "roster.csv"
    file.write_bytes(content.encode())
    roster, rows = read_roster(file), evidence_of(places(path))
    found = _rows(gradebook.gradebook("canvas", rows, roster))
    ann = next(row for row in found if row["Student"] == "Ann Lee")
    assert [ann[name] for name in ("ID", "SIS User ID", "SIS Login ID", "Section")] == [
        "17",
        "s17",
        "ann@x.edu",
        "A",
    ]
    missing = gradebook.strangers(rows, roster)
    assert "Cho" in missing
    assert "Ann Lee" not in missing


def test_two_of_one_name_lend_no_ids(path: Path, tmp_path: Path) -> None:
    """A mark in the wrong row is worse than one without."""
    file = tmp_path / "roster.csv"
    file.write_text("Name,Email address\nAnn Lee,a@x.edu\nAnn lee,b@x.edu\n", "utf-8")
    rows, roster = evidence_of(places(path)), read_roster(file)
    found = _rows(gradebook.gradebook("moodle", rows, roster))
    assert next(row for row in found if row["Name"] == "Ann Lee")["Email address"] == "no id"
    assert "Ann Lee" in gradebook.strangers(rows, roster)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", b'Name\n"x', b"x" * (LARGEST + 1)]
)
def test_what_is_no_roster_is_one_line(tmp_path: Path, content: bytes) -> None:
    """It names the file."""
    file = tmp_path / "roster.csv"
    file.write_bytes(content)
    with pytest.raises(UsageError) as refused:
        read_roster(file)
    assert str(refused.value).startswith(f"{file}:")
    assert len(str(refused.value).splitlines()) == 1


def test_the_viewer_of_a_solo_save_has_their_own_evidence(tmp_path: Path) -> None:
    """They were there."""
    from tests.exercise.games import play

    rows = evidence_of(places(play(tmp_path / "solo.jsonl"), Viewer("seat", "solo")))
    assert rows
    assert {row.seat for row in rows} == {"solo"}


ODD: list[object] = [
    None,
    True,
    1,
    -1.5,
    "",
    "wait",
    [],
    ["wait"],
    {},
    {"words": 7},
    {"words": "x"},
]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    what=st.sampled_from(["note.preference", "note.dissent", "note.locked", "note.observer"]),
    odd=st.dictionaries(
        st.sampled_from(["seat", "turn", "team", "response", "reason", "name", "text"]),
        st.sampled_from(ODD),
        max_size=2,
    ),
    actor=st.sampled_from(["", "red-premier", "control", "rules", "nobody"]),
)
@example("note.preference", {"response": ["wait"]}, "red-premier")
def test_notes_of_any_shape_stop_nothing(
    tmp_path: Path, what: str, odd: dict[str, object], actor: str
) -> None:
    """A save is a file: what a newer or another program wrote into it may be anything."""
    data = {"seat": "red-premier", "turn": 1, "response": "wait", "reason": None, **odd}
    exercise = Exercise(red=["premier"])
    exercise.put(what, data, actor, "red")
    exercise.decide("red", "patrol", "because", 30)
    exercise.put(what, data, actor, "red")
    path = exercise.save(tmp_path / "odd.jsonl")
    rows = evidence_of(places(path), KEY)
    assert [row.seat for row in rows if row.kind == "decision"] == ["red-premier"]
    assert evidence_table(rows)
    assert gradebook.gradebook("moodle", rows, None)
    new = path.with_name("new.jsonl")
    new.unlink(missing_ok=True)
    forget(path, new, seat="red-premier")
    assert "because" not in new.read_text("utf-8").split("\n", 1)[1]
