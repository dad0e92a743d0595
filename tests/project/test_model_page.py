"""docs/model.md is the program's own: its words, its hash, and its figures worked out anew."""

from __future__ import annotations

import re

import pytest

from tabletop.rules.compiler import compile_program
from tabletop.scenario.schema import Scenario
from tools import model_page
from tools.model_figures import FOREMOST, RANDOM, Figures, aims, icbm, odds, shipped, worlds
from tools.model_page import PAGE, page, read


@pytest.fixture(scope="module")
def crisis() -> Scenario:
    return shipped()


@pytest.fixture(scope="module")
def text() -> str:
    return PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def figures(text: str) -> Figures:
    return read(text)


def test_the_page_is_about_the_shipped_program(crisis: Scenario, figures: Figures) -> None:
    """`python -m tools.model_page` writes it anew when the scenario's numbers have changed."""
    assert figures.program == compile_program(crisis).hash


def test_the_page_says_what_the_scenario_and_its_figures_say(
    crisis: Scenario, text: str, figures: Figures
) -> None:
    """Nothing was written into it by hand; titles and texts are the scenario's present ones."""
    assert page(crisis, figures) == text


def test_its_bounds_are_for_what_the_objectives_say_now(crisis: Scenario, figures: Figures) -> None:
    """The worth of endings is no part of the program, and best and worst play hang on it."""
    worth = {name: dict(each.values) for name, each in crisis.objectives.items()}
    assert figures.worth == worth


def test_its_odds_are_the_exact_ones(crisis: Scenario, figures: Figures) -> None:
    """Of every doctrine that keeps to rules; random play takes seconds and is held elsewhere."""
    program = compile_program(crisis)
    assert set(figures.odds) == set(program.policies)
    for doctrine in set(program.policies) - {RANDOM}:
        assert figures.odds[doctrine] == pytest.approx(odds(program, doctrine), abs=2e-6)
    assert figures.aims == pytest.approx(aims(program), abs=2e-6)
    assert figures.icbm == pytest.approx(icbm(crisis), abs=2e-6)


def test_the_camps_worlds_are_the_exact_ones(crisis: Scenario, figures: Figures) -> None:
    """Both camps' own doctrines, under the presets of both."""
    found = worlds(crisis)
    assert set(figures.worlds) == set(found)
    for preset, shares in found.items():
        assert figures.worlds[preset] == pytest.approx(shares, abs=2e-6)


def test_bounds_enclose_what_the_doctrines_make_of_an_objective(figures: Figures) -> None:
    """No doctrine does better than best play or worse than worst play."""
    for objective, bounds in figures.bounds.items():
        worth = figures.worth[objective]
        for found in figures.odds.values():
            mean = sum(worth[ending] * chance for ending, chance in found.items())
            assert bounds["worst"] <= mean <= bounds["best"]


def test_best_play_is_well_ahead_of_random_play(figures: Figures) -> None:
    """By a quarter or more for every objective, as the scenario was tuned."""
    for objective, bounds in figures.bounds.items():
        worth = figures.worth[objective]
        mean = sum(worth[ending] * chance for ending, chance in figures.odds[RANDOM].items())
        assert bounds["best"] - mean >= 0.25, objective


def test_what_the_odds_hang_on_most_is_declared(crisis: Scenario, figures: Figures) -> None:
    """For each camp's own doctrine the foremost are dials, the widest first."""
    assert set(figures.hangs_on) == set(crisis.camps)
    for bars in figures.hangs_on.values():
        assert [bar["kind"] for bar in bars] == ["assumption"] * FOREMOST
        moved = [bar["moved"] for bar in bars]
        assert moved == sorted(moved, reverse=True)


def test_no_figure_stands_in_the_words() -> None:
    """Those of the tool hold no digit but in names of places to fill and the scales, 0 to 100."""
    words = [text for name, text in vars(model_page).items() if name.isupper() and name != "PAGE"]
    texts = [text for text in words if isinstance(text, str)]
    assert len(texts) > 5
    assert set(re.findall(r"\d+", "".join(texts))) <= {"0", "100"}


def test_a_page_without_figures_is_noticed() -> None:
    """Whoever deletes them is told so."""
    with pytest.raises(ValueError, match="no figures"):
        read("# What the model assumes\n")
