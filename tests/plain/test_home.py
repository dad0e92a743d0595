"""The menu that opens without a command."""

from __future__ import annotations

from dataclasses import replace

from tabletop.exercise.desk import Desk, ScenarioCard
from tabletop.exercise.listing import SaveSummary
from tabletop.plain.home import Choice, choose
from tests.plain.conversation import MINIMAL, TURN, WHOLE_GAME, console_of, converse

CARD = ScenarioCard("minimal", "The lighthouse", "Two neighbours.", 3, MINIMAL, None)


def _chosen(saves: list[SaveSummary], *answers: str) -> tuple[Choice | None, str]:
    console, out = console_of(answers)
    return choose(console, [CARD], saves), out.getvalue()


def test_an_unfinished_game_is_offered_first(desk: Desk) -> None:
    """To continue is what most who come back want."""
    converse(desk, ("1", *TURN))
    saves = desk.saves()
    choice, said = _chosen(saves, "1")
    assert "1. Continue: The lighthouse. Turn 2 of 3." in said
    assert choice == Choice("resume", saves[0].path)


def test_scenarios_are_offered_with_their_length(desk: Desk) -> None:
    """Without saves they come first."""
    choice, said = _chosen([], "1")
    assert "1. Play: The lighthouse. 3 turns.\n" in said
    assert choice == Choice("new", MINIMAL)


def test_ended_games_are_offered_to_read_again(desk: Desk) -> None:
    """With their ending."""
    converse(desk, WHOLE_GAME)
    saves = desk.saves()
    choice, said = _chosen(saves, "2")
    assert f"2. Replay: The lighthouse. {saves[0].ending}." in said
    assert choice == Choice("replay", saves[0].path)


def test_samples_are_offered_to_read(desk: Desk) -> None:
    """Last, for those who have not played yet; they are never continued."""
    console, out = console_of(["2"])
    samples = desk.samples()
    choice = choose(console, [CARD], [], samples)
    assert f"2. Look at a sample: {samples[0].title}. {samples[0].ending}." in out.getvalue()
    assert choice == Choice("replay", samples[0].path)


def test_saves_that_cannot_be_opened_are_left_out(desk: Desk) -> None:
    """The list of saves tells what is wrong with them; the menu offers what works."""
    converse(desk, ("1",))
    broken = [replace(save, fault="line 1: torn") for save in desk.saves()]
    assert "Continue" not in _chosen(broken, "1")[1]


def test_the_menu_is_left_by_number_word_or_end_of_input() -> None:
    """Nothing is opened then."""
    assert _chosen([], "2")[0] is None
    assert _chosen([], "quit")[0] is None
    assert _chosen([])[0] is None
