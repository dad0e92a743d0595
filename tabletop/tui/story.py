"""What just happened and where that leaves us, in words: the news of a turn and its brief."""

from __future__ import annotations

from textual.content import Content

from tabletop.clean import clean_line, clean_text
from tabletop.exercise.view import View, WireView
from tabletop.tui.prose import blocks, line, paragraph, stack
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.gauges import signed

_NEWS = frozenset({"inject", "override"})


def story(view: View, *, with_news: bool = True) -> Content:
    """The opening of a turn: what the last one did in a line, the news, then the brief."""
    items = [item for item in view.wire if _is_new(item, view)] if with_news else []
    return blocks(
        (
            _last_turn(view),
            *(news(item) for item in items),
            stack((line(view.turn_title, Ink.STRONG), paragraph(view.brief))),
            paragraph(view.lesson, Ink.HERE) if view.lesson and view.turn == 1 else None,
        )
    )


def _is_new(item: WireView, view: View) -> bool:
    return item.turn == view.turn and item.kind in _NEWS


def _last_turn(view: View) -> Content | None:
    after = view.aftermath
    if after is None or after.turn >= view.turn:
        return None
    answers = [item.title for item in after.items if item.kind in {"reaction", "event"}]
    chosen = after.decision.response_title if after.decision is not None else "No decision"
    return Content.assemble(
        (f"Turn {after.turn}  ", Ink.MUTED),
        (clean_line(chosen), Ink.MUTED),
        ("  →  " if answers else "", Ink.MUTED),
        (clean_line("; ".join(answers[:2]), 90), Ink.MUTED),
    )


def news(item: WireView) -> Content:
    """One item of news: its title, who alone may read it, its text, and what it moved."""
    moved = ", ".join(f"{clean_line(title)} {signed(delta)}" for title, delta in item.changes)
    return stack(
        (
            Content.assemble(
                ("▪ ", Ink.HERE),
                (clean_line(item.title), Ink.STRONG),
                ("   for you alone" if item.private else "", Ink.MUTED),
            ),
            Content.assemble(clean_text(item.text), (f"   {moved}" if moved else "", Ink.MUTED)),
        )
    )
