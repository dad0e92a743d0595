"""Answers what was asked of the odds: of a scenario, or of a save and a moment in it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tabletop.cli.faults import unknown
from tabletop.cli.odds_sweep import runner_at
from tabletop.cli.progress import progress
from tabletop.errors import UsageError
from tabletop.odds import store
from tabletop.odds.refusal import Refusal, TooLargeError
from tabletop.odds.summary import AT_RANDOM, FORM, Moment, Odds, Sheet, as_data, sheet

if TYPE_CHECKING:
    from tabletop.debrief.decisions import LineReview
    from tabletop.exercise.line import Line
    from tabletop.exercise.replay import ReplayTable
    from tabletop.odds.tornado import Sensitivity
    from tabletop.rules.play import Play
    from tabletop.rules.program import Program

_MOST_BYTES = 20_000_000
"""More than any scenario has that can be loaded."""
GAMES = 20_000
"""Games that each doctrine plays where a game is too large to be solved."""
GAMES_FROM_HERE = 2_000
"""The same from the middle of a game, which are played one by one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to know, and how."""

    doctrines: tuple[str, ...] = ()
    objective: str | None = None
    sample: int | None = None
    seed: int = 0
    cluster: str | None = None
    """The address of a scheduler that samples whole games."""
    sensitivity: bool = False
    """Whether what the odds hang on is wanted, in their place."""
    ending: str | None = None
    """The ending that a tornado is drawn for."""

    def part_of(self, found: Odds) -> Odds:
        """The part of the odds that was asked for."""
        return found.of(self.doctrines, (self.objective,) if self.objective else ())

    def check(self, doctrines: Iterable[str], objectives: Iterable[str]) -> None:
        """Raise `UsageError` for names that the scenario does not know, one line each."""
        known = [*doctrines, AT_RANDOM]
        faults = [
            f"--doctrine: {unknown('doctrine', name, known)}"
            for name in self.doctrines
            if name not in known
        ]
        if self.objective is not None and self.objective not in objectives:
            faults.append(f"--objective: {unknown('objective', self.objective, objectives)}")
        if faults:
            raise UsageError("\n".join(faults))


@dataclass(frozen=True, slots=True)
class Happened:
    """What came of the line of play that a save holds."""

    line: str
    ending: str | None
    """The id; None where it has not ended."""
    objective: str | None
    """The objective that was declared."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Odds as they were asked for."""

    whole: Sheet | None = None
    from_here: Sheet | None = None
    happened: Happened | None = None
    review: LineReview | None = None
    story: tuple[str, ...] = ()
    """The review in words."""
    hangs_on: tuple[Sensitivity, ...] = ()
    """What the odds hang on, for each who plays."""
    ending: str | None = None

    def data(self) -> dict[str, Any]:
        """Plain data for JSON (docs/odds.md tells its shape)."""
        done = self.happened
        return {
            "form": FORM,
            "whole": None if self.whole is None else as_data(self.whole),
            "from_here": None if self.from_here is None else as_data(self.from_here),
            "happened": None
            if done is None
            else {"line": done.line, "ending": done.ending, "objective": done.objective},
            "review": None if self.review is None else self._review_data(self.review),
            "sensitivity": [each.as_data() for each in self.hangs_on] or None,
        }

    @staticmethod
    def _review_data(review: LineReview) -> dict[str, Any]:
        from tabletop.debrief.review_data import review_data

        return review_data(review)


def of_scenario(
    ctx: click.Context,
    name: str,
    asked: Asked,
    assume: Sequence[str],
    preset: str | None,
    plan: str | None,
) -> Answer:
    """The odds of a scenario. Raises `UsageError` and `ScenarioError`."""
    from tabletop.cli.surroundings import scenario_folders
    from tabletop.scenario.catalogue import find

    path = find(name, scenario_folders(ctx))
    wishes = {"assume": list(assume), "preset": preset, "plan": plan}
    with path.open("rb") as opened:
        file = opened.read(_MOST_BYTES)
    plainly = asked.sample is None and not asked.sensitivity
    known = store.shown_before(file, wishes) if plainly else None
    if known is not None:
        asked.check(known.names["doctrines"], known.names["objectives"])
        return Answer(_with(known, asked.part_of(known.odds)))
    from tabletop.cli.surroundings import scenario_of
    from tabletop.cli.wishes import checked
    from tabletop.rules.compiler import compile_program

    scenario = scenario_of(ctx, str(path))
    dials = checked(ctx, str(path), None, assume, preset, plan, None)
    asked.check(scenario.doctrines, scenario.objectives)
    program = compile_program(scenario, dials, plan)
    if asked.sensitivity:
        return _hanging_on(program, asked)
    found = sheet(scenario, program.assumptions, plan, _of_program(program, asked))
    if found.odds.method == "exact":
        store.remember_shown(file, wishes, found)
    return Answer(_with(found, asked.part_of(found.odds)))


def of_save(
    path: Path, asked: Asked, turn: int | None, line: str | None, *, control: bool
) -> Answer:
    """The odds of the game that a save holds, from its start or from one of its decisions.

    Raises `SaveError` where it cannot be read, and `UsageError` where it has not ended and it
    is not control that asks, or where it has no such turn or line.
    """
    from tabletop.exercise.replay import ReplayTable
    from tabletop.exercise.table import CONTROL

    table = ReplayTable(path)
    record, scenario = table.record, table.program.scenario
    if not (record.over or control):
        raise UsageError(
            f"{path}: the odds of a game that is still played are sealed until EndEx; "
            "control opens them with --control"
        )
    asked.check(scenario.doctrines, scenario.objectives)
    if asked.sensitivity:
        return _hanging_on(table.program, asked)
    own = record.lines[table.line(CONTROL, line)]
    done = Happened(own.name, own.play.ending, record.objectives.get(own.team))
    if turn is None and own.play.ending is not None:
        found = _of_program(table.program, asked)
        return _reviewed(table, own.name, Answer(_sheet(table, asked.part_of(found)), None, done))
    play = own.play if turn is None else _opening(path, own, turn)
    aim = list(scenario.aims)[play.world.aim]
    stage = list(scenario.stages)[play.world.stage]
    moment = Moment(play.world.turn, stage, own.name, aim)
    found = asked.part_of(_from_here(play, asked))
    return Answer(from_here=_sheet(table, found, moment), happened=done)


def _hanging_on(program: Program, asked: Asked) -> Answer:
    from tabletop.cli.odds_sensitivity import sensitivities

    found = sensitivities(program, asked.doctrines, asked.objective, asked.ending)
    return Answer(hangs_on=found, ending=asked.ending)


def _reviewed(table: ReplayTable, line: str, answer: Answer) -> Answer:
    """The answer with the review of the decisions of a line, where its game can be solved."""
    from tabletop.debrief.decisions import line_review, review_lines
    from tabletop.debrief.sheet import debrief_of
    from tabletop.exercise.table import CONTROL

    policies = table.program.policies
    onward = next((name for name, each in policies.items() if not each.uniform), None)
    try:
        with progress("Solving the game as each camp sees it") as heard:
            found = line_review(table, CONTROL, line, lambda game: store.solved(game, heard))
            if found is None:
                return answer
            told = review_lines(found, debrief_of(table, table.viewer, line), onward)
    except TooLargeError:
        return answer
    return replace(answer, review=found, story=told)


def _opening(path: Path, line: Line, turn: int) -> Play:
    for opening in line.openings:
        if opening.turn == turn:
            return opening.play
    turns = ", ".join(str(opening.turn) for opening in line.openings) or "none"
    raise UsageError(f"{path}: no decision of turn {turn} in {line.name}: there is one in {turns}")


def _of_program(program: Program, asked: Asked) -> Odds:
    if asked.sample is not None:
        return _sampled(program, None, asked, asked.sample)
    try:
        with progress("Solving the game") as heard:
            return store.odds_of(program, heard)
    except TooLargeError as error:
        return _sampled(program, None, asked, GAMES, error.refusal)


def _from_here(play: Play, asked: Asked) -> Odds:
    if asked.sample is not None:
        return _sampled(play.program, play, asked, asked.sample)
    from tabletop.odds.reckoning import exact_odds

    try:
        with progress("Solving the game") as heard:
            exact = store.solved(play.program, heard)
        with progress("Playing on from here") as heard:
            return exact_odds(exact, play, heard)
    except TooLargeError as error:
        refusal = error.refusal
    except KeyError:
        refusal = Refusal("control put a flash decision before another decision", play.world.turn)
    return _sampled(play.program, play, asked, GAMES_FROM_HERE, refusal)


def _sampled(
    program: Program, play: Play | None, asked: Asked, games: int, refusal: Refusal | None = None
) -> Odds:
    from tabletop.odds.reckoning import sampled_odds

    if asked.cluster is not None and play is not None:
        raise UsageError(
            "--cluster samples whole games; what is left of one is sampled here, without it"
        )
    runner = None if asked.cluster is None else runner_at(asked.cluster)
    with progress("Sampling games") as heard:
        return sampled_odds(
            program, play, games, asked.seed, heard,
            doctrines=asked.doctrines, refusal=refusal, runner=runner,
        )  # fmt: skip


def _sheet(table: ReplayTable, found: Odds, moment: Moment | None = None) -> Sheet:
    program = table.program
    return sheet(program.scenario, program.assumptions, program.plan, found, moment)


def _with(known: Sheet, found: Odds) -> Sheet:
    return replace(known, odds=found)


def tell(ctx: click.Context, answer: Answer) -> None:
    """Write the odds for people."""
    from tabletop.cli.surroundings import settings_of
    from tabletop.cli.writing import write_out
    from tabletop.plain.odds import Paper, heading, page, wrapped
    from tabletop.plain.tornado import tornado_lines

    quiet = bool(ctx.find_root().params.get("plain")) or settings_of(ctx).plain
    paper = Paper(_width(), bars=not quiet, blocks=_has_blocks())
    done = answer.happened.ending if answer.happened is not None else None
    lines: list[str] = []
    for found in (answer.whole, answer.from_here):
        if found is not None:
            lines += page(found, paper, done)
    for number, each in enumerate(answer.hangs_on):
        lines += ["", ""] if number else []
        lines += tornado_lines(each, paper.width, answer.ending)
    if answer.story:
        lines += ["", heading("What the decisions cost", paper), *wrapped(answer.story, paper)]
    write_out("\n".join(lines), None)


def _width() -> int:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 80


def _has_blocks() -> bool:
    try:
        "█▏".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (LookupError, UnicodeEncodeError):
        return False
    return True
