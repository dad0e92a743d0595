"""The decision review as a page of its own: what it adds up to, then a chapter a decision."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.debrief.chapters import Chapter, Odds, Part
from tabletop.debrief.report.blocks import Heading, Items, Paragraph
from tabletop.debrief.report.model import Beside, Review, Run
from tabletop.debrief.report.run_layout import review_blocks
from tabletop.odds.review_words import BY_LOT, IN_A_WORLD, OTHER_SEEDS, WOULD_HAVE_CHOSEN

_OPENING = 2
"""The sentences that say what the figures are."""
WAITS = (
    "The game is being solved, and then solved again as each camp sees the world. The first time"
    " that may take a minute; you can leave this page at any moment, which stops it."
)


def review_chapters(run: Run, odds: Odds) -> tuple[Chapter, ...]:
    """The review of one run; one chapter alone where there is none, or none yet."""
    found = run.review
    if found is None:
        told: tuple[Part, ...] = (*review_blocks(run), *map(Paragraph, odds.instead))
        return (Chapter("review", "The decision review", told or (Paragraph(WAITS),)),)
    return (
        Chapter("review", "What it adds up to", tuple(_sum(run))),
        *_decisions(run, found),
    )


def _decisions(run: Run, found: Review) -> Iterator[Chapter]:
    """A chapter a decision, in order; of the one on which most hung, the title says so."""
    turns = _turns(run)
    most = max(found.costs, key=lambda each: each.stakes, default=None)
    for each in found.beside:
        most_hung = most is not None and most.stakes > 0 and each.event == most.event
        title = f"{turns.get(each.event, 'Decision')}{', most at stake' if most_hung else ''}"
        yield Chapter(f"decision-{each.event}", title, tuple(_words(each)))


def _sum(run: Run) -> Iterator[Part]:
    """What the figures are stands before the figures."""
    blocks = tuple(review_blocks(run))
    words = [each for each in blocks if isinstance(each, Paragraph)]
    yield from words[:_OPENING]
    yield from (each for each in blocks if not isinstance(each, Paragraph))
    yield from words[_OPENING:]


def _words(beside: Beside) -> Iterator[Part]:
    """What was chosen and what that cost; then what stands beside it, each under its heading."""
    groups: dict[str, list[str]] = {}
    for words in beside.words:
        groups.setdefault(_group(words), []).append(words)
    yield from map(Paragraph, groups.pop("", ()))
    for title, told in groups.items():
        yield Heading(3, title)
        if len(told) == 1:
            yield Paragraph(told[0])
        else:
            yield Items(tuple((words, ()) for words in told))


def _group(words: str) -> str:
    if words.startswith(OTHER_SEEDS):
        return "The same choice under other luck"
    if words.startswith(IN_A_WORLD):
        return "The same choice as each camp sees the world"
    if words.startswith(BY_LOT) or (words.startswith("“") and WOULD_HAVE_CHOSEN in words):
        return "Beside other choices"
    return ""


def _turns(run: Run) -> dict[int, str]:
    """By event of a decision: what its chapter is called."""
    named: dict[int, str] = {}
    for turn in run.story.turns:
        named |= {each.event: f"Turn {turn.turn}, at once" for each in turn.answers}
        if turn.decision is not None:
            named[turn.decision.event] = f"Turn {turn.turn}"
    return named
