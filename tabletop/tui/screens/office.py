"""Sheets of text about the office one holds and about the evidence behind a text."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from tabletop.clean import clean_line, clean_text
from tabletop.exercise.view import EvidenceView, View
from tabletop.tui.prose import blocks, evidence, line, paragraph, stack, under
from tabletop.tui.screens.sheet import SheetScreen
from tabletop.tui.theme import Ink


def sources_sheet(title: str, cards: Sequence[EvidenceView]) -> SheetScreen:
    """The evidence behind a text."""
    return SheetScreen(f"Sources: {title}", evidence(cards))


def office_sheet(view: View) -> SheetScreen:
    """What the player knows about their own place in the crisis."""
    return SheetScreen(view.role.title if view.role else "Your office", office_text(view))


def role_text(view: View) -> Content:
    """The office with its private part."""
    role = view.role
    if role is None:
        return paragraph("You watch; nobody has given you an office.")
    goals = stack(Content.assemble(("– ", Ink.MUTED), clean_text(goal)) for goal, _ in role.goals)
    return blocks(
        (
            paragraph(role.brief),
            under("For you alone", paragraph(role.private)) if role.private else None,
            under("Your goals", goals) if role.goals else None,
        )
    )


def office_text(view: View) -> Content:
    """The office, the objective and the assumptions."""
    objective = next((o for o in view.objectives if o.id == view.objective), None)
    assumptions = stack(
        Content.assemble(
            (f"{clean_line(title)}: ", Ink.MUTED),
            clean_line(value).replace("_", " "),
            ("" if default else "   changed", Ink.HERE),
        )
        for title, value, default in view.assumptions
    )
    return blocks(
        (
            role_text(view),
            under(
                "What you value",
                stack((line(objective.title, Ink.STRONG), paragraph(objective.text))),
            )
            if objective
            else None,
            under("The model's assumptions", assumptions) if view.assumptions else None,
        )
    )
