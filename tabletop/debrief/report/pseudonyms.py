"""Exchanges the names of people for pseudonyms, the same for the same person in every file.

A pseudonym is worked out from the name and a secret key (HMAC, RFC 2104), so that it does not
change from report to report, and nobody without the key can find the name by trying a class
list. People are told apart by their names alone, whatever the case and the spaces.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tabletop.debrief import hot_wash
from tabletop.debrief.comparison import Place
from tabletop.debrief.model import (
    AnswerStory,
    Came,
    Debrief,
    DecisionStory,
    Dissent,
    GaugeMove,
    Person,
    Ruling,
    TurnStory,
)
from tabletop.debrief.report.gather import asked_where_parted
from tabletop.debrief.report.model import Report, Review, Run, Step, Together

# Crockford's base 32: no I, L, O or U, so that a pseudonym can be read aloud.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 6
_SHORTEST_PART = 3
"""Shorter parts of a name stand in too many other words."""


class Pseudonyms:
    """Names of people and what stands for them, under one secret key.

    In what people wrote, every name of the group is exchanged as well, whole or in parts of
    three letters or more. Nicknames and misspelt names cannot be known.
    """

    def __init__(self, key: bytes, names: Iterable[str]) -> None:
        self._key = key
        self._known: dict[str, str] = {}
        spellings: set[str] = set()
        for name in sorted(set(names), key=len, reverse=True):
            whole = _plain(name)
            called = self.person(name)
            for part in (whole, *re.split(r"[\s,;]+", whole)):
                if part == whole or len(part) >= _SHORTEST_PART:
                    self._known.setdefault(_folded(part), called)
                    # What is folded can be spelt otherwise: Weiß and WEISS.
                    spellings |= {part, _folded(part)}
        parts = sorted(filter(None, spellings), key=lambda part: (-len(part), part))
        words = "|".join(r"\s+".join(map(re.escape, part.split())) for part in parts)
        self._pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if parts else None

    def person(self, name: str) -> str:
        """What stands for the bearer of a name."""
        return f"Person {self._code('person', _folded(name))}"

    def save(self, identity: str) -> str:
        """What stands for the name of a save's file, which may hold a person's name."""
        return f"Save {self._code('save', identity)}"

    def text(self, words: str) -> str:
        """What people wrote, without the names of the group."""
        if self._pattern is None:
            return words
        return self._pattern.sub(lambda found: self._called(found[0]), _plain(words))

    def _called(self, found: str) -> str:
        # Case folding may change lengths, so that a match need not be a key: no name stays.
        return self._known.get(_folded(found), "Person")

    def _code(self, kind: str, what: str) -> str:
        digest = hmac.new(self._key, f"{kind}\0{what}".encode(), hashlib.sha256).digest()
        bits = int.from_bytes(digest[:8], "big")
        code = "".join(_ALPHABET[bits >> 5 * place & 31] for place in range(_LENGTH))
        return f"{code[:3]}-{code[3:]}"


def _plain(text: str) -> str:
    """Text in which the same character is always written the same way."""
    return unicodedata.normalize("NFKC", text)


def _folded(name: str) -> str:
    return " ".join(_plain(name).casefold().split())


def with_pseudonyms(report: Report, places: Sequence[Place], key: bytes) -> Report:
    """The same report without names of people; seats, offices and teams keep theirs."""
    names = (seat.name for place in places for seat in place.table.record.seats.values())
    known = Pseudonyms(key, [name for name in names if name])
    saves = [known.save(place.table.save.header.id) for place in places]
    labels = _labels(report, places, saves)
    runs = [_run(*each, known) for each in zip(report.runs, labels, saves, strict=True)]
    together = report.together and _together(report.together, known, labels)
    return replace(report, pseudonyms=True, runs=tuple(runs), together=together)


def _labels(report: Report, places: Sequence[Place], saves: Sequence[str]) -> list[str]:
    """What runs are called beside one another, without the names of files."""
    if len({place.table.path for place in places}) == 1:
        return [run.label for run in report.runs]
    labels = [f"{save}, {run.story.line}" for save, run in zip(saves, report.runs, strict=True)]
    return [
        label if labels.count(label) == 1 else f"{label} ({number})"
        for number, label in enumerate(labels, 1)
    ]


def _together(together: Together, known: Pseudonyms, labels: Sequence[str]) -> Together:
    first = together.first
    if first is not None:
        first = replace(first, did=tuple(did and known.text(did) for did in first.did))
    questions = tuple(asked_where_parted(first, labels))
    return replace(together, first=first, questions=questions)


def _run(run: Run, label: str, save: str, known: Pseudonyms) -> Run:
    story = _story(run.story, known, save)
    review = run.review and _review(run.review, known)
    steps = tuple(_step(each, known) for each in run.steps)
    return replace(run, label=label, story=story, review=review, steps=steps)


def _review(review: Review, known: Pseudonyms) -> Review:
    """The review, which quotes the reasons of people."""
    beside = tuple(
        replace(each, words=tuple(map(known.text, each.words))) for each in review.beside
    )
    return replace(review, words=tuple(map(known.text, review.words)), beside=beside)


def _step(step: Step, known: Pseudonyms) -> Step:
    return replace(step, label=known.text(step.label))


def _story(story: Debrief, known: Pseudonyms, save: str) -> Debrief:
    turns = tuple(_turn(turn, known) for turn in story.turns)
    made = hot_wash.made_from(turns, story.forecast_question, story.line)
    # Questions made from this run quote people, and are made anew of what is left of it.
    old = hot_wash.made_from(story.turns, story.forecast_question, story.line)
    return replace(
        story,
        save=save,
        turns=turns,
        questions=(*made, *(each for each in story.questions if each not in old)),
        fault=None if story.fault is None else "some of the save cannot be used",
    )


def _turn(turn: TurnStory, known: Pseudonyms) -> TurnStory:
    # Control's reasons stand among what came, and as causes of what moved.
    ruled = {(each.by, each.title) for each in turn.came if each.kind == "override"}
    return replace(
        turn,
        came=tuple(_came(each, known) for each in turn.came),
        moved=tuple(_move(each, known, ruled) for each in turn.moved),
        decision=turn.decision and _decision(turn.decision, known),
        answers=tuple(_answer(each, known) for each in turn.answers),
        rulings=tuple(_ruling(each, known) for each in turn.rulings),
    )


def _decision(made: DecisionStory, known: Pseudonyms) -> DecisionStory:
    return replace(
        made,
        by=_person(made.by, known),
        rationale=made.rationale and known.text(made.rationale),
        dissents=tuple(_dissent(each, known) for each in made.dissents),
    )


def _came(what: Came, known: Pseudonyms) -> Came:
    if what.kind != "override":
        return what
    return replace(what, title=known.text(what.title), text=known.text(what.text))


def _move(gauge: GaugeMove, known: Pseudonyms, ruled: set[tuple[str, str]]) -> GaugeMove:
    causes = tuple(
        (by, known.text(what) if (by, what) in ruled else what, delta)
        for by, what, delta in gauge.causes
    )
    return replace(gauge, causes=causes)


def _dissent(dissent: Dissent, known: Pseudonyms) -> Dissent:
    reason = dissent.reason and known.text(dissent.reason)
    return replace(dissent, person=_person(dissent.person, known), reason=reason)


def _answer(given: AnswerStory, known: Pseudonyms) -> AnswerStory:
    rationale = given.rationale and known.text(given.rationale)
    return replace(given, by=_person(given.by, known), rationale=rationale)


def _ruling(ruling: Ruling, known: Pseudonyms) -> Ruling:
    return replace(ruling, reason=ruling.reason and known.text(ruling.reason))


def _person(person: Person, known: Pseudonyms) -> Person:
    return replace(person, name=person.name and known.person(person.name))
