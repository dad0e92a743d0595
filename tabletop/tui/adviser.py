"""The adviser at the table: what it says of every option, on a sheet, when it is asked."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from tabletop.clean import clean_line
from tabletop.exercise.view import View
from tabletop.tui.prose import blocks
from tabletop.tui.screens.sheet import SheetScreen
from tabletop.tui.theme import Ink

THINKING = "The adviser works the game out. The first time that may take a while."
_WHO = "It knows the model, not the world, and not what the adversary really wants."


def advice_sheet(view: View, words: Mapping[str, str]) -> SheetScreen:
    """What an adviser says of each option that is open, for the declared objective."""
    options = view.flash.answers if view.flash is not None else view.responses
    said = [
        Content.assemble(
            (clean_line(each.title), Ink.STRONG), "\n", (clean_line(words[each.id]), Ink.TEXT)
        )
        for each in options
        if each.id in words
    ]
    text = blocks((*said, Content.styled(_WHO, Ink.MUTED)))
    return SheetScreen("The adviser, in this model, for your objective", text)
