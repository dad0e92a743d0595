"""The scenario's own titles for what a review names by id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tabletop.clean import clean_line
from tabletop.scenario.moves import QUIET
from tabletop.scenario.reactions import complete

if TYPE_CHECKING:
    from tabletop.odds.accounts import DecisionAccount, DrawAccount
    from tabletop.scenario.moves import Outcome
    from tabletop.scenario.schema import Scenario

Key = tuple[str, str]
"""Response and support; or an answer and ""."""


def option_title(scenario: Scenario, account: DecisionAccount, key: Key) -> str:
    """An option of a decision in quotes, with its support where that is more than nothing."""
    name, support = key
    if account.kind == "flash":
        return _quoted(scenario.injects[account.asked].answers[name].title)
    title = _quoted(scenario.responses[name].title)
    first = next(iter(scenario.supports))
    if support == first:
        return title
    return f"{title} with {_quoted(scenario.supports[support].title)}"


def ending_title(scenario: Scenario, ending: str) -> str:
    """An ending in quotes."""
    return _quoted(scenario.endings[ending].title)


def draw_title(scenario: Scenario, draw: DrawAccount) -> str:
    """What chance brought, in quotes, and of what it came."""
    name = draw.outcome
    if draw.kind == "aim":
        return f"what the adversary wanted, {_quoted(scenario.aims[name].title)}"
    if draw.kind == "order":
        flash = scenario.injects.get(draw.owner)
        title = flash.answers[name].title if flash else scenario.responses[name].title
        return f"the standing order's lot, {_quoted(title)}"
    if draw.source == "inject":
        return "a quiet turn" if name == QUIET else _quoted(scenario.injects[name].title)
    if draw.source == "table":
        table = scenario.tables[draw.owner]
        return _outcome(scenario, table.outcomes, name, table.title)
    if draw.source == "event":
        event = scenario.events[draw.owner]
        return _outcome(scenario, event.outcomes, name, event.title)
    if draw.source == "answer":
        inject, answer = draw.owner.split(".")
        given = scenario.injects[inject].answers[answer]
        return _outcome(scenario, given.reaction, name, given.title)
    response = scenario.responses[draw.owner]
    return _outcome(scenario, response.reaction, name, response.title)


def _outcome(scenario: Scenario, outcomes: Sequence[Outcome], name: str, owner: str) -> str:
    listed = next(outcome for outcome in outcomes if outcome.id == name)
    title = complete(listed, scenario.reactions).title
    return f"{_quoted(title)} after {_quoted(owner)}" if title else _quoted(owner)


def _quoted(title: str) -> str:
    return f"“{clean_line(title)}”"
