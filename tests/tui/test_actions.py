"""The catalogue: one entry feeds a key, the key line, the palette and the help."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import pytest
from textual.screen import Screen

from tabletop.tui import classroom, console, hour, screens
from tabletop.tui.actions import (
    CATALOGUE,
    EVERYWHERE,
    GROUPS,
    acts,
    bindings,
    key_line,
)
from tabletop.tui.app import TabletopApp
from tabletop.tui.screens.base import TabletopScreen

SCREENS: dict[str, type[Screen[object]]] = {
    thing.SCREEN: thing
    for package in (screens, hour, console, classroom)
    for module in iter_modules(package.__path__)
    for thing in vars(import_module(f"{package.__name__}.{module.name}")).values()
    if isinstance(thing, type) and issubclass(thing, TabletopScreen) and thing.SCREEN
}


def test_every_screen_of_the_catalogue_exists_and_every_screen_has_acts() -> None:
    """No entry speaks of a screen that nobody wrote."""
    named = {screen for act in CATALOGUE for screen in act.screens} - {EVERYWHERE}
    assert named == set(SCREENS)


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_no_key_means_two_things_on_one_screen(screen: str) -> None:
    """A key that is free everywhere may be taken by a screen, for the same act alone."""
    keys = [(key, act.id) for act in acts(screen) for key in act.keys]
    assert len({key for key, _ in keys}) == len(keys)


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_every_act_has_a_method_on_its_screen(screen: str) -> None:
    """A key whose method is missing would do nothing and say nothing."""
    for act in acts(screen):
        owner = TabletopApp if EVERYWHERE in act.screens else SCREENS[screen]
        assert callable(getattr(owner, f"action_{act.id}", None)), (screen, act.id)


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_the_keys_of_a_screen_are_those_of_the_catalogue(screen: str) -> None:
    """Screens bind nothing of their own beside the catalogue."""
    own = {binding.key for binding in bindings(screen)}
    assert own == {key for act in CATALOGUE if screen in act.screens for key in act.keys}
    assert set(SCREENS[screen].BINDINGS) >= set(bindings(screen))


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_every_screen_can_be_left_without_the_slow_escape(screen: str) -> None:
    """A lone Escape waits a tenth of a second in the driver; fields of text have no other."""
    if screen in {"home", "reaction", "decision", "elsewhere", "fill", "find", "note"}:
        return
    leaving = [act for act in acts(screen) if act.id in {"close", "home", "leave", "quit"}]
    assert any("q" in act.keys for act in leaving)


def test_the_key_line_starts_with_what_matters_most_and_ends_with_help() -> None:
    """What does not fit is dropped from the end; help always stays."""
    line = key_line("situation")
    assert line[0].id == "respond"
    assert line[-1].id == "help"


def test_texts_of_the_catalogue_are_short_and_grouped() -> None:
    """Labels fit a key line; help is one sentence."""
    for act in CATALOGUE:
        assert act.group in GROUPS
        assert len(act.label) <= 30
        assert act.help.endswith(".")
