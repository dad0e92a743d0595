"""How faults speak: input quoted and harmless, near misses, places as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.scenario.wording import bare, did_you_mean, dotted, quote


@pytest.mark.parametrize(
    "name, known, hint",
    [
        ("tensoin", ["tension", "line"], " (did you mean tension?)"),
        ("soft", ["soft_world", "hard_world"], " (did you mean soft_world?)"),
        ("zzz", ["tension", "line"], " (known: tension, line)"),
        ("zzz", [f"name{number}" for number in range(9)], ""),
        ("zzz", [], ""),
        ("", ["tension"], " (known: tension)"),
    ],
)
def test_a_hint_names_the_nearest_or_the_few_there_are(
    name: str, known: list[str], hint: str
) -> None:
    """A long list of what was not meant would hide the fault."""
    assert did_you_mean(name, known) == hint


def test_places_in_lists_count_from_one_and_outcomes_have_their_ids() -> None:
    """Turn 2 is `calendar.2`; an outcome stays where it is called by its name."""
    assert dotted(("calendar", 1, "text")) == "calendar.2.text"
    assert dotted(("outcomes", 0, "id"), [None, "flare", None]) == "outcomes.flare.id"
    assert dotted(()) == ""


@given(st.text())
def test_nothing_that_is_quoted_or_named_can_drive_a_terminal(text: str) -> None:
    """Whatever the input was, what is shown of it is printable and short."""
    for shown in (quote(text), bare(text), dotted((text,)), dotted((0,), [text])):
        assert shown.isprintable()
    assert did_you_mean("x", [text]).isprintable()
    assert len(bare("x" * 1000)) == 61
