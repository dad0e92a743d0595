"""Verifies a save: its seals, the rules and draws behind every event, and who intervened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from tabletop.errors import TabletopError
from tabletop.exercise.folding import fold
from tabletop.exercise.header import Header, Parent, ScenarioRef
from tabletop.exercise.record import FIRED, OVERRIDE, REWOUND, WITHHELD, Record
from tabletop.exercise.replay import program_of
from tabletop.exercise.save import Save, read_save
from tabletop.exercise.seals import same_seal
from tabletop.exercise.words import read_words
from tabletop.rules import RULES_VERSION
from tabletop.scenario.catalogue import shipped

INTERVENTIONS = frozenset({FIRED, OVERRIDE, REWOUND, WITHHELD})
"""Kinds of events by which control changes play."""

Origin = Literal["shipped", "changed", "other"]


@dataclass(frozen=True, slots=True)
class Intervention:
    """Control's hand in play: what was done in which line, when, and why."""

    event: int
    at: str
    line: str
    what: str
    done: str
    """What was changed, in the program's own names."""
    reason: str | None
    """None where none was given or where it has been removed."""


@dataclass(frozen=True)
class Report:
    """What verification found; everything in it is plain data."""

    path: Path
    scenario: ScenarioRef
    origin: Origin
    """`shipped`: the scenario inside is one of ours to the letter; `changed`: it bears the
    id of one of ours and differs; `other`: it is somebody else's."""
    parent: Parent | None
    lines: int
    """How many lines were checked, the header among them."""
    events: int
    """How many events hold together by their seals."""
    replayed: int
    """How many of those follow by the rules, draw for draw."""
    faults: tuple[str, ...]
    """What the seals give away, one sentence a line, each naming its line."""
    difference: str | None
    """Where and how the save first differs from what the rules give."""
    texts_removed: int
    interventions: tuple[Intervention, ...]
    closed: bool
    seal: str | None
    """The short seal; None before EndEx."""
    asked: str | None
    """The code that the seal was to be compared with."""

    @property
    def seal_matches(self) -> bool | None:
        """Whether the code given is the short seal; None where none was given."""
        if self.asked is None:
            return None
        return self.seal is not None and same_seal(self.asked, self.seal)

    @property
    def ok(self) -> bool:
        """Whether nothing was found against the save; interventions and removals are no faults."""
        return not self.findings

    @property
    def findings(self) -> tuple[str, ...]:
        """Everything that was found against the save, one sentence each."""
        found = list(self.faults)
        if self.difference is not None:
            found.append(self.difference)
        if self.seal_matches is False:
            found.append(
                "the seal does not match: this is not the save that was closed with it"
                if self.seal
                else "no seal to compare with: the game was not played to its end"
            )
        return tuple(found)

    def as_data(self) -> dict[str, Any]:
        """The report for programs to read."""
        data = asdict(self) | {"path": str(self.path)}
        return {"ok": self.ok, **data, "seal_matches": self.seal_matches}


def verify(path: Path, *, seal: str | None = None) -> Report:
    """Check a save from end to end; `seal` is the code that players noted at EndEx.

    Raises `SaveError` where not even the header can be used.
    """
    save = read_save(path)
    replayed, difference = _by_rules(save)
    header = save.header
    return Report(
        path=path,
        scenario=header.scenario,
        origin=_origin(header),
        parent=header.parent,
        lines=1 + len(save.events) + save.dropped,
        events=len(save.events),
        replayed=replayed,
        faults=save.faults,
        difference=difference,
        texts_removed=save.removed,
        interventions=tuple(_interventions(save)),
        closed=save.closed,
        seal=save.short_seal,
        asked=seal,
    )


def _by_rules(save: Save) -> tuple[int, str | None]:
    """How many events follow by the rules, and where the first does not."""
    header = save.header
    try:
        program = program_of(header)
    except TabletopError as error:
        return 0, f"line 1: {error}"
    record, fault = fold(Record(program, header.seed, header.luck), save.events)
    if header.rules == RULES_VERSION and header.program != program.hash:
        return 0, "line 1: the scenario inside does not give the program that was played"
    return record.number, fault


def _origin(header: Header) -> Origin:
    for path in shipped():
        if path.stem == header.scenario.id:
            text = path.read_bytes().decode("utf-8", "replace")
            return "shipped" if list(header.files.values()) == [text] else "changed"
    return "other"


def _interventions(save: Save) -> Iterator[Intervention]:
    for event in save.events:
        if event.what in INTERVENTIONS:
            reason = read_words(event.data.get("reason"))
            yield Intervention(
                event.number, event.at, event.line, event.what, _done(event.data), reason
            )


def _done(data: dict[str, Any]) -> str:
    """An intervention's own data in a few words, without people's words."""
    told = (
        f"{key} {_plain(value)}"
        for key, value in data.items()
        if key not in {"reason", "op"} and value not in (None, [], {}, "")
    )
    return ", ".join(told)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key} {_signed(item)}" for key, item in value.items())
    if isinstance(value, list):
        return " ".join(str(item) for item in value)
    return str(value)


def _signed(value: Any) -> str:
    return f"{value:+d}" if isinstance(value, int) else str(value)
