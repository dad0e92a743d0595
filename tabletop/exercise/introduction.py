"""What a scenario says of itself before anything of an exercise exists."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tabletop.scenario.schema import Scenario


class Introduction(NamedTuple):
    """The first page of a briefing."""

    title: str
    content_note: str
    summary: str
    turns: int


def introduction(path: Path, translation: Mapping[str, str]) -> Introduction:
    """What the scenario of a file says of itself; `translation` holds texts by file name.

    Raises `ScenarioError` with everything that is wrong with the file.
    """
    from tabletop.scenario.cache import load_cached

    loaded = load_cached(path)
    return told(shown(loaded.scenario, {path.name: loaded.text}, translation))


def told(scenario: Scenario) -> Introduction:
    """What a scenario says of itself."""
    return Introduction(
        scenario.title, scenario.content_note, scenario.summary, len(scenario.calendar)
    )


def shown(scenario: Scenario, files: Mapping[str, str], translation: Mapping[str, str]) -> Scenario:
    """The scenario in the language in which it is shown."""
    if not translation:
        return scenario
    from tabletop.exercise.replay import scenario_of

    return scenario_of({**files, **translation})
