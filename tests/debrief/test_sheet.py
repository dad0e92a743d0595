"""The debrief: what was decided, why, what was expected, what came; and what stays sealed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabletop.debrief.data import as_data
from tabletop.debrief.model import Debrief
from tabletop.debrief.sheet import debrief_of
from tabletop.errors import UsageError
from tabletop.exercise.console.deck import draws
from tabletop.exercise.record import OVERRIDE
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.table import CONTROL, Moment, Viewer
from tabletop.exercise.viewers import PUBLIC
from tabletop.exercise.words import seal_words
from tests.exercise.classes import Exercise
from tests.exercise.games import REASON, play

RED, BLUE = Viewer("team", "red"), Viewer("team", "blue")
HARBOUR, PREMIER = Viewer("seat", "red-harbour"), Viewer("seat", "red-premier")


def _preferring(exercise: Exercise, seat: str, turn: int, response: object, reason: str) -> None:
    data = {"seat": seat, "turn": turn, "response": response, "reason": seal_words(reason)}
    exercise.put("note.preference", data, seat, "red")


def _class(*finished: str) -> Exercise:
    """Red argues and is overruled; blue goes its own way; some play to the end."""
    exercise = Exercise(red=["premier", "harbour"], blue=["premier"])
    _preferring(exercise, "red-harbour", 1, "wait", "the captain is tired")
    _preferring(exercise, "red-premier", 1, "patrol", "be seen")
    exercise.decide("red", "patrol", "a claim must be seen", 90, seconds=400)
    exercise.rule("red", "too tame for this captain")
    exercise.decide("blue", "call", "blue will telephone", 30)
    exercise.finish(*finished)
    return exercise


@pytest.fixture
def running(tmp_path: Path) -> ReplayTable:
    """Blue still plays."""
    return ReplayTable(_class("red").save(tmp_path / "running.jsonl"))


@pytest.fixture
def over(tmp_path: Path) -> ReplayTable:
    """Both have come to their end."""
    return ReplayTable(_class("red", "blue").save(tmp_path / "over.jsonl"))


def test_a_turn_tells_what_was_decided_by_whom_and_why(over: ReplayTable) -> None:
    """With the dissent, what was expected, and what else was open."""
    turn = debrief_of(over, RED).turns[0]
    made = turn.decision
    assert made is not None
    assert (made.title, made.rationale, made.by.role) == (
        "Send a patrol",
        "a claim must be seen",
        "Premier",
    )
    assert made.by.name == "Ann of red premier"
    (dissent,) = made.dissents
    assert (dissent.person.role, dissent.preferred) == ("Harbour master", "Wait and watch")
    assert dissent.reason == "the captain is tired"
    assert made.expected is not None
    assert (made.expected.words, made.expected.percent) == ("Very likely", 90)
    assert "Telephone them" in made.offered
    # The clock of the test counts a second for StartEx and what the others did.
    assert made.seconds == pytest.approx(400)
    assert [came.kind for came in turn.came][:1] == ["inject"]


def test_gauges_move_by_cause_and_from_turn_to_turn(over: ReplayTable) -> None:
    """Where no bound was met, causes add up; the course has a value for every turn."""
    for line in ("red", "blue"):
        sheet = debrief_of(over, CONTROL, line)
        courses = {gauge.title: gauge for gauge in sheet.gauges}
        for turn in sheet.turns:
            for move in turn.moved:
                course = courses[move.title]
                assert course.values[turn.turn - 1 : turn.turn + 1] == (move.before, move.after)
                total = move.before + sum(delta for _, _, delta in move.causes)
                if course.low < total < course.high:
                    assert move.after == total
        for before, after in zip(sheet.turns, sheet.turns[1:], strict=False):
            assert before.stage_after == after.stage_before


def test_an_override_is_told_with_its_reason(over: ReplayTable) -> None:
    """To everybody in the turn in which it was made; a question asks about it."""
    for viewer in (RED, CONTROL, PUBLIC):
        sheet = debrief_of(over, viewer, "red")
        (ruling,) = sheet.turns[1].rulings
        assert (ruling.what, ruling.reason) == ("override", "too tame for this captain")
        assert ruling.done == "Tension +1"
        assert [q.turn for q in sheet.questions if "ruled otherwise" in q.text] == [2]


def test_before_endex_nothing_sealed_is_told(running: ReplayTable) -> None:
    """Red has ended and blue has not: no aim, no history, no questions of the author, no percents."""
    sheet = debrief_of(running, RED)
    assert not sheet.unsealed
    assert sheet.ending is not None
    assert (sheet.ending.aim_title, sheet.ending.history, sheet.ending.tells) == ("", (), ())
    assert not sheet.afterwards
    assert not [turn for turn in sheet.turns if turn.history]
    assert {question.asked_by for question in sheet.questions} <= {"run"}
    made = sheet.turns[0].decision
    assert made is not None
    assert made.expected is not None
    assert (made.expected.words, made.expected.percent) == ("Very likely", None)
    assert sheet.turns[1].rulings[0].done is None
    assert sheet.score is None
    assert debrief_of(running, CONTROL, "red").score is not None


def test_at_endex_everything_is_told(over: ReplayTable) -> None:
    """The aim, the history, the author's questions, the pooled forecasts."""
    sheet = debrief_of(over, RED)
    assert sheet.unsealed
    assert sheet.ending is not None
    assert sheet.ending.aim_title
    assert [entry.date for entry in sheet.afterwards] == ["1931-05", "1931-06-02"]
    assert {question.asked_by for question in sheet.questions} == {"run", "scenario"}
    assert sheet.assumptions
    assert sheet.score is not None
    assert sheet.score.scored == 2


def test_questions_are_made_from_this_very_run_and_name_their_evidence(over: ReplayTable) -> None:
    """The contested decision, the one that took longest, the forecast, the ruling, the parting."""
    made = [q for q in debrief_of(over, CONTROL, "red").questions if q.asked_by == "run"]
    texts = " / ".join(question.text for question in made)
    assert "most contested decision" in texts
    assert "You took longest over turn 1" in texts
    assert "your ways parted" in texts
    assert all(question.evidence for question in made)
    contested = next(q for q in made if "contested" in q.text)
    assert "Harbour master preferred “Wait and watch”: “the captain is tired”" in contested.evidence
    parted = next(q for q in made if "parted" in q.text)
    assert "Decided: Send a patrol: red" in parted.evidence
    assert "Decided: Telephone them: blue" in parted.evidence


def _texts(sheet: Debrief) -> str:
    return json.dumps(as_data(sheet), ensure_ascii=False)


def test_a_debrief_holds_what_its_viewer_may_know_and_no_more(
    over: ReplayTable, running: ReplayTable
) -> None:
    """What one team said among itself, a private letter, a gauge for control alone."""
    for table in (running, over):
        said = {
            "a claim must be seen": {RED, HARBOUR, PREMIER, CONTROL},
            "the captain is tired": {RED, HARBOUR, PREMIER, CONTROL},
            "Ann of red": {RED, HARBOUR, PREMIER, CONTROL},
            "Your cousin writes": {HARBOUR, CONTROL},
            "Oil for the lamp": {CONTROL},
        }
        for text, hears in said.items():
            for viewer in (RED, HARBOUR, PREMIER, CONTROL, PUBLIC, Viewer("projector")):
                told = text in _texts(debrief_of(table, viewer, "red"))
                assert told == (viewer in hears), (text, viewer)


def test_no_debrief_tells_before_endex_what_endex_unseals(running: ReplayTable) -> None:
    """Whoever asks, control aside."""
    scenario = running.program.scenario
    sealed = [aim.text for aim in scenario.aims.values()]
    sealed += [entry.text for entry in scenario.history]
    sealed += [question.text for question in scenario.hot_wash]
    for perspective in running.viewers:
        for card in running.lines(perspective.viewer):
            told = _texts(debrief_of(running, perspective.viewer, card.name))
            assert not [text for text in sealed if text in told]


def test_a_solo_save_is_told_to_its_player(tmp_path: Path) -> None:
    """Forecasts are listed and not scored."""
    table = ReplayTable(play(tmp_path / "solo.jsonl"))
    sheet = debrief_of(table)
    assert sheet.viewer == Viewer("seat", "solo")
    assert sheet.score is None
    assert sheet.objective == "No shot"
    for turn in sheet.turns:
        assert turn.decision is not None
        assert turn.decision.rationale == REASON
        assert turn.decision.expected is not None
        assert turn.decision.expected.percent == 30
        assert turn.decision.expected.came is not None


def test_an_unfinished_save_is_told_as_far_as_it_went(tmp_path: Path) -> None:
    """Its last turn is open."""
    sheet = debrief_of(ReplayTable(play(tmp_path / "half.jsonl", turns=1)))
    assert sheet.ending is None
    assert [turn.over for turn in sheet.turns] == [True, False]
    assert sheet.turns[-1].decision is None


def test_a_debrief_agrees_with_the_view_of_the_same_viewer(over: ReplayTable) -> None:
    """Every decision and every piece of news of the view, once, in its turn."""
    for perspective in over.viewers:
        viewer = perspective.viewer
        for card in over.lines(viewer):
            view = over.view(viewer, Moment(card.name, over.record.number))
            sheet = debrief_of(over, viewer, card.name)
            news = [(t.turn, c.title, c.text) for t in sheet.turns for c in t.came]
            assert news == [(i.turn, i.title, i.text) for i in view.wire]
            made = [t.decision.response for t in sheet.turns if t.decision]
            assert made == [each.response for each in view.decisions]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"seat": "red-harbour"},
        {"seat": ["x"], "turn": 1, "response": "wait"},
        {"seat": "red-harbour", "turn": "1", "response": "wait"},
        {"seat": "red-harbour", "turn": 1, "response": ["wait"]},
        {"seat": "red-harbour", "turn": 1, "response": "no such response"},
        {"seat": "blue-premier", "turn": 1, "response": "wait"},
        {"seat": "nobody", "turn": 1, "response": "wait"},
    ],
)
def test_notes_of_another_shape_are_no_preferences(tmp_path: Path, data: dict[str, object]) -> None:
    """A later program may call something else so."""
    exercise = Exercise(red=["premier", "harbour"], blue=["premier"])
    exercise.put("note.preference", data, "red-harbour", "red")
    exercise.decide("red", "patrol")
    made = debrief_of(ReplayTable(exercise.save(tmp_path / "x.jsonl")), RED).turns[0].decision
    assert made is not None
    assert made.dissents == ()


def test_another_team_s_line_is_refused(over: ReplayTable) -> None:
    """In one line."""
    with pytest.raises(UsageError, match="no line 'blue'"):
        debrief_of(over, RED, "blue")


def test_the_shipped_history_stands_beside_its_turns(repository: Path) -> None:
    """The calendar of the shipped crisis can be read; what came later stands apart."""
    path = repository / "saves" / "samples" / "north-korea-2017-history.jsonl"
    sheet = debrief_of(ReplayTable(path))
    placed = {turn.turn: [entry.date for entry in turn.history] for turn in sheet.turns}
    assert placed[2][0] == "2017-03-06"
    assert all(date <= "2017-04-23" for date in placed[2])
    assert all("2017-04-23" < date <= "2017-06-11" for date in placed[3])
    assert sheet.afterwards[-1].date == "2019-02-28"
    total = sum(map(len, placed.values())) + len(sheet.afterwards)
    assert total == len(sheet.ending.history if sheet.ending else ())


def test_an_overruled_draw_is_told_by_its_titles(tmp_path: Path) -> None:
    """What control let come, and what chance had brought; no name that only the rules know."""
    exercise = Exercise(red=["premier"])
    exercise.decide("red", "patrol")
    card = next(each for each in draws(exercise.record, "red") if "Send a patrol" in each.title)
    titles = dict(card.outcomes)
    other = next(name for name in titles if name != card.outcome)
    data = {"reason": seal_words("no"), "site": card.site, "outcome": other}
    exercise.put(OVERRIDE, data, "control", "red")
    sheet = debrief_of(ReplayTable(exercise.save(tmp_path / "class.jsonl")), CONTROL)
    (ruling,) = sheet.turns[0].rulings
    assert ruling.done == (
        "The answer to: Send a patrol: "
        f"“{titles[other]}” instead of “{titles[card.outcome]}”, which was drawn"
    )
