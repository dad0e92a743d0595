"""`tabletop` without a command, where there is no terminal."""

from __future__ import annotations

from pathlib import Path

from tests.cli.terminal import MINIMAL, run, start
from tests.plain.conversation import quiet_seed


def test_the_menu_ends_with_its_input(folder: Path) -> None:
    """Nothing was asked for, nothing is written."""
    result = start(folder=folder)
    assert result.returncode == 0
    assert result.stderr == b""
    assert b"What would you like to do?" in result.stdout
    assert b"\x1b" not in result.stdout
    assert not (folder / "saves").exists()


def test_a_game_is_begun_from_the_menu(folder: Path) -> None:
    """The first scenario of the list."""
    menu = run(answers="quit\n").out
    number = next(line.partition(".")[0] for line in menu.splitlines() if "Play: " in line)
    assert "First declare what you want." in run(answers=f"{number}\n").out
    assert len(list((folder / "saves").glob("*.jsonl"))) == 1


def test_a_game_is_continued_and_then_read_again_from_the_menu() -> None:
    """An unfinished game is the first choice; an ended one can be replayed."""
    run("play", MINIMAL, "--seed", quiet_seed(), answers="1\n1\n1\n\n3\n")
    said = run(answers="1\n" + 2 * "1\n1\n\n3\n").out
    assert "1. Continue: The lighthouse. Turn 2 of 3." in said
    assert "EndEx. " in said
    menu = run(answers="quit\n").out
    number = next(line.partition(".")[0] for line in menu.splitlines() if "Replay: " in line)
    assert "Stop 1 of " in run(answers=f"{number}\n").out


def test_plain_may_be_asked_for_before_the_command() -> None:
    """The option belongs to the whole program."""
    assert "What would you like to do?" in run("--plain").out
