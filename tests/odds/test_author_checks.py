"""What playing a scenario out finds: each check with a kettle that triggers it, and one that is well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.odds import author_checks as checks
from tabletop.odds import coverage as covering
from tabletop.odds.author_checks import Checked, author_checks
from tabletop.odds.pinned import pinned
from tabletop.odds.reading_time import WORDS_A_MINUTE
from tabletop.odds.rivals import Rivalry, objectives, rivalry
from tabletop.rules.compiler import compile_program
from tabletop.rules.play import Play
from tabletop.rules.program import Program
from tabletop.rules.start import begin
from tabletop.scenario.catalogue import shipped
from tabletop.scenario.findings import Noticed
from tabletop.scenario.schema import Scenario
from tabletop.scenario.source import load, read
from tests.odds.oracle import Oracle, ways

KETTLE = Path(__file__).parent / "kettle.yaml"
FIRST_GAME = next(path for path in shipped() if path.stem == "first-game")
MINIMAL = Path(__file__).parent.parent / "fixtures/scenarios/minimal.yaml"

Change = tuple[str, str]

DOWN = "{id: settles, weight: 1}\n      - {id: spits"
NEVER = [
    ("unreached stage", "rattling", [("when: heat >= 3, text: It begins", "when: heat >= 4 and heat <= 2, text: It begins")]),
    ("unreached transition", "still.rattling", [("when: heat >= 3, text: It begins", "when: heat >= 4 and heat <= 2, text: It begins")]),
    ("unreached transition", "rattling.still", [("when: heat <= 2, text: It is still", "when: heat <= 2 and heat >= 3, text: It is still")]),
    ("unreached support", "lid", [("when: heat >= 1, sets: [heard]", "when: heat >= 4, sets: [heard]")]),
    ("unreached response", "turn_down", [("    when: heat >= 1\n    act: You turn it down", "    when: heat >= 4\n    act: You turn it down")]),
    ("unreached inject", "guest", [("turn: 2, when: heat >= 1", "turn: 2, when: heat >= 4")]),
    ("idle turn", "draught", [("turns: [2, 3], weight: 1", "turns: [2, 3], when: turn == 3, weight: 1")]),
    ("unreached table", "splash", [("by: stove, draw: splash}", "by: stove}")]),
    ("unreached outcome", "splash.hand", [("{id: hand, weight: 1,", "{id: hand, weight: 1 * (heat >= 4) * (turn == 1),")]),
    ("unreached outcome", "turn_up.spits", [("{id: spits, weight: 1,", "{id: spits, weight: 1 * (heat <= 0),")]),
    ("unreached outcome", "whistle.loud", [("{id: loud, weight: 1,", "{id: loud, weight: 1 * (heat <= 2),")]),
    ("unreached event", "whistle", [("    when: heat >= 3\n    outcomes", "    when: heat >= 3 and heat <= 1\n    outcomes")]),
    ("unreached ending", "tea", [("{title: Tea, when: heat >= 3,", "{title: Tea, when: heat >= 4,")]),
]  # fmt: skip


def changed(*changes: Change) -> Scenario:
    """The kettle with some pieces of its text replaced."""
    text = KETTLE.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return read(text, "kettle.yaml").scenario


def found(checked: Checked) -> set[tuple[str, str]]:
    """What was noticed, by kind and what it is about."""
    return {(each.kind, each.of) for each in checked.noticed}


@pytest.mark.parametrize("path", [KETTLE, FIRST_GAME], ids=lambda path: path.stem)
def test_a_scenario_in_which_everything_comes_has_no_finding(path: Path) -> None:
    """Neither the kettle nor what we ship to begin with."""
    assert author_checks(load(path).scenario).noticed == ()


@pytest.mark.parametrize("kind, of, changes", NEVER, ids=[f"{k}-{o}" for k, o, _ in NEVER])
def test_what_never_comes_is_told(kind: str, of: str, changes: list[Change]) -> None:
    """Where a guard or a weight leaves it no situation to come in."""
    assert (kind, of) in found(author_checks(changed(*changes)))


def test_what_comes_in_another_world_is_not_told() -> None:
    """A part that waits for an assumption of some preset is there for that preset."""
    late = (
        "{title: A guest, turn: 2, when: heat >= 1",
        "{title: A guest, turn: 2, when: gas == strong",
    )
    assert ("unreached inject", "guest") not in found(author_checks(changed(late)))
    nowhere = ("set: {gas: strong}", "set: {gas: weak}")
    assert ("unreached inject", "guest") in found(author_checks(changed(late, nowhere)))


def test_a_transition_is_told_for_each_stage_that_it_never_leaves() -> None:
    """One that fires from one of its stages may never fire from the other."""
    out = "  out: {title: Out, brief: It is out., course: watch}\ntransitions:\n"
    dry = "  - {from: [still, rattling], to: out, when: heat <= 0, text: Out.}\n"
    watch = "    title: Watch it\n    instrument: diplomatic\n    stages: [still, rattling"
    noticed = found(author_checks(changed(("transitions:\n", out + dry), (watch, f"{watch}, out"))))
    assert ("unreached transition", "rattling.out") in noticed
    assert ("unreached transition", "still.out") not in noticed


def test_what_an_impossible_aim_alone_would_bring_is_told() -> None:
    """An aim with no weight is nobody's aim."""
    never = (
        "{title: To boil, text: It boils., weight: 1}",
        "{title: To boil, text: It boils., weight: 0}",
    )
    waits = ("{id: loud, weight: 1,", "{id: loud, weight: 1 * (aim == boil),")
    assert ("unreached outcome", "whistle.loud") in found(author_checks(changed(never, waits)))
    assert ("unreached outcome", "whistle.loud") not in found(author_checks(changed(waits)))


def test_a_situation_without_any_way_on_is_told() -> None:
    """The loader refuses what leads there; a scenario that is made otherwise is looked through."""
    scenario = changed()
    assert not any(kind == "dead end" for kind, _ in found(author_checks(scenario)))
    closed = {name: replace(each, when="heat <= 2") for name, each in scenario.supports.items()}
    noticed = found(author_checks(replace(scenario, supports=closed)))
    assert ("dead end", "rattling") in noticed
    assert ("dead end", "still") not in noticed


# What is best.


def test_a_response_that_is_never_the_one_best_thing_is_told() -> None:
    """Such as one that does what another does: it ties, and no objective wants it alone."""
    twin = (
        "  turn_down:\n",
        "  rest:\n    title: Do nothing\n    instrument: informational\n    stages: [still, rattling]\n    act: You wait.\n    for: {text: Why not.}\n    against: {text: Why.}\n    reaction:\n      - {id: settles, weight: 1}\n      - {id: hisses, weight: 1 + gas + 1 * (aim == boil)}\n  turn_down:\n",
    )
    noticed = found(author_checks(changed(twin)))
    assert {("never best", "rest"), ("never best", "watch")} <= noticed
    assert ("never best", "turn_up") not in noticed


def test_a_response_that_is_always_best_is_told() -> None:
    """By the scenario's own objectives; those that are made up would always differ."""
    dry = (
        "values: {over: 0, tea: 1, water: 0.3, cold: 0}",
        "values: {over: 0, tea: 0.3, water: 0.9, cold: 1}",
    )
    also = (
        "values: {over: 0, tea: 0.5, water: 1, cold: 0.9}",
        "values: {over: 0, tea: 0.2, water: 0.5, cold: 1}",
    )
    always = ("    when: heat >= 1\n    act: You turn it down", "    act: You turn it down")
    assert ("always best", "turn_down") in found(author_checks(changed(dry, also, always)))
    assert not any(kind == "always best" for kind, _ in found(author_checks(changed())))


@pytest.mark.parametrize("path", [KETTLE, FIRST_GAME, MINIMAL], ids=lambda path: path.stem)
def test_the_best_responses_are_those_of_plain_recursion(path: Path) -> None:
    """Every situation of decision, every aim and every declared objective, by the slow way."""
    program = compile_program(load(path).scenario)
    own, _ = objectives(program.scenario)
    judged = Rivalry()
    for _ in rivalry(program, own, judged):
        pass
    slow = _slowly(program)
    assert (judged.offered, judged.best, judged.beaten) == (slow.offered, slow.best, slow.beaten)


def _slowly(program: Program) -> Rivalry:
    known = Rivalry()
    oracle = Oracle(program, exact=False)
    for value in (each.values for each in program.scenario.objectives.values()):
        for play in _decisions(program):
            worth: dict[int, float] = {}
            for response, under in play.openings().items():
                for support in under:
                    twin = play.copy()
                    twin.carry_out(response, support)
                    got = float(oracle.best_from(twin, value))
                    worth[response] = max(worth.get(response, got), got)
            _note(known, worth)
    return known


def _note(known: Rivalry, worth: Mapping[int, float]) -> None:
    if len(worth) < 2:
        return
    for response, value in worth.items():
        others = max(other for name, other in worth.items() if name != response)
        known.offered.add(response)
        if value > others + 1e-9:
            known.best.add(response)
        if value < others - 1e-9:
            known.beaten.add(response)


def _decisions(program: Program) -> list[Play]:
    """Every situation of decision that a game can come to, once for each aim."""
    aims = range(len(program.scenario.aims))
    waiting, seen, found = [begin(program, 0, aim=aim) for aim in aims], set(), []
    while waiting:
        play = waiting.pop()
        key = (play.world, play.at, id(play.chance), play.prompt)
        if key in seen:
            continue
        seen.add(key)
        if play.prompt is not None and play.prompt.kind == "decide":
            found.append(play)
        waiting += [way.play for way in ways(play)]
    return found


def test_made_up_objectives_are_the_same_every_time() -> None:
    """So that a check finds today what it found yesterday; and each is one, from 0 to 1."""
    scenario = load(KETTLE).scenario
    own, others = objectives(scenario)
    assert objectives(scenario) == (own, others)
    assert len(others) == 30
    for each in (*own, *others):
        assert set(each) == set(scenario.endings)
        assert all(0 <= value <= 1 for value in each.values())


# Tracks, size and time.


def test_a_track_that_hardly_leaves_an_end_is_told() -> None:
    """By where it stands, under doctrines that play by rules, although no guard tells it apart."""
    still = (
        "  heat: {title: Heat",
        "  lamp: {title: Lamp, range: [0, 3], start: 0, low: Dark, high: Bright, why: It is day.}\n  heat: {title: Heat",
    )
    noticed = {each.of: each for each in author_checks(changed(still)).noticed}
    assert "its lowest, 0, in 100% of the decisions" in noticed["lamp"].what
    assert "heat" not in noticed


def test_how_often_a_track_is_pinned_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """The share of decisions after the first turn, by plain recursion over all games."""
    monkeypatch.setattr("tabletop.odds.pinned.OFTEN", 0.0)
    program = compile_program(load(KETTLE).scenario)
    shares = {pin.end: pin.share for pin in pinned(program)}
    by_doctrine = []
    for name in ("up", "down"):
        counted = {0: 0.0, 4: 0.0, None: 0.0}
        for aim in (0, 1):
            _count(program, begin(program, 0, aim=aim), name, 0.5, counted)
        by_doctrine.append({end: counted[end] / counted[None] for end in (0, 4)})
    for end in (0, 4):
        assert shares[end] == pytest.approx(sum(each[end] for each in by_doctrine) / 2, abs=1e-12)
    assert shares[0] > 0


def _count(
    program: Program, play: Play, name: str, chance: float, counted: dict[int | None, float]
) -> None:
    from tabletop.rules.doctrine import choose

    if play.prompt is not None:
        if play.world.turn > 1:
            counted[None] += chance
            if play.world.tracks[0] in counted:
                counted[play.world.tracks[0]] += chance
        twin = play.copy()
        twin.carry_out(*choose(twin, program.policies[name]))
        _count(program, twin, name, chance, counted)
        return
    following = list(ways(play))
    total = sum(way.weight or 0 for way in following)
    for way in following:
        _count(program, way.play, name, chance * (way.weight or 0) / total, counted)


def test_situations_are_counted_by_turn() -> None:
    """One to begin with; what no later guard tells apart counts once."""
    checked = author_checks(load(KETTLE).scenario)
    assert list(checked.decisions) == [1, 2, 3]
    assert checked.decisions[1] == 1
    assert 1 < checked.decisions[2] <= 5 * 2


def test_a_game_of_too_many_situations_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With how many there are in each turn."""
    monkeypatch.setattr(checks, "MOST_DECISIONS", 5)
    (large,) = author_checks(load(KETTLE).scenario).noticed
    assert (large.kind, large.of) == ("large game", "calendar")
    assert "1 in turn 1" in large.what
    assert "at most 5 are wanted" in large.todo


def test_a_game_that_cannot_be_played_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what makes it so large; what was seen until then is not called complete."""
    monkeypatch.setattr(covering, "MOST", 20)
    checked = author_checks(load(KETTLE).scenario)
    assert [each.kind for each in checked.noticed] == ["large game"]
    assert "more than 20 steps" in checked.noticed[0].what


LONG = "word " * 89 + "end."


@pytest.mark.parametrize(
    "of, changes",
    [
        ("short.turn_1", [("text: It is cold.}", f"text: {LONG}}}"), ("brief: Nothing moves.", f"brief: {LONG}"), ("turn: {read: 1}", "turn: {read: 0.5}")]),
        ("short.turn_2", [("text: Somebody wants tea.}", f"text: {LONG}}}"), ("turn: {read: 1}", "turn: {read: 0.25}")]),
        ("short.before", [("brief: You mind the stove.", f"brief: {LONG}"), ("before: 1", "before: 0")]),
        ("short.after", [("epilogue: It is cold.", f"epilogue: {LONG}"), ("after: {end: 1}", "after: {end: 0.3}")]),
    ],
    ids=["turn", "news", "before", "after"],
)  # fmt: skip
def test_what_takes_longer_to_read_than_planned_is_told(of: str, changes: list[Change]) -> None:
    """Before play, in the first phase of a turn, and after play; the texts are named."""
    noticed = {each.of: each for each in author_checks(changed(*changes)).noticed}
    assert noticed[of].kind == "long reading"
    assert f"at {WORDS_A_MINUTE} a minute" in noticed[of].what
    enough = [change for change in changes if "word" in change[1]]
    assert of not in {each.of for each in author_checks(changed(*enough)).noticed}


def test_every_finding_says_what_and_what_to_do() -> None:
    """And stands at a part of the scenario that is there."""
    for _, _, changes in NEVER:
        text = KETTLE.read_text("utf-8")
        for old, new in changes:
            text = text.replace(old, new)
        loaded = read(text, "kettle.yaml")
        for each in author_checks(loaded.scenario).noticed:
            assert isinstance(each, Noticed)
            assert each.what
            assert each.todo
            finding = each.placed(loaded)
            assert finding.fault.line > 1
            assert str(finding).endswith(each.todo)


def test_progress_is_heard_from_nothing_to_all() -> None:
    """And never goes back."""
    heard: list[float] = []
    author_checks(load(KETTLE).scenario, heard.append)
    assert heard == sorted(heard)
    assert 0 < heard[0] < 0.5
    assert heard[-1] == 1.0
