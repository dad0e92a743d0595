"""From scenario to program: defaults, merged reactions, plans, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tabletop.errors import UsageError
from tabletop.rules.compiler import compile_program, settings_of
from tabletop.rules.play import Play
from tabletop.rules.playout import finish
from tabletop.rules.start import begin
from tabletop.scenario.moves import Outcome, ReactionKind, Transition
from tabletop.scenario.reactions import complete
from tabletop.scenario.schema import PlannedTurn, Scenario, Timing


def test_unknown_assumptions_values_and_plans_are_refused_with_what_there_is(
    minimal: Scenario,
) -> None:
    """One clear line that lists the alternatives."""
    with pytest.raises(UsageError, match=r"unknown assumption 'weather'.*patrols_provoke"):
        settings_of(minimal, {"weather": "fine"})
    with pytest.raises(UsageError, match=r"patrols_provoke cannot be 'very'.*none, weak, strong"):
        settings_of(minimal, {"patrols_provoke": "very"})
    with pytest.raises(UsageError, match="unknown plan 'forever'"):
        compile_program(minimal, plan="forever")


def test_assumptions_not_chosen_keep_their_defaults(minimal: Scenario) -> None:
    """Every dial has a value in the program."""
    program = compile_program(minimal, {"prior": "islet"})
    assert program.assumptions == {"patrols_provoke": "weak", "prior": "islet"}


def test_an_outcome_takes_from_its_reaction_kind_only_what_it_leaves_empty() -> None:
    """Its own effects replace the kind's; an absent title is filled in."""
    kind = ReactionKind(title="They wait", by="neighbour", effects={"line": 1}, text="Silence.")
    own = Outcome(id="holds", weight=1, effects={"tension": -1})
    merged = complete(own, {"holds": kind})
    assert (merged.effects, merged.title, merged.text) == ({"tension": -1}, "They wait", "Silence.")
    assert complete(own, {}) is own


def _planned(minimal: Scenario, *turns: PlannedTurn) -> Scenario:
    plan = Timing(title="A plan", minutes=15, before=1, turn={}, after={}, turns=turns)
    return replace(minimal, timings={"planned": plan})


def test_a_plan_presets_turns_and_leaves_others_to_a_doctrine(minimal: Scenario) -> None:
    """Only the turn that the plan calls decided asks anybody."""
    turns = (
        PlannedTurn(mode="preset", response="patrol", support="ask_ally"),
        PlannedTurn(),
        PlannedTurn(mode="standing", doctrine="random"),
    )
    program = compile_program(_planned(minimal, *turns), plan="planned")
    play = begin(program, 3, log=[])
    asked = []
    while play.ending is None:
        if play.prompt is None:
            play.advance()
        elif play.prompt.kind == "flash":
            play.answer(program.injects[play.prompt.id].answers[0].id)
        else:
            asked.append(play.world.turn)
            play.carry_out(play.offered()[0], 0)
    assert asked == [2]
    first = [done.id for done in play.log or [] if done.turn == 1 and done.kind == "response"]
    assert first == ["patrol"]


def test_a_preset_response_that_is_closed_gives_way_to_the_course(minimal: Scenario) -> None:
    """A plan never stops a game: what cannot be done is left at the present course."""
    closed = PlannedTurn(mode="preset", response="embargo")
    program = compile_program(_planned(minimal, closed, closed, closed), plan="planned")
    play = begin(program, 3, log=[])
    finish(play, program.policies["random"])
    chosen = {done.id for done in play.log or [] if done.kind == "response"}
    assert chosen <= {"wait", "sit", "embargo"}


def test_the_hash_tells_rules_apart_and_ignores_words(minimal: Scenario) -> None:
    """A new title changes nothing; a number, an assumption or a plan does."""
    plain = compile_program(minimal).hash
    wait = minimal.responses["wait"]
    retitled = {**minimal.responses, "wait": replace(wait, title="Sit tight")}
    retuned = {**minimal.responses, "wait": replace(wait, effects={"tension": -1})}
    assert compile_program(replace(minimal, responses=retitled)).hash == plain
    assert compile_program(replace(minimal, responses=retuned)).hash != plain
    assert compile_program(minimal, {"patrols_provoke": "none"}).hash != plain
    plan = _planned(minimal, PlannedTurn(), PlannedTurn(), PlannedTurn())
    assert compile_program(plan, plan="planned").hash != compile_program(plan).hash


def test_a_shift_moves_the_weight_of_its_kind_in_every_reaction(minimal: Scenario) -> None:
    """Under the aim that wants respect, engaging weighs one more wherever it is listed."""
    program = compile_program(minimal)
    respect, islet = (begin(program, 0, aim=aim).world for aim in (0, 1))
    for response in program.responses:
        if response.reaction is None:
            continue
        first, second = (response.reaction.weigh(world) for world in (respect, islet))
        for outcome, one, other in zip(response.reaction.outcomes, first, second, strict=True):
            if outcome.id == "engages":
                assert one == other + 1


def _seen_injects(play: Play) -> list[str]:
    return [done.id for done in play.log or [] if done.kind == "inject"]


def test_an_inject_over_several_turns_comes_at_most_once_and_one_flash_a_game(
    minimal: Scenario,
) -> None:
    """In three hundred games, no inject twice and no second flash decision."""
    program = compile_program(minimal)
    flashes = {name for name, part in minimal.injects.items() if part.answers}
    for seed in range(300):
        play = begin(program, seed, log=[])
        finish(play, program.policies["random"])
        seen = _seen_injects(play)
        several = [name for name in seen if len(minimal.injects[name].turns or ()) > 1]
        assert len(several) == len(set(several))
        assert len([name for name in seen if name in flashes]) <= 1


def test_a_flag_that_is_named_twice_sets_itself_and_no_other(minimal: Scenario) -> None:
    """Masks are joined, never added up."""
    program = compile_program(minimal)
    assert program.mask("asked", "asked") == program.mask("asked")


def test_talks_lead_back_to_a_stage_that_they_fell_back_to_before(minimal: Scenario) -> None:
    """A stage entered by a way back counts among the ways in."""
    back = Transition(from_=("alarm",), to="previous", when="tension >= 5", text="Back again.")
    program = compile_program(replace(minimal, transitions=(*minimal.transitions, back)))
    talks, alarm = (list(minimal.stages).index(name) for name in ("talks", "alarm"))
    rungs = {(rung.origin, rung.target) for rung in program.ladder.rungs}
    assert (alarm, talks) in rungs


def _by_hand(scenario: Scenario, outcome: str, **tracks: int) -> Play:
    """The first decision of a game with some gauges set, met with one outcome of the reaction."""
    program = compile_program(scenario)
    play = begin(program, 1, aim=0)
    play.walk()
    while play.prompt is None or play.prompt.kind != "decide":
        if play.prompt is not None:
            play.answer(program.injects[play.prompt.id].answers[0].id)
        else:
            play.advance()
    values = [
        tracks.get(name, value)
        for name, value in zip(scenario.tracks, play.world.tracks, strict=True)
    ]
    play.world = play.world._replace(tracks=tuple(values))
    play.decide("nothing_more", "patrol")
    play.draw(outcome)
    return play


def test_response_and_reaction_add_up_before_they_are_clamped_once(minimal: Scenario) -> None:
    """At four of five, one up and one down is four; clamped in between it would be the same only
    by luck, so the reaction takes two away: six less two is four, five less two would be three.
    """
    provoke = replace(minimal.reactions["holds"], effects={"tension": -2})
    patrol = replace(minimal.responses["patrol"], effects={"tension": 2})
    changed = replace(
        minimal,
        reactions={**minimal.reactions, "holds": provoke},
        responses={**minimal.responses, "patrol": patrol},
    )
    play = _by_hand(changed, "holds", tension=4)
    play.walk()
    assert play.world.tracks[0] == 4


def test_a_support_is_clamped_before_the_response_adds_to_it(minimal: Scenario) -> None:
    """A support at the upper end loses its surplus; the response starts from the end itself."""
    loud = replace(minimal.supports["nothing_more"], effects={"tension": 3})
    patrol = replace(minimal.responses["patrol"], effects={"tension": -1}, when=None, closed=None)
    changed = replace(
        minimal,
        supports={**minimal.supports, "nothing_more": loud},
        responses={**minimal.responses, "patrol": patrol},
    )
    play = _by_hand(changed, "holds", tension=4)
    play.walk()
    assert play.world.tracks[0] == 4
