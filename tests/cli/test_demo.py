"""`tabletop play --demo`: a doctrine plays before somebody's eyes."""

from __future__ import annotations

from pathlib import Path

from tests.cli.terminal import MINIMAL, run


def test_a_demonstration_needs_nobody_and_keeps_its_game(folder: Path) -> None:
    """The first doctrine that has rules plays where none is named."""
    result = run("play", MINIMAL, "--demo", "--seed", 1, "--save", "demo.jsonl")
    assert (result.code, result.err) == (0, "")
    assert "This seat is played by a doctrine: What was done." in result.out
    assert "Turn 3 of 3." in result.out
    assert run("verify", "demo.jsonl").code == 0


def test_the_doctrine_can_be_named(folder: Path) -> None:
    """And is refused where there is none of that name."""
    result = run("play", MINIMAL, "--demo", "--doctrine", "guard_first", "--seed", 1)
    assert result.code == 0
    assert "This seat is played by a doctrine: Guard first." in result.out
    refused = run("play", MINIMAL, "--demo", "--doctrine", "guard")
    assert refused.faults == ["--doctrine: unknown doctrine 'guard' (did you mean guard_first?)"]


def test_a_demonstration_and_a_silent_run_play_the_same_game(folder: Path) -> None:
    """With the same seed."""
    arguments = ("play", MINIMAL, "--doctrine", "talks_first", "--seed", 6, "--save")
    assert run(*arguments, "seen.jsonl", "--demo").code == 0
    assert run(*arguments, "unseen.jsonl").code == 0
    said = run("compare", "seen.jsonl", "unseen.jsonl").out
    assert "Nothing in them differs" in said


def test_a_game_that_was_left_is_finished_before_somebodys_eyes(folder: Path) -> None:
    """With --resume, from any turn."""
    left = run(
        "play", MINIMAL, "--plain", "--seed", 4, "--save", "left.jsonl", answers="1\n1\n1\n\n3\n"
    )
    assert left.code == 0
    result = run("play", "--resume", "left.jsonl", "--demo", "--doctrine", "guard_first")
    assert (result.code, result.err) == (0, "")
    assert "Turn 1 of 3." not in result.out
    assert "EndEx." in result.out
