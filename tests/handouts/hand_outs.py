"""Scenarios that hand-outs are made of in tests, and pages taken apart again."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from tabletop.handouts.booklet import booklet
from tabletop.scenario.cache import load_cached
from tabletop.scenario.catalogue import shipped
from tabletop.scenario.schema import Scenario

MINIMAL = Path(__file__).parent.parent / "fixtures" / "scenarios" / "minimal.yaml"
SCENARIOS = {path.stem: path for path in (*shipped(), MINIMAL)}
STUDENTS = ("reading", "roles", "cards", "evidence", "rubric")
PROSE = {
    *("act", "authors", "brief", "by", "case", "closed", "contested", "content_note", "date"),
    *("disclaimer", "guidance", "note", "private", "published", "questions", "refusal"),
    *("summary", "text", "title", "unknown", "where", "why", "address"),
}
"""Fields that hold what an author says in words; where `by` names an actor it is left alone."""

Thing = TypeVar("Thing")


def scenario(name: str) -> Scenario:
    """A shipped scenario, or the smallest one."""
    return load_cached(SCENARIOS[name]).scenario


def told(html: str) -> str:
    """The text of a page with its spaces made one, as people would read it."""
    body = html.partition("<body>")[2]
    text = re.sub(r"<[^>]*>", " ", body)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, character)
    return " ".join(text.split())


def page_of(name: str, *sections: str, **options: str) -> str:
    """The page with these sections."""
    return booklet(scenario(name), sections, **options)


def poisoned(thing: Thing, text: str) -> Thing:
    """The same scenario with `text` in place of whatever its author says in words."""
    return cast("Thing", _poisoned(thing, text))


def _poisoned(thing: Any, text: str) -> Any:
    if is_dataclass(thing) and not isinstance(thing, type):
        known = {part.name: getattr(thing, part.name) for part in fields(thing)}
        changed = {
            name: text if name in PROSE and isinstance(value, str) and _free(name, value) else value
            for name, value in known.items()
        }
        return type(thing)(**{name: _poisoned(value, text) for name, value in changed.items()})
    if isinstance(thing, dict):
        return {name: _poisoned(value, text) for name, value in thing.items()}
    if isinstance(thing, tuple):
        return tuple(_poisoned(value, text) for value in thing)
    return thing


def _free(name: str, value: str) -> bool:
    return name != "by" or not re.fullmatch(r"[a-z][a-z0-9_]*", value)
