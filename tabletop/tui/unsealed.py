"""The sections of the EndEx page, each built from what the ending unseals."""

from __future__ import annotations

from calendar import month_abbr
from collections.abc import Callable, Iterator
from typing import Final

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tabletop.clean import clean_line, clean_text
from tabletop.exercise.view import DecisionView, EndingView, HistoryView, View
from tabletop.tui.columns import Columns, Row
from tabletop.tui.prose import blocks, line, paragraph, stack, under
from tabletop.tui.theme import Ink

SECTIONS: Final = (
    ("ending", "How it ended"),
    ("aim", "What they wanted"),
    ("camps", "Two readings"),
    ("forecasts", "Your decisions"),
    ("model", "The model"),
    ("history", "What really happened"),
    ("questions", "To think about"),
)
_DATE: Final = 13


_SEALED: Final = frozenset({"aim", "history", "questions"})
"""Sections that wait until every team has come to its end."""


def section_parts(name: str, view: View) -> Iterator[Widget]:
    """The widgets of one section, in order."""
    if name in _SEALED and not _unsealed(view).unsealed:
        yield Static(line("Sealed until every team has come to its end.", Ink.MUTED))
    else:
        yield from _BUILDERS[name](view)


def _unsealed(view: View) -> EndingView:
    assert view.ending is not None
    return view.ending


def _ending(view: View) -> Iterator[Widget]:
    ending = _unsealed(view)
    yield Static(line(f"EndEx · {view.title}", Ink.MUTED))
    yield Static(clean_line(ending.title).upper(), classes="title", markup=False)
    yield Static(paragraph(ending.epilogue), classes="body")
    objective = next((o for o in view.objectives if o.id == view.objective), None)
    if objective is not None and ending.value is not None:
        yield Static(
            Content.assemble(
                (f"By your objective, {clean_line(objective.title)}: ", Ink.MUTED),
                (f"{ending.value:.0%}", Ink.HERE),
                (" of what you could have hoped for", Ink.MUTED),
            )
        )
    if view.role is not None and any(met is not None for _, met in view.role.goals):
        rows = [_goal(text, met) for text, met in view.role.goals]
        yield Columns(rows, label_width=11, classes="after")


def _goal(text: str, met: bool | None) -> Row:  # noqa: FBT001
    words, style = {
        True: ("met", Ink.EASE),
        False: ("not met", Ink.DANGER),
        None: ("open", Ink.MUTED),
    }[met]
    return Content.styled(words, style), clean_line(text, 300)


def _aim(view: View) -> Iterator[Widget]:
    ending = _unsealed(view)
    yield Static(
        blocks((line(ending.aim_title, Ink.STRONG), paragraph(ending.aim_text))), classes="body"
    )
    if ending.tells:
        yield Static("What could have been noticed", classes="quiet", markup=False)
        yield Columns([("–", clean_text(tell)) for tell in ending.tells], label_width=2)


def _camps(view: View) -> Iterator[Widget]:
    for camp in _unsealed(view).camps:
        verdict = "could live with this ending" if camp.accepts else "could not accept this ending"
        ink = Ink.EASE if camp.accepts else Ink.DANGER
        yield Static(
            blocks(
                (
                    stack((line(camp.title, Ink.STRONG), line(verdict, ink))),
                    paragraph(camp.comment),
                    under("Their case at its best", paragraph(camp.case)),
                )
            ),
            classes="body",
        )


def _forecasts(view: View) -> Iterator[Widget]:
    yield Static(line(view.forecast.question, Ink.MUTED), classes="body")
    rows = [(f"Turn {made.turn}", _decision(made)) for made in view.decisions]
    yield Columns(rows, label_width=_DATE, gap=1)


def _decision(made: DecisionView) -> Content:
    came = {True: "it came", False: "it did not come", None: "nobody can tell"}[made.came]
    forecast = (
        Content.assemble(
            ("you said ", Ink.MUTED), f"{made.forecast} in 100", (f"; {came}", Ink.MUTED)
        )
        if made.forecast is not None
        else line(f"no forecast; {came}", Ink.MUTED)
    )
    reason = f"“{clean_line(made.rationale, 600)}”" if made.rationale else ""
    by_whom = "   by default" if made.by_default else ""
    if made.standing:
        by_whom = f"   by the standing order “{clean_line(made.standing)}”"
    return stack(
        (
            Content.assemble(
                (clean_line(made.response_title), Ink.STRONG),
                (f", {clean_line(made.support_title)}", Ink.MUTED),
                (by_whom, Ink.MUTED),
            ),
            Content.styled(reason, "italic") if reason else None,
            forecast,
        )
    )


def _model(view: View) -> Iterator[Widget]:
    ending = _unsealed(view)
    if ending.disclaimer:
        yield Static(paragraph(ending.disclaimer), classes="body")
    rows: list[Row] = [
        (
            Content.styled(clean_line(title, 34), Ink.MUTED),
            Content.assemble(
                clean_line(value).replace("_", " "),
                ("" if is_default else "   changed by you", Ink.HERE),
            ),
        )
        for title, value, is_default in ending.assumptions
    ]
    yield Columns(rows, label_width=36)
    if ending.seal:
        yield Static(
            Content.assemble(
                ("Seal of this game  ", Ink.MUTED),
                (clean_line(ending.seal), Ink.STRONG),
                ("   with it anybody can check that the save was not rewritten", Ink.MUTED),
            ),
            classes="after",
        )


def _history(view: View) -> Iterator[Widget]:
    rows: list[Row] = [
        (
            Content.styled(day(entry.date), Ink.MUTED),
            stack((paragraph(entry.text), line(_sources(entry), Ink.MUTED))),
        )
        for entry in _unsealed(view).history
    ]
    yield Columns(rows, label_width=_DATE, gap=1)


def _sources(entry: HistoryView) -> str:
    return "; ".join(dict.fromkeys(clean_line(card.source) for card in entry.cites))


def day(date: str) -> str:
    """A date of the history as people write it; a month alone stays a month."""
    try:
        year, month, *rest = (int(part) for part in date.split("-"))
        name = month_abbr[month]
    except (ValueError, IndexError):
        return clean_line(date, _DATE - 1)
    return f"{rest[0]} {name} {year}" if rest else f"{name} {year}"


def _questions(view: View) -> Iterator[Widget]:
    ending = _unsealed(view)
    yield Columns(
        [("–", clean_text(question)) for question in ending.questions], label_width=2, gap=1
    )


_BUILDERS: Final[dict[str, Callable[[View], Iterator[Widget]]]] = {
    "ending": _ending,
    "aim": _aim,
    "camps": _camps,
    "forecasts": _forecasts,
    "model": _model,
    "history": _history,
    "questions": _questions,
}
