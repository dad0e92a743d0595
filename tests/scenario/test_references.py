"""Names that name nothing and expressions that cannot be read: each is found, with what was meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tabletop.scenario.expression import Names, names_of
from tabletop.scenario.references import Expressions, known_names, problems
from tabletop.scenario.source import Loaded

UNKNOWN = [
    (("{tension: +1}\n    draw", "{tensoin: +1}\n    draw"), "unknown track 'tensoin' (did you mean tension?)"),
    (("sets: [asked]", "sets: [askt]"), "unknown flag 'askt' (did you mean asked?)"),
    (("remembers: flared", "remembers: flare"), "unknown flag 'flare' (did you mean flared?)"),
    (("to: talks", "to: talk"), "transitions.1.to: unknown stage 'talk' (did you mean talks?)"),
    (("from: [standoff]", "from: [standof]"), "unknown stage 'standof' (did you mean standoff?)"),
    (("from: [standoff]", "from: [any]"), "unknown stage 'any'"),
    (("stages: [talks]", "stages: [talkies]"), "unknown stage 'talkies' (did you mean talks?)"),
    (("course: sit", "course: site"), "unknown response 'site' (did you mean sit?)"),
    (("choose: [wait]", "choose: [wiat]"), "unknown response 'wiat' (did you mean wait?)"),
    (("mode: preset, response: wait", "mode: preset, response: weight"), "unknown response 'weight'"),
    (("support: ask_ally", "support: ask_aly"), "unknown support 'ask_aly' (did you mean ask_ally?)"),
    (("by: neighbour", "by: nieghbour"), "unknown actor or side 'nieghbour' (did you mean neighbour?)"),
    (("      by: ally\n", "      by: us\n"), "responses.embargo.consent.by: unknown actor 'us'"),
    (("by: harbour, cites", "by: habour, cites"), "responses.wait.for.by: unknown role 'habour' (did you mean harbour?)"),
    (("to: [harbour]", "to: [premiere]"), "injects.cousin.to.1: unknown role 'premiere' (did you mean premier?)"),
    (("instrument: military\n", "instrument: military\n    side: uss\n"), "unknown side 'uss' (did you mean us?)"),
    (("source: log, where: page 3", "source: lgo, where: page 3"), "facts.A1.source: unknown source 'lgo' (did you mean log?)"),
    (("cites: [A1]", "cites: [A7]"), "unknown fact 'A7' (known: A1, A2, R1)"),
    (("accepts: [agreement, quiet]", "accepts: [agrement, quiet]"), "camps.talkers.accepts.1: unknown ending 'agrement' (did you mean agreement?)"),
    (("agreement: 1, quiet: 1, drift: 0.8", "agreement: 1, quite: 1, drift: 0.8"), "objectives.no_shot.values.quite: unknown ending 'quite' (did you mean quiet?)"),
    (("doctrine: talks_first\n", "doctrine: talk_first\n"), "unknown doctrine 'talk_first' (did you mean talks_first?)"),
    (("preset: soft_world", "preset: soft"), "unknown preset 'soft' (did you mean soft_world?)"),
    (("draw: provocation", "draw: provocations"), "unknown table 'provocations' (did you mean provocation?)"),
    (("from: battery", "from: batery"), "unknown place 'batery' (did you mean battery?)"),
    (("islet: Their ship carries", "inlet: Their ship carries"), "stages.standoff.tells.inlet: unknown aim 'inlet' (did you mean islet?)"),
    (("{after: patrol", "{after: patroll"), "unknown callback 'patroll' (did you mean patrol?)"),
    (("talkers: Quiet is", "talker: Quiet is"), "endings.quiet.camps.talker: unknown camp 'talker' (did you mean talkers?)"),
    (("{patrols_provoke: strong, prior", "{patrol_provokes: strong, prior"), "unknown assumption 'patrol_provokes' (did you mean patrols_provoke?)"),
    (("patrols_provoke: strong, prior", "patrols_provoke: stronger, prior"), "presets.soft_world.set.patrols_provoke: unknown value 'stronger' (did you mean strong?)"),
    (("default: weak", "default: week"), "assumptions.patrols_provoke.default: unknown value 'week' (did you mean weak?)"),
    (("{collision: send_help}", "{colision: send_help}"), "doctrines.talks_first.answers.colision: unknown inject 'colision' (did you mean collision?)"),
    (("{collision: send_help}", "{collision: send_hlp}"), "unknown answer 'send_hlp' (did you mean send_help?)"),
    (("- {id: holds, weight: 4}", "- {id: hold, weight: 4}"), "responses.wait.reaction.hold.id: unknown reaction 'hold' (did you mean holds?); one of its own needs title and by"),
    (("course: sit\n", "course: zzz\n"), "unknown response 'zzz' (known: wait, call, patrol, warn, embargo, sit, walk_out)"),
]  # fmt: skip


@pytest.mark.parametrize("change, said", UNKNOWN, ids=[said for _, said in UNKNOWN])
def test_an_unknown_name_is_told_with_the_nearest_known_one(
    told: Callable[..., list[str]], change: tuple[str, str], said: str
) -> None:
    """Whatever refers to something refers to something that is there."""
    lines = told(change)
    assert any(said in line for line in lines), lines


EXPRESSIONS = [
    (("when: line >= 3 and not shots", "when: lime >= 3 and not shots"), ":193:34: transitions.1.when: unknown name 'lime' (did you mean 'line'?)"),
    (("when: line >= 3 and not shots", "when: line >= 3 and not shot"), ":193:52: transitions.1.when: unknown name 'shot' (did you mean 'shots'?)"),
    (("when: line >= 3 and not shots", "when: line >= 3 and and"), ":193:"),
    (("when: line >= 3 and not shots", "when: shots >= 3"), ":193:34: transitions.1.when: 'shots' is a flag"),
    (("when: line >= 3 and not shots", "when: line"), "is a value, not a condition"),
    (("when: line >= 3 and not shots", "when: line >= talks"), "line is compared with whole numbers"),
    (("when: line >= 3 and not shots", "when: line >= 30"), "lies outside line, which runs from 0 to 3"),
    (("when: line >= 3 and not shots", "when: __import__('os').system('true')"), "is not a condition"),
    (("when: patron >= wary\n", "when: patron >= weary\n"), "supports.ask_ally.when: unknown name 'weary' (did you mean 'wary'?)"),
    (("occurs: flared", "occurs: flares"), "forecast.occurs: unknown name 'flares'"),
    (("met: not shots", "met: not shooting"), "roles.premier.goals.1.met: unknown name 'shooting'"),
    (("weight: 2 + patrols_provoke", "weight: 2 + patrol_provokes"), "responses.patrol.reaction.provokes.weight: unknown name"),
    (("weight: 2 + patrols_provoke", "weight: 2 + tension"), "is a track: compare it"),
    (("weight: 2 + patrols_provoke", "weight: 2 / 3"), "only + - *"),
    (("shift: 1 * (aim == respect)", "shift: 1 * (aim == respected)"), "reactions.engages.shift: unknown name 'respected' (did you mean 'respect'?)"),
    (("quiet: 2", "quiet: two"), "quiet: unknown name 'two'"),
    (("weight: 4}", "weight: -4}"), "responses.wait.reaction.holds.weight: the weight -4 is negative"),
    (("weight: 4}", "weight: 4000000}"), "can grow to 4000000, at most 1000000 wanted"),
    (("weight: 4}", "weight: 1000 * 1001}"), "can grow to 1001000, at most 1000000 wanted"),
]  # fmt: skip


@pytest.mark.parametrize("change, said", EXPRESSIONS, ids=[said for _, said in EXPRESSIONS])
def test_an_expression_that_cannot_be_read_is_told_at_its_column(
    told: Callable[..., list[str]], change: tuple[str, str], said: str
) -> None:
    """The column is that of the word inside the guard, not of the guard."""
    lines = told(change)
    assert any(said in line for line in lines), lines


def test_a_column_counts_inside_quotes_too(told: Callable[..., list[str]]) -> None:
    """And a guard that runs over several lines is told where it begins."""
    quoted = told(("when: line >= 3 and not shots", 'when: "line >= 3 and not shot"'))
    assert quoted[0].startswith("it.yaml:193:53: ")
    folded = told(("when: agreed\n", "when: >-\n      not shots\n      and agred\n"))
    assert folded[0].startswith("it.yaml:406:11: endings.agreement.when: ")


def test_the_same_expression_is_parsed_once(minimal: Loaded) -> None:
    """Scenarios repeat their guards; a guard that is wrong is wrong wherever it stands."""
    expressions = Expressions(names_of(minimal.scenario))
    assert expressions.guard("line >= 3") is expressions.guard("line >= 3")
    assert expressions.guard("lime >= 3") is expressions.guard("lime >= 3")
    assert expressions.weight(3) is expressions.weight(3)


def test_callbacks_look_back_on_choices_news_and_what_chance_brought(minimal: Loaded) -> None:
    """A later text may remember a response, a support, an answer, an inject, an outcome."""
    known = known_names(minimal.scenario)["callback"]
    for name in ("patrol", "ask_ally", "send_help", "storm", "flare", "provokes", "low", "lamp"):
        assert name in known
    assert "talks" not in known


def test_a_valid_scenario_has_no_problems(minimal: Loaded) -> None:
    """What every other test changes is right before it is changed."""
    assert problems(minimal.scenario) == []
    assert isinstance(names_of(minimal.scenario), Names)
