"""What a scenario accepts of what is found in it, and says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.rules.compiler import compile_program
from tabletop.scenario.check import check
from tabletop.scenario.findings import PLAYED, READ, Noticed, Settled, settled
from tabletop.scenario.source import Loaded, read

SPARE = (
    "tables:\n",
    "tables:\n  spare:\n    title: Spare\n    outcomes:\n      - {id: x, weight: 1}\n",
)
ACCEPTED = (
    "hot_wash:\n",
    "accepts:\n  - {finding: undrawn table, of: spare, because: It is kept for a sequel.}\nhot_wash:\n",
)


def loaded(text: str) -> Loaded:
    """A text as the file that it would be."""
    return replace(read(text, "minimal.yaml"), path=Path("minimal.yaml"))


def read_through(text: str) -> Settled:
    """What is left and what is accepted once a text is read."""
    found = loaded(text)
    return settled(found, check(found), READ)


def test_what_is_accepted_is_no_finding(edited: Callable[..., str]) -> None:
    """It is told apart, with its reason."""
    assert [finding.kind for finding in read_through(edited(SPARE)).left] == ["undrawn table"]
    found = read_through(edited(SPARE, ACCEPTED))
    assert found.left == []
    ((finding, because),) = found.accepted
    assert (finding.kind, finding.of, because) == (
        "undrawn table",
        "spare",
        "It is kept for a sequel.",
    )


def test_what_is_accepted_in_vain_is_a_finding(edited: Callable[..., str]) -> None:
    """Where it is not found any more, or of something else."""
    for changes in ([ACCEPTED], [SPARE, (ACCEPTED[0], ACCEPTED[1].replace("spare", "splash"))]):
        found = read_through(edited(*changes))
        (idle,) = [finding for finding in found.left if finding.kind == "idle acceptance"]
        assert "which is not found: take it out" in str(idle)
        assert idle.fault.where == "accepts.1"
        assert found.accepted == []


def test_what_was_not_looked_for_is_not_accepted_in_vain(edited: Callable[..., str]) -> None:
    """A reading alone cannot tell what playing it out would find."""
    played = (ACCEPTED[0], ACCEPTED[1].replace("undrawn table", "never best"))
    text = edited(played)
    assert read_through(text).left == []
    found = settled(loaded(text), [], [*READ, *PLAYED])
    assert [finding.kind for finding in found.left] == ["idle acceptance"]


def test_an_acceptance_counts_for_one_finding_alone(edited: Callable[..., str]) -> None:
    """Another part with the same trouble is still told."""
    found = loaded(edited(ACCEPTED))
    two = [
        Noticed("undrawn table", name, ("tables", name), "Nobody draws.").placed(found)
        for name in ("provocation", "splash")
    ]
    assert [each.of for each in settled(found, two, []).left] == ["provocation", "splash"]


@pytest.mark.parametrize(
    "change, said",
    [
        ("finding: undrawn tabel", "accepts.1.finding: unknown finding 'undrawn tabel' (did you mean undrawn table"),
        ("finding: Undrawn", "is not the name of a finding such as never best"),
        ("of: -", "is not an id, or ids with dots between them"),
    ],
)  # fmt: skip
def test_an_acceptance_that_cannot_be_read_is_a_fault(
    told: Callable[..., list[str]], change: str, said: str
) -> None:
    """With what may have been meant."""
    key = change.partition(":")[0]
    old = {"finding": "finding: undrawn table", "of": "of: spare"}[key]
    lines = told(SPARE, (ACCEPTED[0], ACCEPTED[1].replace(old, change)))
    assert any(said in line for line in lines), lines


def test_an_acceptance_needs_its_reason(told: Callable[..., list[str]]) -> None:
    """Nobody can accept without a because."""
    bare = ACCEPTED[1].replace(", because: It is kept for a sequel.", "")
    assert any("because is missing" in line for line in told(SPARE, (ACCEPTED[0], bare)))


def test_what_is_accepted_changes_no_game(edited: Callable[..., str]) -> None:
    """The program's hash is the same, so that what was solved or saved still belongs to it."""
    with_it, without = (read(edited(*each), "x.yaml") for each in ([SPARE, ACCEPTED], [SPARE]))
    assert with_it.hash != without.hash
    programs = [compile_program(each.scenario).hash for each in (with_it, without)]
    assert programs[0] == programs[1]


def test_findings_have_names_of_two_words(edited: Callable[..., str]) -> None:
    """Each once: they are what acceptances and programs go by."""
    names = [*READ, *PLAYED]
    assert len(names) == len(set(names))
    assert all(len(name.split()) == 2 and name == name.lower() for name in names)
    kinds = {finding.kind for finding in check(loaded(edited(SPARE)))}
    assert kinds <= set(READ)
