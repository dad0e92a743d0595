"""One person's words go on request: nothing else does, every seal holds, and the removal shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabletop.debrief.sheet import debrief_of
from tabletop.errors import SaveError, UsageError
from tabletop.exercise.forgetting import forget
from tabletop.exercise.journal import Journal
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.save import read_save
from tabletop.exercise.table import CONTROL, Begin, Join
from tabletop.exercise.verify import verify
from tabletop.exercise.words import seal_words
from tests.exercise.classes import Exercise

OWN = ("I would be seen", "Patrol, so that Bob sees us")
OTHERS = ("Ann is right", "Nobody was asked", "Control thinks otherwise", "A word to red-harbour")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Ann sits with Bob in red; Cho holds Ann's seat later; control rules and writes."""
    exercise = Exercise(begin=False, red=["premier"], blue=["premier"])
    exercise.send(Join("red-harbour", "Ann Lee", "red", "harbour"))
    exercise.send(Begin())
    mine = {"turn": 1, "response": "wait", "reason": seal_words(OWN[0])}
    exercise.put("note.preference", {"seat": "red-harbour", **mine}, "red-harbour", "red")
    exercise.put("note.ticket", {"text": seal_words(OWN[1])}, "red-harbour", "red")
    exercise.decide("red", "patrol", OTHERS[0], 90)
    exercise.rule("red", OTHERS[2])
    told = {"seat": "red-harbour", "text": seal_words(OTHERS[3])}
    exercise.put("note.message", told, "control", "red")
    moved = {"seat": "red-harbour", "name": seal_words("Cho"), "team": None, "role": None}
    exercise.put("game.reseated", moved, "control", "")
    later = {"turn": 2, "response": "wait", "reason": seal_words(OTHERS[1])}
    exercise.put("note.preference", {"seat": "red-harbour", **later}, "red-harbour", "red")
    exercise.finish("red", "blue")
    return exercise.save(tmp_path / "class.jsonl")


def _plain(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize("name", ["Ann Lee", "ann  lee", " ANN LEE "])
def test_a_persons_words_go_and_nobody_elses(path: Path, name: str) -> None:
    """Name, preference and ticket of Ann; what others said, of her and to her, stays."""
    new = path.with_name("new.jsonl")
    done = forget(path, new, person=name)
    assert (done.path, done.seats, done.texts) == (new, ("red-harbour",), 3)
    left = _plain(new)
    assert "Ann Lee" not in left
    assert not [words for words in OWN if words in left]
    assert [words for words in (*OTHERS, "Cho") if words not in left] == []
    # "Ann is right", and the two premiers who are called Ann too.
    assert done.named >= 3


def test_seals_hold_and_verification_tells_what_is_missing(path: Path) -> None:
    """The short seal that people wrote down is that of the new save too."""
    new = path.with_name("new.jsonl")
    before = verify(path)
    forget(path, new, person="Ann Lee")
    assert before.seal is not None
    after = verify(new, seal=before.seal)
    assert after.ok
    assert after.seal_matches
    assert (before.texts_removed, after.texts_removed) == (0, 3)
    assert after.replayed == after.events == before.events


def test_the_run_replays_and_is_told_as_before_but_for_the_words(path: Path) -> None:
    """Gauges, decisions and endings stay; the dissent loses its name and its reason."""
    new = path.with_name("new.jsonl")
    forget(path, new, person="Ann Lee")
    old, found = (debrief_of(ReplayTable(each), CONTROL, "red") for each in (path, new))
    assert found.gauges == old.gauges
    assert found.ending == old.ending
    made, before = found.turns[0].decision, old.turns[0].decision
    assert made is not None
    assert before is not None
    assert (made.response, made.rationale) == (before.response, before.rationale)
    assert before.dissents[0].reason == OWN[0]
    assert made.dissents[0].reason is None
    assert made.dissents[0].preferred == before.dissents[0].preferred


def test_a_seat_and_control_can_be_asked_for(path: Path) -> None:
    """All who sat there, where no name is given; control's reasons are words too."""
    done = forget(path, path.with_name("seat.jsonl"), seat="red-harbour")
    assert done.texts == 5
    assert "Cho" not in _plain(done.path)
    done = forget(path, path.with_name("control.jsonl"), seat="control")
    assert done.texts == 2
    assert OTHERS[2] not in _plain(done.path)
    assert "Ann Lee" in _plain(done.path)
    assert "Cho" in _plain(done.path)
    assert verify(done.path).ok
    done = forget(path, path.with_name("both.jsonl"), person="cho", seat="red-harbour")
    assert done.texts == 2


def test_what_control_enters_for_a_team_is_controls(tmp_path: Path) -> None:
    """In the note that locks it and in the decision alike, so that no copy stays behind."""
    exercise = Exercise(red=["premier"])
    entered = {"seat": "", "team": "red", "turn": 1, "rationale": seal_words("from paper")}
    exercise.put("note.locked", entered, "control", "red")
    exercise.put("note.mark", {"text": seal_words("ask about the paper")}, "control", "")
    exercise.decide("red", "patrol")
    path = exercise.save(tmp_path / "class.jsonl")
    done = forget(path, path.with_name("head.jsonl"), seat="red-premier")
    assert "from paper" in _plain(done.path)
    done = forget(path, path.with_name("control.jsonl"), seat="control")
    assert (done.texts, done.seats) == (2, ("control",))
    assert "paper" not in _plain(done.path).split("\n", 1)[1]


def test_an_observers_name_and_words_go_too(tmp_path: Path) -> None:
    """Whoever only watched is a person too, also where control moved them."""
    exercise = Exercise(red=["premier"])
    for actor in ("watcher", "control"):
        data = {"seat": "watcher", "name": seal_words("Dee Moe"), "team": "red"}
        exercise.put("note.observer", data, actor, "")
    exercise.put("note.ticket", {"seat": "watcher", "text": seal_words("so close")}, "watcher", "")
    path = exercise.save(tmp_path / "class.jsonl")
    done = forget(path, path.with_name("new.jsonl"), person="dee moe")
    assert (done.texts, done.seats) == (3, ("watcher",))
    assert not [text for text in ("Dee", "so close") if text in _plain(done.path)]


def test_nobody_of_that_name_is_one_line_with_the_nearest(path: Path) -> None:
    """And no file."""
    new = path.with_name("new.jsonl")
    with pytest.raises(UsageError, match=r"nobody called 'Ann Leo' \(did you mean Ann Lee\?\)"):
        forget(path, new, person="Ann Leo")
    with pytest.raises(UsageError, match="no seat 'red-harbor'"):
        forget(path, new, seat="red-harbor")
    with pytest.raises(UsageError, match="nobody called 'Ann Lee'"):
        forget(path, new, person="Ann Lee", seat="red-premier")
    assert not new.exists()


def test_what_is_gone_cannot_go_again(path: Path) -> None:
    """The name is not known any more; the seat is, and nothing is left in it."""
    new, again = path.with_name("new.jsonl"), path.with_name("again.jsonl")
    forget(path, new, seat="red-harbour")
    with pytest.raises(UsageError, match="nobody called"):
        forget(new, again, person="Ann Lee")
    with pytest.raises(SaveError, match="no words of 'red-harbour' are left in it"):
        forget(new, again, seat="red-harbour")
    assert not again.exists()


def test_nothing_is_written_over_and_the_old_save_stays(path: Path) -> None:
    """Neither in place nor over another file."""
    before = path.read_bytes()
    for target in (path, path.with_name("there.jsonl")):
        target.touch()
        held = target.read_bytes()
        with pytest.raises(SaveError, match="exists already"):
            forget(path, target, person="Ann Lee")
        assert target.read_bytes() == held
    forget(path, path.with_name("new.jsonl"), person="Ann Lee")
    assert path.read_bytes() == before


def test_a_save_that_is_being_played_is_refused(path: Path) -> None:
    """What is said next would not be gone."""
    journal, _ = Journal.resume(path)
    with journal, pytest.raises(SaveError, match="is being played"):
        forget(path, path.with_name("new.jsonl"), person="Ann Lee")


def test_of_a_damaged_save_the_usable_part_is_kept(path: Path) -> None:
    """What cannot be read might hold the words, and so is not in the new save."""
    lines = path.read_bytes().splitlines(keepends=True)
    cut = next(place for place, line in enumerate(lines) if b"note.ticket" in line)
    lines[cut] = lines[cut].replace(b"red-harbour", b"red-harbouR", 1)
    path.write_bytes(b"".join(lines))
    done = forget(path, path.with_name("new.jsonl"), person="Ann Lee")
    assert (done.texts, done.dropped) == (2, len(lines) - cut)
    assert OWN[1] not in _plain(done.path)
    assert read_save(done.path).faults == ()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=40))
def test_whatever_was_said_is_gone_without_a_trace(tmp_path: Path, words: str) -> None:
    """No spelling of it is left, and no salt to try it with; the chain holds."""
    path, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    new.unlink(missing_ok=True)
    exercise = Exercise(red=["premier"])
    exercise.decide("red", "patrol", f"«{words}»", 90)
    exercise.save(path)
    forget(path, new, seat="red-premier")
    assert not re.search(r'"salt":"', new.read_text("utf-8").split("\n", 1)[1])
    assert "«" not in new.read_text("utf-8").split("\n", 1)[1]
    assert read_save(new).faults == ()
    assert [e.seal for e in read_save(new).events] == [e.seal for e in read_save(path).events]
