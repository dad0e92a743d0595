"""Exercises of several teams on the smallest scenario, kept as saves that tests look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tabletop.exercise.board import Board
from tabletop.exercise.conduct import carry_out, catch_up
from tabletop.exercise.events import Draft, event_line
from tabletop.exercise.header import Header, Parent, ScenarioRef, header_line
from tabletop.exercise.record import OVERRIDE, REWOUND, Record
from tabletop.exercise.table import Action, Answer, Begin, Decide, Join, Viewer
from tabletop.exercise.words import seal_words
from tabletop.rules import RULES_VERSION
from tabletop.rules.compiler import compile_program
from tabletop.scenario.source import load
from tests.exercise.games import SCENARIO

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class Exercise:
    """One exercise as it is run, a step after the other; `save` writes it down.

    `teams` names the roles that are held in each team; seats are called `red-premier`.
    """

    def __init__(self, seed: int = 3, begin: bool = True, **teams: Sequence[str]) -> None:
        loaded = load(SCENARIO)
        program = compile_program(loaded.scenario, {})
        self.header = Header(
            rules=RULES_VERSION,
            id="00000000000000c1",
            scenario=ScenarioRef("minimal", "1.0", loaded.hash),
            files={SCENARIO.name: loaded.text},
            seed=seed,
            created="2026-11-02T09:00:00.000Z",
            program=program.hash,
            assumptions=dict(program.assumptions),
        )
        self.record = Record(program, seed)
        self.events: list[tuple[datetime, Draft]] = []
        self.now = START
        for team, roles in (teams or {"red": ["premier"]}).items():
            for role in roles:
                self.send(Join(f"{team}-{role}", f"Ann of {team} {role}", team, role))
        if begin:
            self.send(Begin())

    def send(self, action: Action, seconds: float = 1) -> None:
        """Carry out an action, some seconds after what was before."""
        self.now += timedelta(seconds=seconds)
        self.record, drafts = carry_out(self.record, action, f"op-{len(self.events)}")
        self.events += [(self.now, draft) for draft in drafts]

    def put(self, what: str, data: dict[str, Any], actor: str, line: str) -> None:
        """An event that no action makes, and what follows from it."""
        draft = Draft(what, data, actor, line)
        self.record, drafts = catch_up(self.record.after(draft))
        self.events += [(self.now, each) for each in (draft, *drafts)]

    def rewind(self, line: str, turn: int, name: str, luck: int | None) -> None:
        """Control goes back to a turn of a line."""
        self.put(REWOUND, {"from": line, "turn": turn, "luck": luck}, "control", name)

    def rule(self, line: str, reason: str, tension: int = 1) -> None:
        """Control moves a gauge."""
        effects = {"tension": tension}
        data = {"reason": seal_words(reason), "effects": effects, "sets": [], "clears": []}
        self.put(OVERRIDE, data, "control", line)

    def decide(
        self,
        team: str,
        response: str | None = None,
        reason: str | None = None,
        forecast: int | None = None,
        seconds: float = 1,
    ) -> None:
        """Let a team's premier answer what waits and then decide; the first response unless told."""
        seat = f"{team}-premier"
        while (view := Board(self.record, Viewer("seat", seat)).view()).flash is not None:
            self.send(Answer(seat, view.flash.answers[0].id, reason))
        choice = next(
            each for each in view.responses if each.supports and response in (None, each.id)
        )
        self.send(Decide(seat, choice.id, choice.supports[0], reason, forecast), seconds)

    def finish(self, *teams: str) -> None:
        """Let teams decide until they have come to their end."""
        for team in teams:
            while not self.over(team):
                self.decide(team)

    def over(self, team: str) -> bool:
        """Whether a team's newest line has ended."""
        return [line for line in self.record.lines.values() if line.team == team][-1].over

    def save(self, path: Path, parent: Parent | None = None) -> Path:
        """Write the save as a journal would."""
        from dataclasses import replace

        line, seal = header_line(replace(self.header, parent=parent))
        lines = [line]
        for number, (moment, draft) in enumerate(self.events, 1):
            at = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            line, event = event_line(seal, number, at, draft)
            lines.append(line)
            seal = event.seal
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(each + b"\n" for each in lines))
        return path
