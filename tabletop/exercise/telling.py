"""Turns what a game did into what people read: titles, texts, tells, callbacks and causes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from tabletop.exercise.view import ArcView, EvidenceView, WireView
from tabletop.rules.play import Change, Happening
from tabletop.rules.program import Program
from tabletop.scenario.evidence import Launch
from tabletop.scenario.moves import Outcome
from tabletop.scenario.parts import Telling
from tabletop.scenario.reactions import complete

WireKind = Literal["inject", "support", "decision", "reaction", "event", "ladder", "override"]
_KINDS: Mapping[str, WireKind] = {
    "inject": "inject",
    "support": "support",
    "response": "decision",
    "answer": "decision",
    "draw": "reaction",
    "override": "override",
}
_SILENT = frozenset({"aim", "inject"})


class Told(NamedTuple):
    """A happening with its words: the wire item, and the changes behind it."""

    at: int
    """Its place in the log."""
    item: WireView
    changes: tuple[Change, ...]
    to: tuple[str, ...]
    """The roles that alone may read it; everybody where empty."""
    arcs: tuple[ArcView, ...]
    tell: str | None


Known = dict[int, tuple[Happening, Told]]
"""What has been told before, by the happening itself: one belongs to one past, and the same
teller's words for it never change."""


class _Words(NamedTuple):
    title: str
    telling: Telling
    depicts: tuple[Launch, ...] = ()
    to: tuple[str, ...] = ()


class Teller:
    """Tells the log of one line, remembering on the way what later texts may call back to."""

    def __init__(
        self,
        program: Program,
        aim: int | None,
        *,
        unsealed: bool = False,
        sees_all: bool = False,
        known: Known | None = None,
    ) -> None:
        """Tell with the words that go with an aim; `known` is kept by tellers that are alike."""
        self.program = program
        self._known = {} if known is None else known
        self.sees_all = sees_all
        """Whether gauges for control alone are told too."""
        self.unsealed = unsealed
        """Whether EndEx has come: until then, evidence from after the first turn is left out."""
        self.scenario = program.scenario
        self.aim = "" if aim is None else list(self.scenario.aims)[aim]
        """The id of the aim; empty before it is drawn."""
        self.past: set[str] = set()

    def tell(self, log: Iterable[Happening]) -> list[Told]:
        """Everything in the log that has words, in order."""
        told = []
        for at, happening in enumerate(log):
            if happening.kind == "ending" or happening.source in _SILENT:
                continue
            kept = self._known.get(id(happening))
            if kept is not None and kept[0] is happening:
                told.append(kept[1])
            elif happening.kind == "ladder" or not self._is_nothing(happening):
                tells = self._climb if happening.kind == "ladder" else self._told
                told.append(tells(at, happening))
                self._known[id(happening)] = (happening, told[-1])
            self.past.update(name for name in (happening.id, happening.outcome) if name)
        return told

    def title(self, happening: Happening) -> str:
        """What one happening is called."""
        return self._words(happening).title

    def words(self, telling: Telling) -> str:
        """A text with what those add who look closely or remember."""
        parts = [telling.text or "", telling.tells.get(self.aim, "")]
        parts += [back.text for back in telling.callbacks if back.after in self.past]
        return " ".join(part for part in parts if part)

    def cites(self, ids: Iterable[str]) -> tuple[EvidenceView, ...]:
        """Evidence cards by id, with their sources' titles."""
        facts = self.scenario.facts
        return tuple(
            self._evidence(number)
            for number in dict.fromkeys(ids)
            if self.unsealed or not facts[number].sealed
        )

    def cause(self, actor: str) -> str:
        """The title of an actor or a side."""
        if actor == "control":
            return "Control"
        named = self.scenario.actors.get(actor) or self.scenario.sides.get(actor)
        return named.title if named else actor

    def _evidence(self, number: str) -> EvidenceView:
        fact = self.scenario.facts[number]
        source = self.scenario.sources[fact.source].title
        return EvidenceView(number, fact.text, source, fact.where, fact.contested)

    def _is_nothing(self, happening: Happening) -> bool:
        """Whether it is the first support, which stands for none, and brought nothing."""
        first = next(iter(self.scenario.supports))
        quiet = not (happening.changes or happening.notes)
        return happening.kind == "support" and happening.id == first and quiet

    def _told(self, at: int, happening: Happening) -> Told:
        words = self._words(happening)
        text = " ".join([self.words(words.telling), *happening.notes]).strip()
        if happening.kind == "response" and not text:
            text = self.scenario.responses[happening.id].act
        if happening.kind == "support" and not text:
            text = self.scenario.supports[happening.id].act
        item = WireView(
            turn=happening.turn,
            date=self.scenario.calendar[happening.turn - 1].date,
            kind=self._kind(happening),
            by=self.cause(happening.by),
            title=words.title,
            text=text,
            private=bool(words.to),
            changes=self._sums(happening.changes),
            cites=self.cites(words.telling.cites),
        )
        arcs = tuple(self._arc(happening.turn, launch) for launch in words.depicts)
        tell = words.telling.tells.get(self.aim)
        return Told(at, item, happening.changes, words.to, arcs, tell)

    @staticmethod
    def _kind(happening: Happening) -> WireKind:
        if happening.kind == "draw" and happening.source == "event":
            return "event"
        return _KINDS[happening.kind]

    def _climb(self, at: int, happening: Happening) -> Told:
        text = self.scenario.transitions[int(happening.id)].text
        date = self.scenario.calendar[happening.turn - 1].date
        return Told(at, WireView(happening.turn, date, "ladder", "", "", text), (), (), (), None)

    def _sums(self, changes: Iterable[Change]) -> tuple[tuple[str, int], ...]:
        sums: dict[str, int] = {}
        tracks = list(self.scenario.tracks.values())
        for change in changes:
            track = tracks[change.track]
            if track.visibility == "public" or self.sees_all:
                sums[track.title] = sums.get(track.title, 0) + change.delta
        return tuple((title, delta) for title, delta in sums.items() if delta)

    def _words(self, happening: Happening) -> _Words:
        scenario, name = self.scenario, happening.id
        match happening.kind:
            case "inject":
                inject = scenario.injects[name]
                return _Words(inject.title, inject, inject.depicts, inject.to)
            case "support":
                return _Words(scenario.supports[name].title, scenario.supports[name])
            case "response":
                return _Words(scenario.responses[name].title, scenario.responses[name])
            case "answer":
                answer = scenario.injects[name].answers[happening.outcome]
                return _Words(answer.title, answer)
            case "override":
                return _Words("Control overrules", Telling())
        return self._outcome(happening)

    def _outcome(self, happening: Happening) -> _Words:
        outcome, title = self._listed(happening)
        return _Words(outcome.title or title, outcome, outcome.depicts)

    def _listed(self, happening: Happening) -> tuple[Outcome, str]:
        scenario, name = self.scenario, happening.id
        if happening.source == "table":
            table = scenario.tables[name]
            return _find(table.outcomes, happening.outcome), table.title
        if happening.source == "event":
            event = scenario.events[name]
            return _find(event.outcomes, happening.outcome), event.title
        if happening.source == "answer":
            inject, answer = name.split(".")
            listed = scenario.injects[inject].answers[answer].reaction
        else:
            listed = scenario.responses[name].reaction
        outcome = complete(_find(listed, happening.outcome), scenario.reactions)
        return outcome, outcome.id.replace("_", " ").capitalize()

    def _arc(self, turn: int, launch: Launch) -> ArcView:
        places = self.scenario.theatre.places if self.scenario.theatre else {}
        origin, target = places[launch.from_], places[launch.to]
        return ArcView(
            turn,
            (origin.longitude, origin.latitude),
            (target.longitude, target.latitude),
            launch.count,
            launch.failed,
            launch.label or "",
        )


def _find(outcomes: Iterable[Outcome], name: str) -> Outcome:
    return next(outcome for outcome in outcomes if outcome.id == name)
