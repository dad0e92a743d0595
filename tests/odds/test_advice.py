"""The adviser: words that follow from what options are worth, the same for the same situation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.odds.advice import LITTLE, MUCH, PHRASES, SOME, TIE, Adviser, graded
from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.rules.start import begin
from tabletop.scenario.source import load

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "scenarios"
ORDER = ("open", "dear", "costly", "grave")


@pytest.fixture(scope="module")
def program() -> Program:
    return compile_program(load(FIXTURES / "minimal.yaml").scenario)


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 1), min_size=1, max_size=6))
def test_a_worse_option_never_sounds_better(worth: dict[str, float]) -> None:
    """The best keeps the doors open, unless nothing hangs on the choice."""
    grades = graded(worth)
    if max(worth.values()) - min(worth.values()) < LITTLE:
        assert set(grades.values()) == {"minor"}
        return
    ranks = [ORDER.index(grades[name]) for name in sorted(worth, key=lambda each: -worth[each])]
    assert ranks == sorted(ranks)
    assert ranks[0] == 0


@pytest.mark.parametrize(
    "lost,grade",
    [
        (TIE - 1e-6, "open"),
        (TIE + 1e-6, "dear"),
        (SOME - 1e-6, "dear"),
        (SOME + 1e-6, "costly"),
        (MUCH - 1e-6, "costly"),
        (MUCH + 1e-6, "grave"),
    ],
)
def test_the_thresholds_part_the_words(lost: float, grade: str) -> None:
    """Beside an option that loses everything, so that something hangs on the choice."""
    assert graded({"best": 1.0, "other": 1.0 - lost, "worst": 0.0})["other"] == grade


def test_no_digit_is_ever_said() -> None:
    """Words alone."""
    assert not re.search(r"\d", " ".join(PHRASES.values()))


def test_every_open_response_gets_words_and_the_aim_does_not_count(program: Program) -> None:
    """Two games that differ in nothing but the aim are advised alike."""
    adviser = Adviser(program, "a_paper")
    said = []
    for aim in (0, 1):
        play = begin(program, 1, aim=aim)
        play.walk()
        while play.prompt is None:
            play.advance()
        open_now = {
            program.responses[number].id for number, under in play.openings().items() if under
        }
        said.append(adviser.advise(play))
        assert set(said[-1]) == open_now
    assert said[0] == said[1]
    assert len({advice.grade for advice in said[0].values()}) > 1


def test_nothing_is_said_where_nothing_is_decided(program: Program) -> None:
    """Before the first step, and after the end."""
    assert Adviser(program, "a_paper").advise(begin(program, 1)) == {}
