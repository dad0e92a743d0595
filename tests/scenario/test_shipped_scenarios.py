"""The shipped scenarios: valid by every check, and with all that the crisis of 2017 was to hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.scenario.check import check
from tabletop.scenario.schema import Scenario
from tabletop.scenario.source import load
from tabletop.scenario.walk import leaves

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted((ROOT / "scenarios").glob("*.yaml"))
ARTICLE = [f"A{number}" for number in range(1, 56)]
IN_PLAY = {"stages", "roles", "calendar", "responses", "injects", "endings"}


@pytest.fixture(scope="module")
def crisis() -> Scenario:
    return load(ROOT / "scenarios" / "north-korea-2017.yaml").scenario


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_we_ship_has_neither_faults_nor_findings(path: Path) -> None:
    """Every track is read, every flag used, every evidence card cited, no card crowded."""
    assert [str(finding) for finding in check(load(path))] == []


def test_every_fact_of_the_article_stands_behind_something_in_play(crisis: Scenario) -> None:
    """A brief, a response, an adviser's case, an inject or an epilogue cites it."""
    cited = {
        leaf.value for leaf in leaves(crisis) if leaf.kind == "fact" and leaf.path[0] in IN_PLAY
    }
    assert [fact for fact in ARTICLE if fact not in cited] == []


def test_the_crisis_has_its_size(crisis: Scenario) -> None:
    """Enough for several games, small enough to be reckoned through."""
    assert len(crisis.calendar) == 6
    assert set(crisis.stages) == {"exercises", "salvo_launch", "icbm_test", "talks"}
    assert 8 <= len(crisis.endings) <= 10
    assert len(crisis.responses) >= 28
    assert len(crisis.injects) >= 20
    assert len(crisis.aims) == 3
    assert {response.instrument for response in crisis.responses.values()} == {
        "diplomatic", "informational", "military", "economic"
    }  # fmt: skip


def test_the_crisis_has_its_depth(crisis: Scenario) -> None:
    """Consent, flash decisions, callbacks, tells, and a preset world for each camp."""
    assert any(response.consent for response in crisis.responses.values())
    assert any(inject.answers for inject in crisis.injects.values())
    kinds = [leaf.kind for leaf in leaves(crisis)]
    assert kinds.count("callback") >= 5
    assert {leaf.value for leaf in leaves(crisis) if leaf.kind == "aim"} == set(crisis.aims)
    assert {camp.preset for camp in crisis.camps.values()} <= set(crisis.presets)
    assert len(crisis.camps) == 2


def test_both_cases_of_every_response_rest_on_evidence(crisis: Scenario) -> None:
    """An adviser's word alone is not enough, whichever way it points."""
    bare = [
        f"{name}.{side}"
        for name, response in crisis.responses.items()
        for side, case in (("for", response.for_), ("against", response.against))
        if not case.cites
    ]
    assert bare == []


def test_offices_have_private_briefs_and_goals(crisis: Scenario) -> None:
    """What one knows, the others do not; what one wants may cost another."""
    for name, role in crisis.roles.items():
        assert role.goals, name
        assert role.decides or role.private, name


def test_the_sealed_history_reaches_hanoi(crisis: Scenario) -> None:
    """From March 2017 to the end of February 2019, in order, each entry with its source."""
    dates = [happened.date for happened in crisis.history]
    assert dates == sorted(dates)
    assert dates[0].startswith("2017-03")
    assert any(date.startswith("2019-02") for date in dates)


def test_doctrines_and_plans_are_those_that_were_promised(crisis: Scenario) -> None:
    """Policies that can play, and an hour of 15, 50 or 90 minutes."""
    assert {
        "history", "talks_first", "pressure_first", "dual_track", "strategic_patience", "random"
    } <= set(crisis.doctrines)  # fmt: skip
    assert sorted(timing.minutes for timing in crisis.timings.values()) == [15, 50, 90]


def test_the_first_game_is_small_and_says_what_it_teaches() -> None:
    """Three minutes for the keys."""
    first = load(ROOT / "scenarios" / "first-game.yaml").scenario
    assert first.lesson
    assert len(first.calendar) <= 3
