"""Lays the texts of another language over a scenario; ids and rules never change.

A translation of `name.yaml` into Korean is the file `name.ko.yaml` beside it:

    translates: name
    language: ko
    texts:
      responses.talks.title: 회담
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from tabletop.clean import clean_line
from tabletop.errors import Fault, ScenarioError
from tabletop.scenario.parts import key
from tabletop.scenario.schema import Scenario
from tabletop.scenario.shape import describe, limits_broken, type_at
from tabletop.scenario.source import MAX_FAULTS, Loaded, at_most, decode, read_bytes
from tabletop.scenario.tree import Tree, grow
from tabletop.scenario.walk import TEXT, leaves
from tabletop.scenario.wording import Path as Way
from tabletop.scenario.wording import did_you_mean, dotted, quote

_KEYS = ("translates", "language", "texts")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_MOST_COMPARED = 400


def translations_of(path: Path) -> dict[str, Path]:
    """The translations that stand beside a scenario's file, by language."""
    found = {}
    try:
        beside = sorted(path.parent.iterdir())
    except OSError:
        return {}
    for each in beside:
        stem, _, language = each.stem.rpartition(".")
        if stem == path.stem and each.suffix == path.suffix and _LANGUAGE.fullmatch(language):
            found[language] = each
    return found


def translation_text(path: Path) -> str:
    """A translation's file as text; raises `ScenarioError` where it cannot be read."""
    file = clean_line(str(path), 300)
    return decode(read_bytes(path, file), file)


def translate(loaded: Loaded, path: Path) -> Loaded:
    """The scenario with the texts of a translation wherever it has them.

    Raises `ScenarioError` with everything that is wrong with the translation.
    """
    return translate_text(loaded, translation_text(path), str(path))


def translate_text(loaded: Loaded, text: str, name: str) -> Loaded:
    """The same from the translation's text, as a save holds it; `name` stands in messages."""
    file = clean_line(name, 300)
    tree, faults = grow(text, file)
    faults += _shape_faults(tree, loaded.scenario)
    texts: Mapping[Any, Any] = {}
    if not faults:
        texts = tree.data["texts"]
        faults += _text_faults(tree, texts, text_paths(loaded.scenario))
    if faults:
        raise ScenarioError(at_most(faults, MAX_FAULTS))
    paths = text_paths(loaded.scenario)
    changed = _overlay(loaded.scenario, {paths[name]: text for name, text in texts.items()})
    return replace(loaded, scenario=replace(changed, language=tree.data["language"]))


def text_paths(scenario: Scenario) -> dict[str, Way]:
    """Every text that can be translated: its dotted path as people write it, and the way to it."""
    return {
        dotted(leaf.path, list(_ids(scenario, leaf.path))): leaf.path
        for leaf in leaves(scenario)
        if leaf.kind == TEXT
    }


def _ids(part: Any, path: Way) -> Iterator[str | None]:
    for step in path:
        part = _inner(part, step)
        yield getattr(part, "id", None)


def _inner(part: Any, step: str | int) -> Any:
    return getattr(part, _attribute(type(part), step)) if is_dataclass(part) else part[step]


def _attribute(kind: Any, step: str | int) -> str:
    return _attributes(kind)[str(step)]


@cache
def _attributes(kind: Any) -> dict[str, str]:
    return {key(field.name): field.name for field in fields(kind)}


def _shape_faults(tree: Tree, scenario: Scenario) -> Iterator[Fault]:
    data = tree.data
    if not isinstance(data, dict):
        yield tree.fault((), f"is {describe(data)}, but a translation is a mapping of keys")
        return
    for name in data:
        if name not in _KEYS:
            what = f"unknown key {quote(name)}{did_you_mean(name, _KEYS)}"
            yield tree.fault((name,), what, key=True)
    for name in _KEYS:
        if name not in data:
            yield tree.fault((), f"{name} is missing")
    if data.get("translates", scenario.id) != scenario.id:
        given = describe(data["translates"])
        yield tree.fault(("translates",), f"is {given}, but the scenario is {scenario.id}")
    language = data.get("language", "en")
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        what = f"is {describe(language)}, but the code of a language, such as ko, is wanted"
        yield tree.fault(("language",), what)
    if not isinstance(data.get("texts", {}), dict):
        what = f"is {describe(data['texts'])}, but a mapping of paths to texts is wanted"
        yield tree.fault(("texts",), what)


def _text_faults(tree: Tree, texts: Mapping[str, Any], known: Mapping[str, Way]) -> Iterator[Fault]:
    for name, text in texts.items():
        where: Way = ("texts", name)
        if name not in known:
            what = f"no text has this path{did_you_mean(name, _similar(name, known))}"
            yield tree.fault(where, what, key=True)
        elif not isinstance(text, str):
            yield tree.fault(where, f"is {describe(text)}, but text is wanted")
        else:
            for broken in limits_broken(text, type_at(known[name])):
                yield tree.fault(where, broken)


def _similar(name: str, known: Mapping[str, Way]) -> list[str]:
    """The paths that begin as `name` does: few enough to be compared with it."""
    steps = name.split(".")
    for length in range(len(steps) - 1, -1, -1):
        prefix = "".join(f"{step}." for step in steps[:length])
        near = [each for each in known if each.startswith(prefix)]
        if near:
            return near[:_MOST_COMPARED]
    return []


def _overlay(scenario: Scenario, texts: Mapping[Way, str]) -> Scenario:
    tree: dict[Any, Any] = {}
    for path, text in texts.items():
        branch = tree
        for step in path[:-1]:
            branch = branch.setdefault(step, {})
        branch[path[-1]] = text
    changed = _changed(scenario, tree)
    assert isinstance(changed, Scenario)
    return changed


def _changed(part: Any, changes: Any) -> Any:
    if isinstance(changes, str):
        return changes
    new = {step: _changed(_inner(part, step), inner) for step, inner in changes.items()}
    if is_dataclass(part) and not isinstance(part, type):
        attributes = _attributes(type(part))
        return replace(part, **{attributes[step]: value for step, value in new.items()})
    if isinstance(part, tuple):
        return tuple(new.get(place, value) for place, value in enumerate(part))
    return {**part, **new}
