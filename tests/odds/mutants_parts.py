"""Taking a program apart and putting it together again with one part changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from tabletop.rules.guards import GuardCompiler, Test
from tabletop.rules.play import Play
from tabletop.rules.program import Chance, Program
from tabletop.scenario.expression import Guard, names_of

P = TypeVar("P")

_INNER = ("steps", "responses", "supports", "injects", "aims", "endings")
"""The fields of a program that hold its parts."""


def transplanted(place: Play, program: Program) -> Play | None:
    """The same place in another program, by its draw's site and owner; None where there is none."""
    twin = place.copy()
    twin.program = program
    if place.chance is not None:
        # Random injects of several turns are draws of one site: that of this very step goes first.
        here: dict[int, Any] = {}
        _gather(program.steps[place.world.turn - 1][place.at - 1], here)
        found = [part for part in here.values() if isinstance(part, Chance)]
        found += parts(program, Chance)
        wanted = (place.chance.site, place.chance.owner)
        same = [each for each in found if (each.site, each.owner) == wanted]
        if not same:
            return None
        twin.chance = same[0]
    return twin


def parts(program: Program, kind: type[P]) -> list[P]:
    """Every part of one kind that play can come to, each once, in a fixed order."""
    return [part for part in _all_parts(program) if isinstance(part, kind)]


@lru_cache(maxsize=256)
def _all_parts(program: Program) -> tuple[Any, ...]:
    seen: dict[int, Any] = {}
    for name in _INNER:
        _gather(getattr(program, name), seen)
    return tuple(seen.values())


def _gather(part: Any, seen: dict[int, Any]) -> None:
    if id(part) in seen:
        return
    if is_dataclass(part):
        seen[id(part)] = part
        for field in fields(part):
            _gather(getattr(part, field.name), seen)
    elif isinstance(part, Mapping):
        for inner in part.values():
            _gather(inner, seen)
    elif type(part) is tuple:
        for inner in part:
            _gather(inner, seen)


def exchanged(program: Program, old: object, new: object) -> Program:
    """The program with one part in another's stead, wherever it stands; all else as it was."""
    done: dict[int, Any] = {id(old): new}
    return replace(program, **{name: _exchange(getattr(program, name), done) for name in _INNER})


def _exchange(part: Any, done: dict[int, Any]) -> Any:
    """The part with what has been exchanged inside it; the very same where nothing has."""
    if id(part) in done:
        return done[id(part)]
    if is_dataclass(part) and not isinstance(part, type):
        given = {each.name: getattr(part, each.name) for each in fields(part) if each.init}
        new = {name: _exchange(value, done) for name, value in given.items()}
        same = all(new[name] is given[name] for name in new)
        done[id(part)] = part if same else replace(part, **new)
        return done[id(part)]
    if isinstance(part, dict):
        changed = {name: _exchange(inner, done) for name, inner in part.items()}
        return part if all(changed[name] is part[name] for name in part) else changed
    if type(part) is tuple:
        listed = tuple(_exchange(inner, done) for inner in part)
        return part if all(a is b for a, b in zip(listed, part, strict=True)) else listed
    return part


def guarded(program: Program, tree: Guard) -> tuple[Program, Test]:
    """The program with one more guard, and the guard's function."""
    compiler = GuardCompiler(names_of(program.scenario), program.layout, {})
    test = compiler.compiled(tree)
    return replace(program, trees={**program.trees, **compiler.trees}), test
