"""One moment of a replay in words: what happened, what was decided then, and what was noted."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from tabletop.clean import clean_line, clean_text
from tabletop.exercise.bookmarks import Bookmark
from tabletop.exercise.playhead import Playhead
from tabletop.exercise.view import DecisionView, View
from tabletop.tui.prose import blocks, line, paragraph, stack
from tabletop.tui.theme import Ink
from tabletop.tui.widgets.timeline import FLAG


def happening(head: Playhead, view: View, note: Bookmark | None) -> Content:
    """The part of the board that tells of the moment itself."""
    return blocks((_noted(note), *_happened(head, view), _sealed(head, view)))


def _happened(head: Playhead, view: View) -> Iterator[Content | None]:
    if view.ending is not None:
        yield stack((line("How it ended", Ink.MUTED), line(view.ending.title, Ink.STRONG)))
        if "decision" not in head.stop.marks:
            return
    waits = view.phase in ("deciding", "flash") and head.at_opening
    if head.stop.text != head.stop.label or not waits:
        yield from _told(head, view)
    if waits:
        yield _next(head.decided)


def _told(head: Playhead, view: View) -> Iterator[Content]:
    """What happened, each thing with its title above it; a reason that was given comes last."""
    stop, made = head.stop, head.decided
    titles = {item.title for item in view.wire if item.title}
    texts = [text for text in stop.text.split("\n") if text not in ("", stop.label)]
    known = {text: next((t for t in titles if text.startswith(f"{t} ")), "") for text in texts}
    if not {stop.label, *stop.label.split("; ")} & set(known.values()):
        yield line(stop.label, Ink.STRONG)
    for text, title in known.items():
        if made is not None and text == made.rationale:
            yield paragraph(f"“{text}”", "italic")
        elif title:
            rest = paragraph(text[len(title) :].strip())
            yield stack((line(title, Ink.STRONG), rest))
        else:
            yield paragraph(text)


def _next(made: DecisionView | None) -> Content:
    """What was decided at a moment at which a decision was waited for."""
    if made is None:
        return line("The save ends before this decision.", Ink.MUTED)
    return stack(
        (
            line("Then it was decided", Ink.MUTED),
            Content.assemble(
                (clean_line(made.response_title), Ink.STRONG),
                (f", {clean_line(made.support_title)}", Ink.MUTED),
            ),
            line(f"“{made.rationale}”", "italic") if made.rationale else None,
        )
    )


def _noted(note: Bookmark | None) -> Content | None:
    if note is None:
        return None
    words = clean_text(note.text) or clean_line(note.label)
    return Content.assemble((f"{FLAG} ", Ink.HERE), (words, Ink.TEXT))


def _sealed(head: Playhead, view: View) -> Content | None:
    """What the adversary wants, for those to whom it is no secret at this moment."""
    if not (head.viewer.kind == "control" or (view.ending is not None and view.ending.unsealed)):
        return None
    aim = head.table.aim(head.viewer, head.line)
    if aim is None:
        return None
    return Content.assemble(
        ("They want, sealed until EndEx: " if view.ending is None else "They wanted: ", Ink.MUTED),
        (clean_line(aim), Ink.TEXT),
    )
