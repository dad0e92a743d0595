"""Stages that cannot be reached, or left with nothing or too much to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tabletop.scenario.ladder_checks import reachable
from tabletop.scenario.source import Loaded

TO_TALKS = "{from: any, to: talks, when: line >= 3 and not shots, text: Both sides agree to meet.}"
CASES = [
    ((TO_TALKS, TO_TALKS.replace("to: talks", "to: alarm")), "stages.talks: cannot be reached: no transition leads here"),
    ((TO_TALKS, TO_TALKS.replace("from: any", "from: [talks]")), "stages.talks: cannot be reached"),
    ((TO_TALKS, TO_TALKS.replace("from: any", "from: [talks, alarm]")), "transitions.1.to: leads from talks to itself"),
    ((TO_TALKS, TO_TALKS.replace("from: any", "from: []")), "transitions.1.from: is empty: list at least one stage"),
    ((TO_TALKS, TO_TALKS.replace("to: talks", "to: alarm")), "transitions.3.to: nothing leads to talks, so that it has no previous stage"),
    (("course: wait", "course: sit"), "stages.standoff.course: sit is not offered in this stage: it lists talks"),
    (("course: wait", "course: patrol"), "stages.standoff.course: patrol must always be open, and it has when"),
    (("course: wait\n    callbacks", "course: embargo\n    callbacks"), "stages.alarm.course: embargo must always be open, and it has consent"),
    (("course: wait", "course: warn"), "stages.standoff.course: warn must always be open, and it has turns"),
    (("    turns: [2, 3]\n", "    turns: [2, 4]\n"), "responses.warn.turns.2: 4 is no turn: they run from 1 to 3"),
    (("    turns: [2, 3]\n", "    turns: []\n"), "responses.warn.turns: is empty"),
]  # fmt: skip


@pytest.mark.parametrize("change, said", CASES, ids=[said for _, said in CASES])
def test_what_is_wrong_with_the_ladder_is_told(
    told: Callable[..., list[str]], change: tuple[str, str], said: str
) -> None:
    """At the stage, the transition or the response that an author would change."""
    lines = told(change)
    assert any(said in line for line in lines), lines


def test_a_stage_with_no_response_left_is_told(told: Callable[..., list[str]]) -> None:
    """Nobody may come to a turn in which there is nothing to choose."""
    lines = told(
        (
            "stages: [talks]\n    act: Your clerk reads",
            "stages: [alarm]\n    act: Your clerk reads",
        ),
        (
            "stages: [talks]\n    effects: {line: -2}",
            "stages: [talks]\n    turns: [2]\n    effects: {line: -2}",
        ),
    )
    assert any(
        "stages.talks: may leave us with no response in turns 1, 3" in line for line in lines
    )


def test_a_response_that_may_be_closed_is_none_to_rely_on(told: Callable[..., list[str]]) -> None:
    """Guards and consent can fail all at once."""
    lines = told(
        (
            "stages: [talks]\n    act: Your clerk reads",
            "stages: [alarm]\n    act: Your clerk reads",
        ),
        (
            "stages: [talks]\n    effects: {line: -2}",
            "stages: [talks]\n    when: tension >= 1\n    effects: {line: -2}",
        ),
    )
    assert any("may leave us with no response in turns 1, 2, 3" in line for line in lines)


def test_a_second_side_needs_something_to_do_as_well(told: Callable[..., list[str]]) -> None:
    """Where it decides at all, it can decide in every stage and turn."""
    lines = told(
        ("  us: {title: Your act}", "  us: {title: Your act}\n  them: {title: Theirs}"),
        ("instrument: economic", "instrument: economic\n    side: them"),
    )
    (line,) = [line for line in lines if "stages.standoff" in line]
    assert line.startswith("it.yaml:173:3: stages.standoff: may leave them with no response in ")
    assert line.endswith("turns 1, 2, 3: one must always be open")
    assert not any("leave us" in line for line in lines)


def test_more_responses_than_keys_are_told_with_their_turns(
    minimal_text: str, told: Callable[..., list[str]]
) -> None:
    """Nine fit, also where a guard hides some: all could be open at once."""
    start = minimal_text.index("  walk_out:\n")
    walk_out = minimal_text[start : minimal_text.index("\ntables:\n") + 1]
    more = "".join(walk_out.replace("walk_out:", f"walk_{n}:") for n in range(7))
    assert told((walk_out, walk_out + more)) == []
    eighth = walk_out.replace("walk_out:", "walk_8:").replace("[talks]", "[talks]\n    turns: [2]")
    (line,) = told((walk_out, walk_out + more + eighth))
    assert (
        "stages.talks: offers 10 responses in turn 2, at most 9 fit: sit, walk_out, walk_0" in line
    )


def test_reaching_follows_the_transitions(minimal: Loaded) -> None:
    """From the first stage along every guard that may hold."""
    assert reachable(minimal.scenario) == {"standoff", "alarm", "talks"}
