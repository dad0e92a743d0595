"""What holds in every game, whoever plays it and whatever the dice say."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import ActionError
from tabletop.rules.compiler import compile_program
from tabletop.rules.play import Change, Draw, Happening, Play, Prompt
from tabletop.rules.program import Effect, Program
from tabletop.rules.start import MAX_SEED, begin
from tabletop.rules.world import World, digest
from tabletop.scenario.moves import Event, Outcome
from tabletop.scenario.schema import Scenario

seeds = st.integers(0, MAX_SEED)
Choice = tuple[int, int]


def _choices(play: Play) -> list[Choice]:
    supports = range(len(play.program.supports))
    return [(r, s) for r in play.offered() for s in supports if play.is_open(r, s)]


def play_through(program: Program, seed: int, picks: list[int]) -> tuple[Play, list[World]]:
    """A game in which the picks choose among whatever is open; every world that it passed."""
    play = begin(program, seed, log=[])
    worlds, left = [play.world], iter(picks * 20)
    while play.ending is None:
        prompt = play.prompt
        if prompt is None:
            play.advance()
        elif prompt.kind == "flash":
            answers = program.injects[prompt.id].answers
            play.answer(answers[next(left) % len(answers)].id)
        else:
            choices = _choices(play)
            assert choices, f"no way on in turn {play.world.turn}, stage {play.world.stage}"
            play.carry_out(*choices[next(left) % len(choices)])
        worlds.append(play.world)
    return play, worlds


picks = st.lists(st.integers(0, 1000), min_size=1, max_size=20)


@given(seeds, picks)
def test_every_game_ends_by_the_last_turn_and_never_stands_without_a_choice(
    program: Program, seed: int, chosen: list[int]
) -> None:
    """Turns only go up, by one, to the calendar's end at the latest; an ending is reached."""
    play, worlds = play_through(program, seed, chosen)
    turns = [world.turn for world in worlds]
    assert turns == sorted(turns)
    assert set(turns) <= set(range(1, program.turns + 1))
    assert play.ending in program.scenario.endings


@given(seeds, picks)
def test_tracks_stay_in_range_wherever_somebody_can_look(
    program: Program, seed: int, chosen: list[int]
) -> None:
    """At every prompt and at the end; in the middle of a reaction they may run over."""
    play = begin(program, seed)
    left = iter(chosen * 20)
    while play.ending is None:
        prompt = play.prompt
        if prompt is None:
            play.advance()
            continue
        for low, value, high in zip(program.low, play.world.tracks, program.high, strict=True):
            assert low <= value <= high
        if prompt.kind == "flash":
            answers = program.injects[prompt.id].answers
            play.answer(answers[next(left) % len(answers)].id)
        else:
            choices = _choices(play)
            play.carry_out(*choices[next(left) % len(choices)])
    for low, value, high in zip(program.low, play.world.tracks, program.high, strict=True):
        assert low <= value <= high


@given(seeds, picks)
def test_the_same_seed_and_inputs_give_the_same_game(
    program: Program, seed: int, chosen: list[int]
) -> None:
    """Every world and every happening, to the letter."""
    first, worlds = play_through(program, seed, chosen)
    second, again = play_through(program, seed, chosen)
    assert worlds == again
    assert first.log == second.log


def _draws(program: Program, seed: int, chosen: list[int]) -> list[Draw]:
    play = begin(program, seed)
    draws, left = [], iter(chosen * 20)
    while play.ending is None:
        prompt = play.prompt
        if prompt is None:
            drawn = play.advance()
            draws += [drawn] if drawn else []
        elif prompt.kind == "flash":
            play.answer(program.injects[prompt.id].answers[0].id)
        else:
            choices = _choices(play)
            play.carry_out(*choices[next(left) % len(choices)])
    return draws


def test_known_games_are_the_same_on_every_python(minimal: Scenario) -> None:
    """Fifty games, pinned: a change of this value breaks every save ever written."""
    program = compile_program(minimal)
    told = []
    for seed in range(50):
        chosen = [seed, 3, 7, 1]
        play, _ = play_through(program, seed, chosen)
        told.append(f"{_draws(program, seed, chosen)} {play.ending} {digest(play.world)}")
    assert sha256("\n".join(told).encode()).hexdigest()[:16] == "dfb67dcad6d5d6f7"


@given(seeds, picks)
def test_an_unrelated_draw_that_is_added_shifts_nothing(
    minimal: Scenario, seed: int, chosen: list[int]
) -> None:
    """A new clock that moves no gauge leaves every other draw of the game as it was."""
    idle = (Outcome(id="tick", weight=1), Outcome(id="tock", weight=1))
    clock = Event(title="A clock in the next room", by="chance", outcomes=idle)
    noisy = replace(minimal, events={"noise": clock, **minimal.events})
    plain = _draws(compile_program(minimal), seed, chosen)
    with_noise = _draws(compile_program(noisy), seed, chosen)
    assert [draw for draw in with_noise if draw.site != "event:noise/noise"] == plain
    assert len(with_noise) > len(plain)


@given(seeds, picks, st.data())
def test_a_branch_meets_the_same_luck(
    program: Program, seed: int, chosen: list[int], data: st.DataObject
) -> None:
    """From one decision on, the roll is the same whichever response meets it.

    Two responses whose reactions weigh alike therefore get the same outcome.
    """
    play = begin(program, seed)
    left = iter(chosen * 20)
    decisions: list[Play] = []
    while play.ending is None:
        prompt = play.prompt
        if prompt is None:
            play.advance()
        elif prompt.kind == "flash":
            play.answer(program.injects[prompt.id].answers[0].id)
        else:
            decisions.append(play.copy())
            choices = _choices(play)
            play.carry_out(*choices[next(left) % len(choices)])
    fork = decisions[data.draw(st.integers(0, len(decisions) - 1))]
    responses = dict(_choices(fork))
    reactions = [program.responses[r].reaction for r in responses]
    keys = {chance.key for chance in reactions if chance is not None}
    assert len(keys) <= 1, "a reaction's roll depends on the response that it meets"
    for response, support in responses.items():
        one, two = fork.copy(), fork.copy()
        one.carry_out(response, support)
        two.carry_out(response, support)
        assert one.advance() == two.advance()
        assert one.world == two.world


def test_a_copy_moves_without_its_original(program: Program) -> None:
    """Looking ahead in a copy changes neither the world nor the log."""
    play = begin(program, 4, log=[])
    play.advance()
    before, logged = play.world, list(play.log or [])
    twin = play.copy()
    while twin.ending is None and twin.prompt is None:
        twin.advance()
    assert (play.world, play.log) == (before, logged)


def _to_decision(program: Program, seed: int) -> Play:
    play = begin(program, seed, log=[])
    while play.prompt is None or play.prompt.kind != "decide":
        if play.prompt is None:
            play.advance()
        else:
            play.answer(program.injects[play.prompt.id].answers[0].id)
    return play


def test_what_is_not_open_is_refused_and_changes_nothing(minimal: Scenario) -> None:
    """Unknown and closed choices, and answers that nobody asked for."""
    play = _to_decision(compile_program(minimal), 1)
    before = play.world
    for support, response in [("nothing_more", "nuke"), ("bribe", "wait"), ("nothing_more", "sit")]:
        with pytest.raises(ActionError):
            play.decide(support, response)
    with pytest.raises(ActionError, match="no flash decision"):
        play.answer("yes")
    with pytest.raises(ActionError, match="no draw"):
        play.draw()
    assert play.world == before


def test_a_forced_outcome_comes_whatever_was_rolled(minimal: Scenario) -> None:
    """Each outcome of a reaction can be put in its place; an unknown one is refused."""
    program = compile_program(minimal)
    for outcome in ("engages", "holds", "provokes"):
        play = _to_decision(program, 1)
        play.decide("nothing_more", "wait")
        assert play.advance(outcome) == Draw("decide:us/reaction", outcome)
    play = _to_decision(program, 1)
    play.decide("nothing_more", "wait")
    with pytest.raises(ActionError, match="no outcome 'explodes'"):
        play.advance("explodes")


def test_control_can_move_gauges_within_their_ranges_and_is_named_for_it(minimal: Scenario) -> None:
    """An intervention is clamped at once and told as control's."""
    play = _to_decision(compile_program(minimal), 1)
    play.intervene(Effect("control", deltas=((0, 20),)), "a ruling")
    assert play.world.tracks[0] == play.program.high[0]
    told = (play.log or [])[-1]
    assert (told.kind, told.by, told.notes) == ("override", "control", ("a ruling",))
    assert told.changes == (Change("control", 0, 20),)


def test_a_flash_decision_that_control_fires_comes_before_the_decision_and_then_goes_on(
    minimal: Scenario,
) -> None:
    """The decision is waited for again after the answer, and the flash counts as used."""
    program = compile_program(minimal)
    flash = next(name for name, inject in program.injects.items() if inject.answers)
    play = _to_decision(program, 1)
    play.fire(flash)
    assert play.prompt == Prompt("flash", flash)
    play.answer(program.injects[flash].answers[0].id)
    play.walk()
    while play.chance is not None:
        play.advance()
        play.walk()
    assert play.prompt == Prompt("decide", "us")
    assert not program.injects[flash].test(play.world)
    with pytest.raises(ActionError, match="no inject"):
        play.fire("rumour")


def test_the_log_tells_the_sum_of_every_movement(minimal: Scenario) -> None:
    """Where no gauge meets a bound, its value is its start plus all that the log tells."""
    program = compile_program(minimal)
    unbounded = replace(program, low=(-99,) * len(program.low), high=(99,) * len(program.high))
    for seed in range(30):
        play, _ = play_through(unbounded, seed, [seed, 1, 2])
        for index, start in enumerate(program.start):
            told = sum(
                change.delta
                for happening in play.log or []
                for change in happening.changes
                if change.track == index
            )
            assert play.world.tracks[index] == start + told


def test_consent_follows_the_support_of_the_same_decision(minimal: Scenario) -> None:
    """The embargo opens only with the support that asks the ally."""
    program = compile_program(minimal)
    alarm = list(minimal.stages).index("alarm")
    play = _to_decision(program, 1)
    play.world = play.world._replace(stage=alarm)
    numbers = {each.id: number for number, each in enumerate(program.responses)}
    assert not play.is_open(numbers["embargo"], 0)
    assert play.is_open(numbers["embargo"], 1)
    with pytest.raises(ActionError, match="not open"):
        play.decide("nothing_more", "embargo")
    play.decide("ask_ally", "embargo")
    assert play.prompt is None


@given(seeds)
def test_memory_of_a_turn_lasts_exactly_one_turn(minimal: Scenario, seed: int) -> None:
    """A flag that remembers holds in the turn after its flag and in no other."""
    program = compile_program(minimal)
    memory = program.mask("flared_last_turn")
    raising = {"flare", "wide", "hit"}
    play = begin(program, seed, log=[])
    while play.ending is None:
        if play.prompt is None:
            play.advance()
            continue
        if play.prompt.kind == "flash":
            play.answer(program.injects[play.prompt.id].answers[0].id)
            continue
        turn = play.world.turn
        assert bool(play.world.flags & memory) == any(
            done.kind == "draw" and done.outcome in raising and done.turn == turn - 1
            for done in play.log or []
        )
        play.carry_out(*_choices(play)[seed % len(_choices(play))])


def test_happenings_name_only_what_the_scenario_has(program: Program) -> None:
    """Ids in the log lead back to texts: nothing in it is anonymous."""
    scenario = program.scenario
    known = {
        "inject": set(scenario.injects),
        "answer": set(scenario.injects),
        "support": set(scenario.supports),
        "response": set(scenario.responses),
        "ending": set(scenario.endings),
        "ladder": {str(number) for number in range(len(scenario.transitions))},
    }
    for seed in range(40):
        play, _ = play_through(program, seed, [seed, 5, 11])
        for done in play.log or []:
            assert isinstance(done, Happening)
            if done.kind in known:
                assert done.id in known[done.kind]
