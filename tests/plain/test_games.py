"""Games that end, begin again, branch, are interrupted or cannot be saved."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tabletop.errors import SaveError, UsageError
from tabletop.exercise.desk import Desk
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.table import SOLO
from tabletop.plain.console import Console
from tabletop.plain.games import parting, play, play_through
from tabletop.plain.wording import quoted
from tests.plain.conversation import (
    MINIMAL,
    WHOLE_GAME,
    again,
    console_of,
    converse,
    quiet_seed,
    saves_of,
)


def test_after_the_end_one_goes_back_to_the_turn_where_most_hung_on_it(desk: Desk) -> None:
    """The first choice begins a branch at once, with the same luck and objective."""
    said = converse(desk, (*WHOLE_GAME, "1"))
    _, _, after = said.partition("What next? Type")
    assert "1. Back to turn " in said
    assert "Your objective?" not in after
    assert "Your response?" in after
    branch = next(save for save in desk.saves() if save.branched is not None)
    assert branch.parent is not None
    assert not branch.ended


def test_after_the_end_a_new_game_opens_at_its_first_turn(desk: Desk) -> None:
    """The objective is the one declared before, and the briefing is not read again."""
    said = converse(desk, (*WHOLE_GAME, "2"))
    after = said.partition("What next? Type")[2]
    assert "Turn 1 of 3." in after
    assert "Two neighbours claim one islet" not in after
    newest = max(saves_of(desk), key=lambda path: path.stat().st_mtime_ns)
    assert desk.replay(newest).view(SOLO).objective == "no_shot"
    assert len(saves_of(desk)) == 2


def test_history_and_questions_are_read_on_demand(desk: Desk) -> None:
    """By number or command, and the choice stays open."""
    said = converse(desk, (*WHOLE_GAME, "3", "history", "4", "questions", "6"))
    assert said.count("1931-05: The ship left in the night.") == 2
    assert said.count("1. Who lit the lamp last, and who said so?") == 2
    assert said.count("What next? Type") == 5
    assert "Read it again with: tabletop replay" in said


def test_history_stays_sealed_in_play(desk: Desk) -> None:
    """The command exists, and waits for the end."""
    said = converse(desk, ("1", "history"))
    assert "History is sealed until the exercise ends." in said
    assert "1931" not in said


def test_an_ended_save_is_taken_up_at_its_end(desk: Desk) -> None:
    """Its ending is told again and the two ways on are offered."""
    converse(desk, WHOLE_GAME)
    path = saves_of(desk)[0]
    said = converse(desk, (), opened=lambda: desk.resume(path))
    assert said.startswith("The lighthouse. Taken up again where it was left.")
    assert "EndEx. " in said
    assert "What next?" in said


class _Interrupting(io.StringIO):
    def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]
        line = super().readline()
        if not line:
            raise KeyboardInterrupt
        return line


def test_an_interruption_keeps_the_save_and_says_so(desk: Desk) -> None:
    """Ctrl-C goes on to the command, which exits with 130."""
    out = io.StringIO()
    table = desk.new(str(MINIMAL))
    with pytest.raises(KeyboardInterrupt):
        play(Console(_Interrupting("1\n1\n"), out), table, again(desk))
    assert "Interrupted." in out.getvalue()
    assert f"Go on with: tabletop play --resume {table.path}" in out.getvalue()
    assert not desk.resume(table.path).view(SOLO).decisions


def _full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LocalTable, "warning", "no space left on the disk")


def test_leaving_a_game_that_is_not_saved_is_an_error(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last line says that nothing is kept, and no way back is promised."""
    _full(monkeypatch)
    console, out = console_of(("1", "quit"))
    with pytest.raises(SaveError, match="not saved: no space left on the disk"):
        play(console, desk.new(str(MINIMAL)), again(desk))
    assert "Go on with" not in out.getvalue()


def test_a_game_goes_on_in_the_file_that_it_was_saved_in(desk: Desk, tmp_path: Path) -> None:
    """The way out of a full disk, in the middle of a game."""
    target = tmp_path / "elsewhere" / "my game.jsonl"
    target.parent.mkdir()
    said = converse(desk, ("1", f"save {target}", "1", "1", "moved", "3"))
    assert f"Saved in: {target}\n" in said
    assert f"Go on with: tabletop play --resume {quoted(target)}" in said
    assert desk.replay(target).view(SOLO).decisions[0].rationale == "moved"


def test_an_interrupted_game_that_is_not_saved_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C loses it, and that is told."""
    _full(monkeypatch)
    out = io.StringIO()
    with pytest.raises(KeyboardInterrupt):
        play(Console(_Interrupting(""), out), desk.new(str(MINIMAL)), again(desk))
    assert "This game is not saved: no space left on the disk." in out.getvalue()


def test_a_doctrine_plays_through_and_its_story_is_told(desk: Desk) -> None:
    """Nothing is asked; the save is closed and says where it is."""
    console, out = console_of(())
    play_through(console, desk.new(str(MINIMAL), seed=1), "talks_first", "a_paper")
    said = out.getvalue()
    assert said.startswith("The lighthouse. 3 turns.")
    assert "Your act: Telephone them." in said
    assert "Ending: " in said
    assert "Type" not in said
    save = desk.saves()[0]
    assert save.ended
    assert desk.replay(save.path).view(SOLO).objective == "a_paper"


def test_a_doctrine_may_play_the_rest_of_a_game(desk: Desk) -> None:
    """The first turn was a person's."""
    converse(desk, ("1", "1", "1", "mine", "3"), seed=quiet_seed())
    console, _ = console_of(())
    play_through(console, desk.resume(saves_of(desk)[0]), "talks_first")
    made = desk.replay(saves_of(desk)[0]).view(SOLO).decisions
    assert made[0].rationale == "mine"
    assert made[1].response == "call"


def test_an_unknown_doctrine_is_refused(desk: Desk) -> None:
    """And the save is let go of."""
    console, _ = console_of(())
    table = desk.new(str(MINIMAL))
    with pytest.raises(UsageError, match="warlike"):
        play_through(console, table, "warlike")
    desk.resume(table.path)


def test_the_command_that_goes_on_can_be_copied(desk: Desk, tmp_path: Path) -> None:
    """A path with spaces is one word of the command line."""
    table = desk.new(str(MINIMAL), save=tmp_path / "my first game.jsonl")
    lines = parting(table, table.view(SOLO))
    assert lines[0].endswith("my first game.jsonl")
    assert quoted(Path("my first game.jsonl")) in {"'my first game.jsonl'", '"my first game.jsonl"'}
    assert lines[1].endswith(quoted(table.path))
