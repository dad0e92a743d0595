"""A game from its briefing to its ending, answered line by line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import ActionError
from tabletop.exercise.desk import Desk
from tabletop.exercise.table import SOLO, Action, Decide, Receipt
from tabletop.plain.games import play
from tabletop.plain.prompt import COMMANDS
from tests.plain.conversation import (
    MINIMAL,
    TURN,
    WHOLE_GAME,
    again,
    console_of,
    converse,
    quiet_seed,
    saves_of,
    seed_where,
)


def test_numbers_alone_play_a_whole_game(desk: Desk) -> None:
    """Objective, then response, support, reason and forecast a turn, then the ending."""
    said = converse(desk, WHOLE_GAME)
    assert said.count("After your choice in turn") == 3
    assert "EndEx. The exercise is over: " in said
    save = desk.saves()[0]
    assert save.ended
    assert desk.replay(save.path).view(SOLO).objective == "no_shot"


def test_every_prompt_stands_on_a_line_of_its_own(desk: Desk) -> None:
    """What is asked ends with a colon and nothing follows it on its line."""
    said = converse(desk, WHOLE_GAME)
    prompts = [line for line in said.splitlines() if re.search(r"\?.* Type |press Enter", line)]
    # One for the objective, four a turn, one at the end.
    assert len(prompts) == 1 + 3 * 4 + 1
    assert all(line.endswith(":") for line in prompts)


def test_no_probability_is_shown_before_the_end(desk: Desk) -> None:
    """Forecasts are words in play; their percentages come at EndEx."""
    play_, _, end = converse(desk, WHOLE_GAME).partition("EndEx. ")
    assert "percent" not in play_
    assert "%" not in play_
    assert "As likely as not" in play_
    assert "As likely as not (50 percent)" in end


def test_changes_are_told_by_cause(desk: Desk) -> None:
    """What moved names who moved it."""
    said = converse(desk, ("1", "3", "1", "", "3"))
    assert "Your act: Send a patrol." in said
    assert "Down 1. The ally, The ally reads of it in the papers, down 1." in said
    assert re.search(r"Tension: \d of 5\. Up \d\. Your act, Send a patrol, up 1", said)


def test_a_reason_is_kept_and_told_again(desk: Desk) -> None:
    """What a player writes is told after the choice and stands in the save."""
    reason = "We wait, since nobody has asked us yet."
    said = converse(desk, ("1", "1", "1", reason, "3"))
    assert f"Your reason: {reason}" in said
    made = desk.replay(saves_of(desk)[0]).view(SOLO).decisions[0]
    assert made.rationale == reason


def test_a_reason_may_begin_with_a_command_word(desk: Desk) -> None:
    """Only a lone command is obeyed where words are asked for."""
    reason = "help them before they ask"
    said = converse(desk, ("1", "1", "1", "help", reason, "3"))
    assert "These words work at every prompt" in said
    assert f"Your reason: {reason}" in said


def test_back_returns_to_the_question_before(desk: Desk) -> None:
    """From the forecast to the reason, the support and the response, which can be changed."""
    answers = ("1", "1", "1", "first thought", "back", "back", "back", "2", "2", "", "1")
    said = converse(desk, answers)
    made = desk.replay(saves_of(desk)[0]).view(SOLO).decisions[0]
    assert (made.response, made.support, made.rationale, made.forecast) == (
        "call",
        "ask_ally",
        None,
        10,
    )
    assert said.count("Your response? Type") == 3


def test_back_passes_over_what_was_not_asked(desk: Desk) -> None:
    """Where a single support is possible it is not asked for, forwards and backwards."""
    # A patrol loses the ally, who takes no calls after it: nothing but "nothing more" is left.
    patrol = ("3", "1", "", "3")
    said = converse(desk, ("1", *patrol, "1", "back", "1", "", "3"), seed=0)
    turn_two = said.partition("Turn 2 of 3")[2].partition("After your choice")[0]
    assert "What goes with it?" not in turn_two
    assert turn_two.count("Your response? Type") == 2


def test_a_flash_decision_is_asked_at_once(desk: Desk) -> None:
    """Its answer and reason are recorded before the turn's own decision."""
    seed = seed_where(("1", *TURN, *TURN), "Decide now: ")
    answers = ("1", *TURN, *TURN, "2", "back", "1", "they are on deck")
    said = converse(desk, answers, seed=seed)
    assert "Decide now: Two boats touch." in said
    after = said.partition("After your answer.")[2]
    assert after.startswith("\nYour act: Send help. Moved: Line up 1.")
    assert "Your options." in after
    assert said.count("The keeper reports two boats side by side") == 1


def test_the_objective_of_the_command_line_is_not_asked_for(desk: Desk) -> None:
    """It is declared at once, and the first turn opens."""
    said = converse(desk, (), objective="a_paper")
    assert "Your objective?" not in said
    assert "Turn 1 of 3." in said
    assert desk.replay(saves_of(desk)[0]).view(SOLO).objective == "a_paper"


@pytest.mark.parametrize("given", range(len(WHOLE_GAME) + 1))
def test_input_may_end_at_any_prompt(desk: Desk, given: int) -> None:
    """The save is kept, the way back is told, and the game goes on from there."""
    said = converse(desk, WHOLE_GAME[:given])
    path = saves_of(desk)[0]
    assert "End of input." in said
    assert f"Saved in: {path}" in said
    wanted = "Read it again with: tabletop replay" if given == len(WHOLE_GAME) else "Go on with"
    assert wanted in said
    rest = (given - 1) // 4 * 4 + 1 if given else 0
    more = converse(desk, WHOLE_GAME[rest:], opened=lambda: desk.resume(path))
    assert "EndEx. The exercise is over" in more
    assert len(saves_of(desk)) == 1


def test_turns_that_a_plan_plays_are_told(desk: Desk) -> None:
    """A preset one before the first question, and one of a standing order after the last."""
    console, out = console_of(("1", *TURN))
    play(console, desk.new(str(MINIMAL), seed=3, plan="short"), again(desk))
    said = out.getvalue()
    marks = ["Turn 1 is played by the plan.", "Turn 1. 1 May.", "Turn 2 of 3.", "Your response?"]
    marks += ["After your choice in turn 2.", "Turn 3 is played by the plan.", "EndEx. "]
    places = [said.index(mark) for mark in marks]
    assert places == sorted(places)
    assert "Turn 2 is played" not in said


def test_quit_keeps_the_save(desk: Desk) -> None:
    """Leaving says where the game is and how to go on."""
    said = converse(desk, ("1", "quit", "1"))
    assert "End of input." not in said
    assert f"Go on with: tabletop play --resume {saves_of(desk)[0]}" in said


def test_a_refused_decision_is_told_and_asked_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the table refuses is said in one line, and the player chooses again."""
    table = desk.new(str(MINIMAL), seed=quiet_seed())
    send, refused = table.send, list[Action]()

    async def refuse_once(action: Action, op_id: str) -> Receipt:
        if isinstance(action, Decide) and not refused:
            refused.append(action)
            raise ActionError("the cabinet has left the room")
        return await send(action, op_id)

    monkeypatch.setattr(table, "send", refuse_once)
    console, out = console_of(("1", *TURN, *TURN))
    play(console, table, again(desk))
    assert "Refused: the cabinet has left the room." in out.getvalue()
    assert "After your choice in turn 1." in out.getvalue()


_WORDS = [command.word for command in COMMANDS if command.word not in {"quit", "save"}]
_ANSWERS = st.one_of(
    st.sampled_from(["1", "2", "3", "4", "", "3?", "card 1", "wire 1", "sources 2", *_WORDS]),
    st.text(max_size=12).filter(lambda text: not text.strip().lower().startswith(("save", "q"))),
)


@given(answers=st.lists(_ANSWERS, max_size=60), seed=st.integers(0, 50))
def test_no_answers_break_a_game(
    tmp_path_factory: pytest.TempPathFactory, answers: list[str], seed: int
) -> None:
    """Whatever is typed, the game is kept and nothing in the output drives a terminal."""
    desk = Desk(tmp_path_factory.mktemp("saves"))
    answers = [answer.replace("\n", " ").replace("\r", " ") for answer in answers]
    said = converse(desk, answers, seed=seed)
    assert "Saved in: " in said
    assert all(save.fault is None for save in desk.saves())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)
