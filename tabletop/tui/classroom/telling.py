"""What the hour tells one seat: what is asked now, and the pages beside the board."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from tabletop.clean import clean_line, clean_text
from tabletop.exercise.console.wording import RULES, seat_name
from tabletop.exercise.hour.view import HourView, MessageView
from tabletop.exercise.view import View
from tabletop.tui.prose import blocks, paragraph, stack, under
from tabletop.tui.screens.office import role_text
from tabletop.tui.theme import Ink

_CHOOSING = ("preference", "talk", "lock")
REVEALED = ("reveal", "changed")


def who(hour: HourView) -> str:
    """Who sits here: the name, the team and the office."""
    you = hour.you
    if you is None:
        return ""
    office = you.role_title or "takes notes"
    head = "head of the team" if you.head else ""
    return " · ".join(filter(None, (seat_name(you), f"team {you.team}", office, head)))


def asked(view: View, hour: HourView) -> Content:
    """What is asked of the seat now, in a line or two."""
    if hour.paused:
        return _said("The clock is paused. What you have said is kept.")
    if not hour.begun:
        return _before(view, hour)
    if view.ending is not None and hour.phase not in REVEALED:
        return _ended(hour)
    if view.flash is not None:
        yours = "answer" in hour.can
        return Content.assemble(
            ("FLASH  ", Ink.DANGER),
            clean_line(view.flash.title),
            ("   f answers it" if yours else "   the head of your team answers", Ink.MUTED),
        )
    if hour.locked is not None:
        return _locked(hour)
    return _open(view, hour)


def _said(text: str, key: str = "") -> Content:
    return Content.assemble(text, (f"   {key}" if key else "", Ink.MUTED))


def _before(view: View, hour: HourView) -> Content:
    if "declare" in hour.can and view.objective is None:
        return _said("Declare what your team wants.", "b declares")
    return _said("Read your brief. Play begins when whoever leads the exercise starts it.")


def _ended(hour: HourView) -> Content:
    if "ticket" in hour.can:
        return _said("What do you think otherwise now?", "t hands in your exit ticket")
    if hour.shared:
        return _said("The debrief is released.", "x writes it to a file")
    if "guess" in hour.can and hour.teams:
        return _said("Your game has ended. Others still play.", "u forecasts for them")
    return _said("Your game has ended. Talk it over.")


def _locked(hour: HourView) -> Content:
    choice = hour.locked
    assert choice is not None
    if "dissent" in hour.can:
        key = "you preferred something else: d puts your reason on record"
    elif "guess" in hour.can and hour.teams:
        key = "while you wait: u forecasts for another team"
    else:
        key = "by default" if choice.by_default else ""
    return Content.assemble(
        ("Locked  ", Ink.HERE),
        (clean_line(choice.title), Ink.STRONG),
        (f"   {key}" if key else "", Ink.MUTED),
    )


def _open(view: View, hour: HourView) -> Content:
    mine = next((each.title for each in view.responses if each.id == hour.preference), None)
    prefer = _said("You prefer: " + clean_line(mine), "y says why") if mine else None
    if hour.phase == "lock" and "lock" in hour.can:
        return _said("You lock your team's choice now.", "open its card and press l")
    if hour.phase == "preference":
        return prefer or _said(
            "In silence: what would you do?", "a digit opens a card, Enter prefers it"
        )
    if hour.phase in _CHOOSING:
        yours = "you may lock it: open its card and press l" if "lock" in hour.can else ""
        return Content("   ").join(
            part for part in (prefer, _said(RULES[hour.rule], yours)) if part is not None
        )
    return _said("Read. Nobody speaks yet." if hour.phase == "read" else "")


def page(view: View, hour: HourView) -> Content | None:
    """What stands on a page of its own instead of the board; None where the board does."""
    if not hour.begun:
        return _welcome(view)
    if hour.phase in REVEALED:
        return _revealed(view, hour)
    if view.ending is not None:
        return _ending(view, hour)
    return None


def _welcome(view: View) -> Content:
    objectives = stack(
        Content.assemble(
            (clean_line(each.title), Ink.STRONG if each.id == view.objective else Ink.TEXT),
            ("  declared" if each.id == view.objective else "", Ink.HERE),
            (f"  {clean_text(each.text)}", Ink.MUTED),
        )
        for each in view.objectives
    )
    return blocks(
        (
            paragraph(view.content_note),
            paragraph(view.summary),
            under("Your office", role_text(view)) if view.role is not None else None,
            under("What your team may want", objectives) if view.objectives else None,
        )
    )


def _revealed(view: View, hour: HourView) -> Content:
    parts: list[Content | None] = []
    choice = hour.locked
    if choice is not None:
        words = dict(view.forecast.answers)
        lines = [Content.styled(clean_line(choice.title), Ink.STRONG)]
        if choice.by_default:
            lines.append(Content.styled("by default: nobody chose in time", Ink.MUTED))
        if choice.rationale:
            lines.append(Content(clean_text(choice.rationale)))
        if choice.forecast in words:
            lines.append(Content.styled(f"Expected: {words[choice.forecast]}", Ink.MUTED))
        parts.append(under("Your team chose", stack(lines)))
    if hour.tally:
        counts = stack(
            Content.assemble((f"{row.preferences}  ", Ink.HERE), clean_line(row.title))
            for row in hour.tally
        )
        parts.append(under("Preferred in silence", counts))
    if hour.said:
        said = stack(
            Content.assemble(
                clean_text(each.text), (f"   {clean_line(each.response_title)}", Ink.MUTED)
            )
            for each in hour.said
        )
        parts.append(under("Said in your team", said))
    return blocks(parts) if parts else Content("")


def _ending(view: View, hour: HourView) -> Content:
    ending = view.ending
    assert ending is not None
    words = dict(view.forecast.answers)
    made = stack(
        Content.assemble(
            (f"{each.turn}  ", Ink.MUTED),
            clean_line(each.response_title),
            (f"   {words[each.forecast]}" if each.forecast in words else "", Ink.MUTED),
            (f"   {clean_text(each.rationale)}" if each.rationale else "", Ink.MUTED),
        )
        for each in view.decisions
    )
    wanted = paragraph(f"{ending.aim_title}. {ending.aim_text}") if ending.aim_title else None
    questions = stack(Content(f"– {clean_text(each)}") for each in ending.questions)
    return blocks(
        (
            Content.styled(clean_line(ending.title), Ink.STRONG),
            paragraph(ending.epilogue),
            under("What you decided", made) if view.decisions else None,
            under("What they wanted", wanted) if hour.shared and wanted is not None else None,
            under("To talk over", questions) if hour.shared and ending.questions else None,
        )
    )


def mates(hour: HourView) -> Content:
    """Who sits in the team, and who decides."""
    rows = stack(
        Content.assemble(
            clean_line(seat_name(each)),
            (f"   {clean_line(each.role_title or 'takes notes')}", Ink.MUTED),
            ("   head" if each.head else "", Ink.HERE),
        )
        for each in hour.mates
        if not each.empty
    )
    return blocks((rows, paragraph(RULES[hour.rule])))


def messages(found: Sequence[MessageView]) -> Content:
    """All messages, the newest first."""
    if not found:
        return paragraph("Nothing yet.")
    return blocks(
        under(each.title or "From the lead of the exercise", paragraph(each.text))
        for each in reversed(found)
    )
