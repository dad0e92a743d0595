"""The desk: where solo games are started, found, continued, branched and replayed."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tabletop.errors import ScenarioError, UsageError

if TYPE_CHECKING:
    from tabletop.exercise.exercise import LocalTable
    from tabletop.exercise.header import Header
    from tabletop.exercise.introduction import Introduction
    from tabletop.exercise.listing import SaveSummary
    from tabletop.exercise.record import Record
    from tabletop.exercise.replay import ReplayTable
    from tabletop.rules.program import Program
    from tabletop.scenario.schema import Scenario

# What lies below a desk takes as long to import as the home screen to paint, and home needs
# none of it: each way to a table imports what it goes through.


class DialCard(NamedTuple):
    """An assumption of the model that may be set before play."""

    id: str
    title: str
    text: str
    values: tuple[str, ...]
    default: str


class PresetCard(NamedTuple):
    """A world as one camp sees it: values of some dials, the others at their defaults."""

    id: str
    title: str
    text: str
    set: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ScenarioCard:
    """A scenario that can be played, as a list shows it."""

    id: str
    title: str
    summary: str
    turns: int
    path: Path
    lesson: str | None
    dials: tuple[DialCard, ...] = ()
    presets: tuple[PresetCard, ...] = ()


class Desk:
    """Starts and finds solo games; saves go to one folder."""

    def __init__(
        self, saves: Path, scenario_folders: Sequence[Path] = (), language: str | None = None
    ) -> None:
        self.folder = saves
        self.language = language
        """Texts of this language are shown where a scenario has been translated into it."""
        self.scenario_folders = tuple(scenario_folders)

    def scenarios(self) -> list[ScenarioCard]:
        """The scenarios that can be played: shipped ones first, unusable files left out."""
        from tabletop.scenario.catalogue import shipped

        own = (path for folder in self.scenario_folders for path in sorted(folder.glob("*.yaml")))
        cards = (_card(path) for path in (*shipped(), *own))
        return [card for card in cards if card is not None]

    def saves(self) -> list[SaveSummary]:
        """The saves of the folder, newest first."""
        from tabletop.exercise.listing import list_saves

        return list_saves(self.folder)

    def samples(self) -> list[SaveSummary]:
        """The saves that ship with the program: to be replayed, not to be played on."""
        from tabletop.exercise.listing import list_saves
        from tabletop.exercise.samples import samples_folder

        folder = samples_folder()
        return [] if folder is None else list_saves(folder)

    def introduction(self, scenario: str) -> Introduction:
        """What a scenario says of itself; raises `ScenarioError` where it cannot be read."""
        from tabletop.exercise.introduction import introduction
        from tabletop.scenario.catalogue import find

        path = find(scenario, self.scenario_folders)
        return introduction(path, self._translation(path))

    def new(
        self,
        scenario: str,
        *,
        seed: int | None = None,
        assumptions: Mapping[str, str] | None = None,
        preset: str | None = None,
        plan: str | None = None,
        save: Path | None = None,
        name: str = "",
    ) -> LocalTable:
        """A new solo game: one seat, held by the role that decides.

        `scenario` is an id or a path. Raises `ScenarioError`, `UsageError` for an unknown
        dial, preset or plan or a seed that no save can hold, and `SaveError` where the save
        exists already.
        """
        return self._seated(
            *self.prepared(
                scenario,
                seed=seed,
                assumptions=assumptions,
                preset=preset,
                plan=plan,
                save=save,
                name=name,
            ),
            name,
        )

    def prepared(
        self,
        scenario: str,
        *,
        seed: int | None = None,
        assumptions: Mapping[str, str] | None = None,
        preset: str | None = None,
        plan: str | None = None,
        save: Path | None = None,
        name: str = "",
    ) -> tuple[Program, Header, Path]:
        """What a new exercise begins with: its program, its header and where it is kept.

        Raises as `new` does, but for a save that exists.
        """
        from tabletop.exercise.header import SEEDS, Header, ScenarioRef, new_id, now
        from tabletop.exercise.introduction import shown
        from tabletop.rules import RULES_VERSION
        from tabletop.rules.compiler import compile_program
        from tabletop.scenario.cache import load_cached
        from tabletop.scenario.catalogue import find

        if seed is not None and not 0 <= seed < SEEDS:
            raise UsageError(f"a seed is a whole number from 0 to {SEEDS - 1}, not {seed}")
        path = find(scenario, self.scenario_folders)
        loaded = load_cached(path)
        settings = {**_preset(loaded.scenario, preset), **(assumptions or {})}
        translation = self._translation(path)
        files = {path.name: loaded.text, **translation}
        played = shown(loaded.scenario, files, translation)
        program = compile_program(played, settings, plan)
        header = Header(
            rules=RULES_VERSION,
            id=new_id(),
            scenario=ScenarioRef(loaded.scenario.id, loaded.scenario.version, loaded.hash),
            files=files,
            seed=secrets.randbits(64) if seed is None else seed,
            created=now(),
            program=program.hash,
            assumptions=dict(program.assumptions),
            plan=plan,
        )
        target = save or self._free(f"{loaded.scenario.id}-{_slug(name) or 'solo'}")
        return program, header, target

    def resume(self, path: Path) -> LocalTable:
        """Go on with a solo game; raises `SaveError` where its save cannot be written or used.

        A save that was damaged in the middle goes on in a new file beside it.
        """
        from tabletop.exercise.exercise import LocalTable
        from tabletop.exercise.going_on import alone_of, kept
        from tabletop.exercise.journal import Journal

        followed: list[Record] = []
        journal, save = Journal.resume(path, lambda found: followed.append(alone_of(found)))
        with kept(journal):
            return LocalTable(followed[0], journal, save.events)

    def branch(
        self,
        path: Path,
        turn: int,
        *,
        same_luck: bool = True,
        save: Path | None = None,
        line: str | None = None,
        luck: int | None = None,
        whole: bool = False,
    ) -> LocalTable:
        """A new game that shares a save's past up to the decision of a turn.

        With the same luck, the same roll meets whatever is chosen now; else the draws from
        here on are others: those of the number `luck`, or of one that nobody chose.
        `line` is a line of play, or `team:NAME` for the newest of a team; without one it is
        the first team's newest. Of an exercise of several people one plays on alone from that
        line; with `whole` all of it is kept, to be hosted.
        Raises `SaveError` where the save has no such decision.
        """
        from tabletop.exercise.branching import branched

        return branched(
            path,
            turn,
            lambda name: save or self._free(name),
            line=line,
            luck=None if same_luck else luck or secrets.randbits(63) + 1,
            whole=whole,
        )

    def again(self, table: LocalTable, name: str = "") -> LocalTable:
        """A new game of the same scenario, dials and plan, against a new adversary."""
        from tabletop.exercise.header import new_id, now
        from tabletop.rules import RULES_VERSION

        past, program = table.header, table.record.program
        header = replace(
            past,
            id=new_id(),
            created=now(),
            rules=RULES_VERSION,
            program=program.hash,
            seed=secrets.randbits(64),
            parent=None,
        )
        target = self._free(f"{past.scenario.id}-{_slug(name) or 'solo'}")
        return self._seated(program, header, target, name)

    def replay(self, path: Path) -> ReplayTable:
        """A save to look at; raises `SaveError` where it cannot be read."""
        from tabletop.exercise.replay import ReplayTable

        return ReplayTable(path)

    def _translation(self, path: Path) -> dict[str, str]:
        if self.language is None:
            return {}
        from tabletop.scenario.translation import translation_text, translations_of

        found = translations_of(path).get(self.language)
        return {found.name: translation_text(found)} if found else {}

    def _seated(self, program: Program, header: Header, target: Path, name: str) -> LocalTable:
        from tabletop.exercise.conduct import joining
        from tabletop.exercise.exercise import LocalTable
        from tabletop.exercise.going_on import kept
        from tabletop.exercise.journal import Journal
        from tabletop.exercise.record import Record
        from tabletop.exercise.seats import head_role
        from tabletop.exercise.table import SOLO, Join

        role = head_role(program.scenario.roles)
        joined = joining(Join(SOLO.name, name, SOLO.name, role))
        record = Record(program, header.seed, header.luck).after(joined)
        with kept(Journal.create(target, header)) as journal:
            journal.append([joined])
            return LocalTable(record, journal)

    def _free(self, name: str) -> Path:
        stem = f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S}-{name}"
        candidates = (self.folder / f"{stem}{suffix}.jsonl" for suffix in ("", *_SUFFIXES))
        return next(path for path in candidates if not path.exists())


_SUFFIXES = [f"-{number}" for number in range(2, 1000)]


def _card(path: Path) -> ScenarioCard | None:
    from tabletop.scenario.cache import load_cached

    try:
        scenario = load_cached(path).scenario
    except ScenarioError:
        return None
    return ScenarioCard(
        scenario.id,
        scenario.title,
        scenario.summary,
        len(scenario.calendar),
        path,
        scenario.lesson,
        tuple(
            DialCard(name, dial.title, dial.text, tuple(dial.values), dial.default)
            for name, dial in scenario.assumptions.items()
        ),
        tuple(
            PresetCard(name, preset.title, preset.text, tuple(preset.set.items()))
            for name, preset in scenario.presets.items()
        ),
    )


def _preset(scenario: Scenario, name: str | None) -> Mapping[str, str]:
    if name is None:
        return {}
    if name not in scenario.presets:
        known = ", ".join(scenario.presets) or "none"
        raise UsageError(f"unknown preset {name!r}: this scenario has {known}")
    return scenario.presets[name].set


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:30]
