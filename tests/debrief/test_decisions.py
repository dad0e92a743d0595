"""The review of saves: what happened in a line, as the odds need it, for whoever may know."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tabletop.debrief.decisions import course_of, line_review, review_lines
from tabletop.debrief.story import story_of
from tabletop.errors import UsageError
from tabletop.exercise.record import OVERRIDE
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import CONTROL, Viewer
from tabletop.exercise.words import seal_words
from tabletop.odds.course import Drawn, Fired, Overruled, Reseeded, Ruled, follow
from tabletop.odds.exact import Exact
from tabletop.rules.program import Program
from tests.exercise.classes import Exercise
from tests.exercise.games import play

ROOT = Path(__file__).parents[2]
SAVES = (
    ROOT / "tests/fixtures/saves/format-1-odd.jsonl",
    ROOT / "saves/samples/first-game.jsonl",
)


@cache
def _kept() -> dict[str, Exact]:
    return {}


def solved(program: Program) -> Exact:
    """The solution of a program, each worked out once."""
    if program.hash not in _kept():
        _kept()[program.hash] = Exact(program)
        _kept()[program.hash].solve()
    return _kept()[program.hash]


@pytest.mark.parametrize("path", SAVES, ids=lambda path: path.stem)
def test_pinned_saves_add_up(path: Path) -> None:
    """Branched, overruled and fired into: the course ends where the save does, and the sum holds."""
    table = ReplayTable(path)
    found = line_review(table, CONTROL, "solo", solved)
    assert found is not None
    line = table.record.lines["solo"]
    last = follow(found.case.course).last
    assert (last.world, last.ending) == (line.world, line.play.ending)
    assert abs(found.review.residual) < 1e-9
    made = [each.event for each in line.decisions] + [each.event for each in line.answers]
    assert sorted(made) == [found.events[each.step] for each in found.review.decisions]


def test_every_kind_of_event_finds_its_step() -> None:
    """The odd save has control's hand in it and other luck from a branch on."""
    table = ReplayTable(SAVES[0])
    course, events = course_of(table, "solo")
    kinds = {type(step) for step in course.steps}
    assert {Fired, Reseeded, Drawn} <= kinds
    assert kinds & {Ruled, Overruled}
    assert len(events) == len(course.steps)
    assert list(events) == sorted(events)


@pytest.mark.parametrize("seed", range(6))
def test_games_at_the_desk_add_up(tmp_path: Path, seed: int) -> None:
    """A whole game as front ends play it."""
    table = ReplayTable(play(tmp_path / "game.jsonl", seed=seed))
    viewer = table.viewer
    found = line_review(table, viewer, "solo", solved)
    assert found is not None
    assert found.declared
    assert found.review.ending == table.record.lines["solo"].play.ending
    assert abs(found.review.residual) < 1e-9
    turns = {each.turn for each in found.review.decisions}
    assert found.pivot is None or found.pivot in turns


def test_a_line_that_control_opened_brings_its_past_along(tmp_path: Path) -> None:
    """What was before the turn that it goes back to is in both lines; what came after is not."""
    room = Exercise(red=["premier"])
    room.decide("red")
    room.rule("red", "because", tension=1)
    room.decide("red")
    room.rewind("red", 2, "red-2", 7)
    for _ in range(2):
        room.decide("red")
    table = ReplayTable(room.save(tmp_path / "room.jsonl"))
    for name in ("red", "red-2"):
        course, _ = course_of(table, name)
        line = table.record.lines[name]
        assert follow(course).last.world == line.world
        found = line_review(table, CONTROL, name, solved)
        assert found is not None
        assert abs(found.review.residual) < 1e-9
        assert len(found.review.control) == 1


def test_an_overruled_draw_is_control_s(tmp_path: Path) -> None:
    """The save's override names a draw; the review books the difference as control."""
    room = Exercise(red=["premier"])
    room.decide("red")
    line = room.record.lines["red"]
    drawn = line.draws[0]
    assert drawn.play.chance is not None
    names = [outcome.id for outcome in drawn.play.chance.outcomes]
    data = {"reason": seal_words("no"), "site": drawn.site, "outcome": names[-1]}
    room.put(OVERRIDE, data, "control", "red")
    table = ReplayTable(room.save(tmp_path / "room.jsonl"))
    course, _ = course_of(table, "red")
    assert follow(course).last.world == table.record.lines["red"].world
    found = line_review(table, CONTROL, "red", solved)
    assert found is not None
    assert len(found.review.control) == 1
    assert abs(found.review.residual) < 1e-9


def test_nobody_but_control_has_it_before_the_end(tmp_path: Path) -> None:
    """A review tells what the adversary wants."""
    table = ReplayTable(play(tmp_path / "open.jsonl", turns=1))
    assert not table.record.over
    assert line_review(table, table.viewer, "solo", solved) is None
    assert line_review(table, Viewer("public"), "solo", solved) is None
    early = line_review(table, CONTROL, "solo", solved)
    assert early is not None
    assert early.review.ending is None


def test_teams_keep_their_own_reviews(tmp_path: Path) -> None:
    """At the end a team may look at its own line and not at another's."""
    room = Exercise(red=["premier"], blue=["premier"])
    for team in ("red", "blue"):
        while not room.record.lines[team].over:
            room.decide(team)
    table = ReplayTable(room.save(tmp_path / "room.jsonl"))
    assert table.record.over
    assert line_review(table, Viewer("team", "red"), "red", solved) is not None
    assert line_review(table, Viewer("team", "red"), "blue", solved) is None


def test_words_hold_only_what_the_story_s_viewer_may_know(tmp_path: Path) -> None:
    """Reasons come from the story, so that those of a team stay with it."""
    table = ReplayTable(play(tmp_path / "game.jsonl", seed=1))
    found = line_review(table, table.viewer, "solo", solved)
    assert found is not None
    own = "\n".join(review_lines(found, story_of(table, table.viewer, "solo"), "talks_first"))
    public = "\n".join(review_lines(found, story_of(table, Viewer("public"), "solo")))
    assert "lamp 등대" in own
    assert "You said 30 percent" in own
    assert "Same choice, other seeds" in own
    assert "lamp 등대" not in public
    with pytest.raises(UsageError, match="doctrine"):
        found.prospects("nobody")
