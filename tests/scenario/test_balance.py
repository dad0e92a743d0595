"""Lists that chance draws from: something is always left to be drawn, and drawing comes to an end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

NOTHING = "the weights can all be 0 or less: one outcome must keep a weight of at least 1"
CASES = [
    (("outcomes:\n      - {id: steady, weight: 2}", "outcomes:\n      - {id: steady, weight: 1 * shots}"), None),
    (("weight: 1 + 1 * (stores <= 1)", "weight: 1 * (stores <= 1)"), None),
    (("- {id: holds, weight: 1}\n\ntables", "- {id: holds, weight: 0}\n\ntables"), f"responses.walk_out.reaction: {NOTHING}"),
    (("- {id: holds, weight: 1}\n\ntables", "- {id: holds, weight: 1 - 1 * shots}\n\ntables"), f"responses.walk_out.reaction: {NOTHING}"),
    (("- {id: holds, weight: 1}\n\ntables", "- {id: holds, weight: patrols_provoke}\n\ntables"), f"responses.walk_out.reaction: {NOTHING}"),
    (("{id: wide, weight: 3", "{id: wide, weight: 1 * (tension >= 1)"), None),
    (("          - {id: engages, weight: 2}\n          - {id: holds, weight: 1}", "          - {id: engages, weight: 0}"), f"injects.collision.answers.send_help.reaction: {NOTHING}"),
    (("weight: 1\n  islet:", "weight: 0\n  islet:"), None),
    (("weight: 1 + 2 * (prior >= islet)", "weight: 2 * (prior >= islet)"), None),
    (("quiet: 2", "quiet: 1 * shots"), "quiet: must keep a weight of at least 1"),
    (("quiet: 2", "quiet: 0"), "quiet: must keep a weight of at least 1"),
    (("id: horn, weight: 2", "id: flare, weight: 2"), "tables.provocation.outcomes.flare.id: the outcome 'flare' is listed twice"),
    (("- {id: engages, weight: 1}\n      - {id: holds, weight: 4}", "- {id: holds, weight: 1}\n      - {id: holds, weight: 4}"), "responses.wait.reaction.holds.id: the outcome 'holds' is listed twice"),
    (("draw: splash", "draw: provocation"), "the tables draw from one another without end: provocation -> provocation"),
    (("title: It falls wide,", "title: It falls wide, draw: provocation,"), "tables.splash.outcomes.wide.draw: the tables draw from one another without end: provocation -> splash -> provocation"),
    (("{id: steady, weight: 2}", "{id: steady, weight: 2, draw: splash}"), None),
    (("{id: holds, weight: 2}\n  walk_out", "{id: storms_out, weight: 2, title: They go, by: neighbour}\n  walk_out"), None),
    (("{id: holds, weight: 2}\n  walk_out", "{id: storms_out, weight: 2, title: They go}\n  walk_out"), "unknown reaction 'storms_out' (known: engages, holds, provokes); one of its own needs by"),
]  # fmt: skip


@pytest.mark.parametrize("change, said", CASES, ids=[str(change[1]) for change, _ in CASES])
def test_chance_always_has_something_to_draw(
    told: Callable[..., list[str]], change: tuple[str, str], said: str | None
) -> None:
    """One outcome keeps a weight whatever happens, under every assumption; None means all is well."""
    lines = told(change)
    if said is None:
        assert lines == []
    else:
        assert any(said in line for line in lines), lines


def test_both_aims_without_weight_are_told(told: Callable[..., list[str]]) -> None:
    """One aim must be possible before an exercise can start."""
    lines = told(
        ("weight: 1\n  islet:", "weight: 0\n  islet:"),
        ("weight: 1 + 2 * (prior >= islet)", "weight: 2 * (prior >= islet)"),
    )
    assert any(
        "aims: the weights can all be 0 or less: one aim must keep" in line for line in lines
    )


def test_a_kind_may_take_away_what_a_reaction_gives(told: Callable[..., list[str]]) -> None:
    """The shift of a kind counts in every reaction that lists it."""
    change = (
        "text: Nothing moves on the water.",
        "shift: -1\n    text: Nothing moves on the water.",
    )
    assert any(f"responses.walk_out.reaction: {NOTHING}" in line for line in told(change))


def test_a_circle_is_told_once_and_long_chains_are_followed(
    told: Callable[..., list[str]],
) -> None:
    """A chain of tables is no circle, however long."""
    chain = "".join(
        f"  t{n}:\n    title: T\n    outcomes:\n      - {{id: on, weight: 1, draw: t{n + 1}}}\n"
        for n in range(50)
    )
    last = "  t50:\n    title: T\n    outcomes:\n      - {id: on, weight: 1}\n"
    assert told(("tables:\n", f"tables:\n{chain}{last}")) == []
    lines = told(
        ("tables:\n", f"tables:\n{chain}{last.replace('weight: 1', 'weight: 1, draw: t0')}")
    )
    assert len(lines) == 1
    assert "without end: t0 -> t1" in lines[0]


def test_random_injects_alone_need_quiet(told: Callable[..., list[str]]) -> None:
    """Without any random inject, quiet is never drawn."""
    assert (
        told(("quiet: 2", "quiet: 0"), ("    turns: [2]\n    weight: 1\n", "    turn: 2\n")) == []
    )
