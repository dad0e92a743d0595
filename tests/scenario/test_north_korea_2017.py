"""The crisis of 2017 as a model: what its numbers promise, and that no camp wins by the rules alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import pytest

from tabletop.rules.compiler import compile_program
from tabletop.rules.playout import Tally, sample
from tabletop.scenario.moves import Outcome
from tabletop.scenario.parts import Consequence
from tabletop.scenario.schema import Scenario
from tabletop.scenario.source import load

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "scenarios" / "north-korea-2017.yaml"
SHINGLES = ROOT / "tests" / "fixtures" / "article-shingles.txt"
GAMES = 1500
RECKLESS = "reckless"
CARD_WORDS = 70
MENU = 6
OFFERED = 9
NAMED = {"sources", "A55"}
"""Where the article's title and its publisher's name must stand word for word."""


@cache
def crisis() -> Scenario:
    return load(PATH).scenario


@cache
def played(doctrine: str, preset: str | None = None, games: int = GAMES) -> Tally:
    chosen = crisis().presets[preset].set if preset else {}
    program = compile_program(crisis(), dict(chosen))
    return sample(program, doctrine, games, watch=("icbm_flown",))


def accepted(camp: str, doctrine: str, preset: str | None = None, games: int = GAMES) -> float:
    tally = played(doctrine, preset, games)
    return sum(map(tally.share, crisis().camps[camp].accepts))


SOBER = sorted(set(crisis().doctrines) - {RECKLESS})


@pytest.mark.parametrize("doctrine", SOBER)
def test_war_stays_rare_where_nobody_is_reckless(doctrine: str) -> None:
    """At most six games in a hundred end in general war."""
    assert played(doctrine).share("war") <= 0.06


def test_recklessness_is_punished() -> None:
    """The doctrine that shows the edge finds it more often than all others together."""
    assert played(RECKLESS).share("war") > sum(played(each).share("war") for each in SOBER)


@pytest.mark.parametrize("doctrine", sorted(crisis().doctrines))
def test_no_policy_has_a_freeze_for_the_asking(doctrine: str) -> None:
    """A negotiated freeze never comes in more than three games of ten."""
    assert played(doctrine).share("negotiated_freeze") <= 0.3


def test_history_remains_likely() -> None:
    """Playing what was done in 2017, an ICBM flies in most games, and not in all."""
    flown = played("history").watched["icbm_flown"] / GAMES
    assert 0.65 <= flown <= 0.9


def test_every_ending_is_met_and_none_swallows_the_rest() -> None:
    """Some doctrine reaches each ending; in random games none takes half."""
    for ending in crisis().endings:
        assert any(played(doctrine).share(ending) > 0 for doctrine in crisis().doctrines), ending
        assert played("random").share(ending) <= 0.5


def test_each_camps_policy_does_about_as_well_by_its_own_lights() -> None:
    """Tuned so, which is a choice for teaching and not a finding."""
    shares = [accepted(name, camp.doctrine) for name, camp in crisis().camps.items()]
    assert min(shares) > 0.3
    assert max(shares) - min(shares) <= 0.1


def test_each_camps_world_favours_its_own_policy() -> None:
    """The dials carry the disagreement: under a camp's preset its doctrine does better."""
    for name, camp in crisis().camps.items():
        (rival,) = (other for key, other in crisis().camps.items() if key != name)
        own = accepted(name, camp.doctrine, camp.preset, games=600)
        assert own > accepted(name, rival.doctrine, camp.preset, games=600)


def test_every_launch_teaches_its_makers() -> None:
    """Flights that fail add to what they can do, as those do that succeed."""
    for flight in (*outcomes("irbm_flight"), *outcomes("icbm_flight")):
        assert flight.effects.get("capability") == 1, flight.id


def test_meeting_costs_nothing_of_itself() -> None:
    """To offer or to go on with talks gives up neither sanctions nor readiness."""
    for name in ("talks_now", "dual_track", "conditional_talks", "press_round", "summit_offer"):
        moved = set(crisis().responses[name].effects)
        assert not moved & {"pressure", "deterrence"}, name


def test_pausing_the_drills_costs_what_its_critics_say() -> None:
    """Readiness at once, and the confidence of an ally that was told and not persuaded."""
    for name in ("pause_drills", "dual_suspension"):
        response = crisis().responses[name]
        assert response.effects["deterrence"] == -1
        assert any(extra.effects.get("alliance") == -1 for extra in response.also)
        assert response.consent is not None


def test_war_comes_only_from_force_incidents_and_the_brink() -> None:
    """No offer, sanction, drill or launch leads to it directly, and no round of talks."""
    owners = {owner for owner, outcome in every_outcome() if "war" in outcome.sets}
    assert owners == {"incident", "intercept", "strike_result", "brink"}


def test_menus_hold_nine_and_class_menus_six() -> None:
    """Keys 1 to 9 reach every response, and a class sees six in every stage and turn."""
    for stage in crisis().stages:
        for turn in range(1, len(crisis().calendar) + 1):
            offered = [
                response
                for response in crisis().responses.values()
                if stage in response.stages and (not response.turns or turn in response.turns)
            ]
            assert len(offered) <= OFFERED, (stage, turn)
            assert sum(response.class_menu for response in offered) == MENU, (stage, turn)


def test_a_card_is_read_at_a_glance() -> None:
    """The act, both cases, what is unknown and who refuses: seventy words at most."""
    for name, response in crisis().responses.items():
        texts = [response.act, response.for_.text, response.against.text, response.unknown or ""]
        texts += [response.consent.refusal] if response.consent else []
        assert sum(len(text.split()) for text in texts) <= CARD_WORDS, name


def test_every_game_meets_one_flash_decision() -> None:
    """They share one turn and exclude one another, so that which one comes is no state."""
    flashes = [inject for inject in crisis().injects.values() if inject.answers]
    assert len(flashes) >= 3
    assert len({inject.turn for inject in flashes}) == 1
    assert all(len(inject.answers) >= 2 for inject in flashes)


def test_earlier_choices_come_back() -> None:
    """The red line, the visas, the drills and the calls to allies are remembered in later texts."""
    remembered = set(values(crisis(), "after"))
    assert {"red_line_tweet", "grant_visas", "pause_drills", "consult_allies"} <= remembered
    flies = next(flight for flight in outcomes("icbm_flight") if flight.id == "flies")
    assert "red_line_tweet" in {callback.after for callback in flies.callbacks}


def test_no_text_is_the_articles_own() -> None:
    """No eight words in a row stand in the article, names and title apart."""
    known = set(SHINGLES.read_text(encoding="utf-8").split())
    taken = [
        (path, " ".join(run))
        for path, text in texts(crisis())
        if not NAMED & set(path)
        for run in runs(text)
        if blake2b(" ".join(run).encode(), digest_size=4).hexdigest() in known
    ]
    assert taken == []


def test_a_sentence_of_the_article_would_be_noticed() -> None:
    """The list of hashes is the article's: its title is found in it."""
    known = set(SHINGLES.read_text(encoding="utf-8").split())
    title = crisis().sources["article"].title
    assert all(
        blake2b(" ".join(run).encode(), digest_size=4).hexdigest() in known for run in runs(title)
    )


def outcomes(table: str) -> tuple[Outcome, ...]:
    return crisis().tables[table].outcomes


def every_outcome() -> Iterator[tuple[str, Consequence]]:
    """All that may happen, with the id of what it belongs to."""
    for group in ("tables", "events"):
        for owner, part in getattr(crisis(), group).items():
            for outcome in part.outcomes:
                yield owner, outcome
    for group in ("responses", "injects", "supports", "reactions"):
        for owner, part in getattr(crisis(), group).items():
            yield owner, part
            yield from ((owner, outcome) for outcome in getattr(part, "reaction", ()))
            for answer in getattr(part, "answers", {}).values():
                yield owner, answer
                yield from ((owner, outcome) for outcome in answer.reaction)


def texts(part: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every string of a scenario with the keys that lead to it."""
    if isinstance(part, str):
        yield path, part
    elif isinstance(part, Mapping):
        for name, value in part.items():
            yield from texts(value, (*path, str(name)))
    elif isinstance(part, tuple | list):
        for value in part:
            yield from texts(value, path)
    elif is_dataclass(part):
        for field in fields(part):
            yield from texts(getattr(part, field.name), (*path, field.name))


def values(part: object, name: str) -> Iterator[str]:
    """Every string that stands under a key of this name."""
    return (text for path, text in texts(part) if path[-1] == name)


def runs(text: str) -> Iterator[list[str]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return (words[at : at + 8] for at in range(len(words) - 7))
