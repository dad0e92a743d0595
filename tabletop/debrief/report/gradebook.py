"""Evidence as the gradebooks of Canvas and Moodle import it: one row a student, without marks.

Canvas wants the columns Student, ID, SIS User ID, SIS Login ID and Section, in this order and
before all others, and makes an assignment of every further column; its row `Points Possible`
says how much each is worth. It finds a student by an id, else by the name. Moodle lets the
teacher map columns, one of which must be the email address, the user name or the ID number,
and takes feedback beside marks. It reads an empty mark of a new grade item as 0, and a row
without an id as more of the row before: so where nothing is known there stand a dash, which it
reads as no mark, and words that no student is found by, at which it refuses the file. Ids are
not in a save: a roster, which either of them exports, lends them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tabletop.debrief.report.dataset import NO_MARK, Column, Value, table
from tabletop.debrief.report.evidence import Evidence
from tabletop.debrief.report.roster import Roster, folded
from tabletop.exercise.rubric import CRITERIA, LEVELS

FORMS = ("canvas", "moodle")
_CANVAS = ("ID", "SIS User ID", "SIS Login ID", "Section")
_MOODLE = ("Username", "ID number", "Email address")
_NO_ID = "no id"
_MARKS = tuple(f"Tabletop: {each.title}" for each in CRITERIA)


def columns(form: str) -> tuple[Column, ...]:
    """The columns of a form, as its codebook tells them."""
    scale = f"yours to fill in, {'; '.join(LEVELS)}"
    marks = (
        Column(name, "blank", f"{scale}. {each.text}")
        for name, each in zip(_MARKS, CRITERIA, strict=True)
    )
    if form == "canvas":
        who = (
            Column("Student", "text", "the name; Canvas finds the student by it without an id"),
            *(Column(name, "text", "from the roster; Canvas finds by it") for name in _CANVAS[:3]),
            Column("Section", "text", "from the roster; Canvas wants the column, and may be blank"),
        )
        return (*who, *marks)
    return (
        Column("Name", "text", "the name, for you: Moodle does not find by it"),
        *(
            Column(name, "text", f"from the roster, or `{_NO_ID}`; map one of the three")
            for name in _MOODLE
        ),
        *marks,
        Column(
            "Feedback", "text", "what the student left behind; map it with a mark or not at all"
        ),
    )


def gradebook(form: str, rows: Iterable[Evidence], roster: Roster | None) -> str:
    """One row a student whose name is known, by name; no mark is given."""
    found = _students(rows)
    names = [column.name for column in columns(form)]
    if form == "canvas":
        blank: Sequence[Value] = ("",) * len(_MARKS)
        worth: Sequence[Value] = (
            "    Points Possible",
            *("",) * len(_CANVAS),
            *(len(LEVELS),) * len(_MARKS),
        )
        own = ((name, *_ids(roster, name, _CANVAS), *blank) for name, _ in found)
        return table(names, (worth, *own))
    none = (NO_MARK,) * len(_MARKS)
    return table(
        names,
        (
            (
                name,
                *(each or _NO_ID for each in _ids(roster, name, _MOODLE)),
                *none,
                _feedback(said),
            )
            for name, said in found
        ),
    )


def strangers(rows: Iterable[Evidence], roster: Roster) -> list[str]:
    """Students whom the roster does not have, or has more than once, by name."""
    return [name for name, _ in _students(rows) if roster.find(name) is None]


def _students(rows: Iterable[Evidence]) -> list[tuple[str, list[Evidence]]]:
    """Each student once, whatever the case and the spaces, with all that they left behind."""
    found: dict[str, tuple[str, list[Evidence]]] = {}
    for row in rows:
        if row.student:
            found.setdefault(folded(row.student), (row.student, []))[1].append(row)
    return [found[name] for name in sorted(found)]


def _ids(roster: Roster | None, name: str, wanted: Sequence[str]) -> Iterator[str]:
    known = roster.find(name) if roster is not None else None
    return ((known or {}).get(each.casefold(), "") for each in wanted)


def _feedback(rows: Iterable[Evidence]) -> str:
    """What a student left behind, a line a decision, in the words of the evidence table."""
    return "\n".join(" ".join(_line(row)) for row in rows)


def _line(row: Evidence) -> Iterator[str]:
    yield f"Turn {row.turn}, {row.role}: decided: {row.decided}."
    if row.preference is not None and row.kind == "decision":
        yield "Preferred it." if row.agrees else f"Preferred: {row.preference}."
    for label, text in (
        ("Reason", row.reason),
        ("For the team", row.rationale),
        ("Dissent", row.dissent),
    ):
        if text:
            yield f"{label}: “{text}”"
    if row.forecast_percent is not None:
        came = {True: "; it came", False: "; it did not come", None: ""}[row.forecast_came]
        yield f"Said {row.forecast_percent} percent{came}."
