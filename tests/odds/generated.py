"""Small scenarios, worlds and positions that nobody thought of, for Hypothesis.

Scenarios are made so that they are valid: each goes through tabletop's own reader, as a
text (JSON is YAML), and none is thrown away. They are small enough for the slow oracle,
and have everything that the rules know: chained tables, shifts, flash decisions, ways
back, memory, plans, and deltas that overshoot so that clamping matters.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tabletop.rules.compiler import compile_program
from tabletop.rules.program import Program
from tabletop.scenario.source import Loaded, read
from tests.odds.generated_places import places, sampled_places, worlds
from tests.odds.generated_terms import Draw, Words, chance_list, dividing, effects, guard, weight

__all__ = [
    "as_loaded",
    "as_text",
    "ending",
    "frame",
    "patient",
    "places",
    "programs",
    "response",
    "sampled_places",
    "scenario_data",
    "scenarios",
    "worlds",
]

Data = dict[str, Any]
"""A scenario, or a part of it, as plain data."""


def patient(examples: int) -> settings:
    """So many examples, however long a busy machine takes to make a scenario (20 ms and more)."""
    return settings(max_examples=examples, suppress_health_check=[HealthCheck.too_slow])


def as_text(data: Data) -> str:
    """The scenario as the text of a file."""
    return json.dumps(data, indent=1)


def as_loaded(data: Data) -> Loaded:
    """The scenario as tabletop reads it; raises `ScenarioError` with everything wrong with it."""
    return read(as_text(data), "generated.yaml")


@st.composite
def scenarios(draw: Draw, *, turns: tuple[int, int] = (2, 3)) -> Loaded:
    """A valid scenario of so many turns (fewest, most)."""
    return as_loaded(draw(scenario_data(turns=turns)))


@st.composite
def programs(
    draw: Draw, *, turns: tuple[int, int] = (2, 3), planned: bool | None = None
) -> Program:
    """A compiled scenario under assumptions of its own and, or without, a timing plan."""
    scenario = draw(scenarios(turns=turns)).scenario
    chosen = {
        name: draw(st.sampled_from(sorted(dial.values)))
        for name, dial in scenario.assumptions.items()
    }
    wanted = draw(st.booleans()) if planned is None else planned
    return compile_program(scenario, chosen, "plan" if wanted else None)


@st.composite
def scenario_data(draw: Draw, *, turns: tuple[int, int] = (2, 3)) -> Data:
    """A valid scenario as plain data."""
    count = draw(st.integers(*turns))
    words = _words(draw, count)
    data = frame(words)
    data["assumptions"] = {
        "dial": {
            **_titled("Dial"),
            "text": "A dial.",
            "values": {"low": 0, "mid": 1, "high": 2},
            "default": draw(st.sampled_from(["low", "mid", "high"])),
        }
    }
    data["transitions"] = _transitions(draw, words)
    data["reactions"] = {
        name: {
            **_titled(name),
            "by": "them",
            "shift": weight(draw, words, least=0 if name == "nods" else None),
            **effects(draw, words),
            **({"draw": "table0"} if name == "bristles" and draw(st.booleans()) else {}),
        }
        for name in words.kinds
    }
    data["tables"] = _tables(draw, words)
    data["supports"] |= _supports(draw, words)
    data["responses"] |= _responses(draw, words)
    if len(words.stages) > 1 and draw(st.booleans()):
        data["responses"]["course1"] = response(stages=[words.stages[1]]) | effects(draw, words)
        data["stages"][words.stages[1]]["course"] = "course1"
    data["quiet"] = weight(draw, words, least=1)
    data["injects"] = _injects(draw, words)
    data["events"] = {
        f"event{number}": {
            **_titled("Event"),
            "by": "chance",
            **_sometimes(draw, when=guard(draw, words)),
            "outcomes": chance_list(draw, words, tables=words.tables),
        }
        for number in range(draw(st.integers(0, 2)))
    }
    data["forecast"]["occurs"] = dividing(draw, words)
    data |= _ends(draw, words)
    data["doctrines"] = _doctrines(draw, words, data)
    data["timings"] = {"plan": _plan(draw, words, data)}
    for name in words.aims:
        least = 1 if name == words.aims[0] else None
        data["aims"][name]["weight"] = weight(draw, words, least=least)
    return data


def frame(words: Words) -> Data:
    """The parts that every scenario must have: one open response, one support, one ending."""
    return {
        "format": 1,
        "id": "generated",
        "version": "1.0",
        "title": "Generated",
        "summary": "A scenario that a machine made.",
        "content_note": "Nothing.",
        "sources": {},
        "roles": {"one": {**_titled("One"), "brief": "You decide.", "decides": True}},
        "sides": {"us": _titled("Us")},
        "actors": {"them": _titled("They"), "chance": _titled("Chance")},
        "calendar": [{"date": f"Day {n + 1}", "title": "A day"} for n in range(words.turns)],
        "tracks": {
            name: {
                **_titled(name),
                **({"levels": words.levels[name]} if name in words.levels else {"range": [*ends]}),
                "start": words.starts[name],
                "low": "Low",
                "high": "High",
                "why": "It does.",
            }
            for name, ends in words.tracks.items()
        },
        "flags": dict(words.flags),
        "aims": {name: {**_titled(name), "text": "An aim.", "weight": 1} for name in words.aims},
        "forecast": {"question": "Will it come?", "occurs": "turn >= 1"},
        "stages": {
            name: {**_titled(name), "brief": "A stage.", "course": "course"}
            for name in words.stages
        },
        "supports": {"nothing": {**_titled("Nothing"), "act": "Nothing."}},
        "responses": {"course": response(stages=list(words.stages))},
        "endings": {"rest": ending()},
        "objectives": {"only": {**_titled("Only"), "text": "A value.", "values": {"rest": 1}}},
        "doctrines": {},
    }


def response(stages: Sequence[str]) -> Data:
    """A response without effects, open wherever it is offered."""
    return {
        **_titled("Response"),
        "instrument": "diplomatic",
        "stages": list(stages),
        "act": "An act.",
        "for": {"text": "Yes."},
        "against": {"text": "No."},
    }


def ending() -> Data:
    """The ending that takes what is left."""
    return {**_titled("Ending"), "epilogue": "It ended.", "camps": {}}


def _titled(name: str) -> Data:
    return {"title": name}


def _sometimes(draw: Draw, **parts: object) -> Data:
    return {name: part for name, part in parts.items() if draw(st.booleans())}


def _words(draw: Draw, turns: int) -> Words:
    tracks, starts, levels = {}, dict[str, int | str](), dict[str, list[str]]()
    for number in range(draw(st.integers(2, 3))):
        name, low = f"track{number}", draw(st.integers(-1, 1))
        high = low + draw(st.integers(1, 3))
        tracks[name], starts[name] = (low, high), draw(st.integers(low, high))
    if draw(st.booleans()):
        levels["track0"] = ["off", "half", "full"][: draw(st.integers(2, 3))]
        tracks["track0"] = (0, len(levels["track0"]) - 1)
        starts["track0"] = draw(st.sampled_from(levels["track0"]))
    flags: Data = {"brief": {**_titled("Brief"), "lasts": "turn"}, "kept": _titled("Kept")}
    if draw(st.booleans()):
        flags["echo"] = {**_titled("Echo"), "remembers": "brief", "start": draw(st.booleans())}
    if draw(st.booleans()):
        flags["held"] = {**_titled("Held"), "start": draw(st.booleans())}
    return Words(
        turns=turns,
        tracks=tracks,
        starts=starts,
        levels=levels,
        flags=flags,
        stages=[f"stage{number}" for number in range(draw(st.integers(2, 3)))],
        aims=[f"aim{number}" for number in range(draw(st.integers(1, 3)))],
        kinds=["nods", "bristles"],
        tables=["table0", "table1"][: draw(st.integers(1, 2))],
    )


def _transitions(draw: Draw, words: Words) -> list[Data]:
    found = []
    for number, stage in enumerate(words.stages[1:], start=1):
        before = words.stages[:number]
        origins = draw(st.sampled_from(["any", [before[0]], before]))
        found.append({"from": origins, "to": stage})
    entered = words.stages[1:]
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            some = draw(st.lists(st.sampled_from(entered), min_size=1, unique=True))
            found.append({"from": some, "to": "previous"})
            continue
        target = draw(st.sampled_from(words.stages))
        others = [stage for stage in words.stages if stage != target]
        some = draw(st.lists(st.sampled_from(others), min_size=1, unique=True))
        found.append({"from": some, "to": target})
    ways = [{**way, "when": guard(draw, words), "text": "On."} for way in found]
    return draw(st.permutations(ways))


def _tables(draw: Draw, words: Words) -> Data:
    """Each may draw from those after it, so that they end."""
    return {
        name: {
            **_titled(name),
            "outcomes": chance_list(draw, words, tables=words.tables[number + 1 :]),
        }
        for number, name in enumerate(words.tables)
    }


def _supports(draw: Draw, words: Words) -> Data:
    return {
        f"support{number}": {
            **_titled("Support"),
            "act": "An act.",
            **_sometimes(draw, when=guard(draw, words, aim=False)),
            **effects(draw, words),
        }
        for number in range(1, draw(st.integers(2, 3)))
    }


def _responses(draw: Draw, words: Words) -> Data:
    found = {}
    for number in range(draw(st.integers(2, 5))):
        stages = draw(st.lists(st.sampled_from(words.stages), min_size=1, unique=True))
        turns = st.lists(st.integers(1, words.turns), min_size=1, unique=True)
        consent = {"by": "them", "when": guard(draw, words, aim=False), "refusal": "No."}
        found[f"response{number}"] = {
            **response(stages),
            **_sometimes(draw, when=guard(draw, words, aim=False), closed="Closed."),
            **(_sometimes(draw, consent=consent) if draw(st.booleans()) else {}),
            **(_sometimes(draw, turns=draw(turns)) if draw(st.booleans()) else {}),
            **effects(draw, words),
            "reaction": chance_list(draw, words, tables=words.tables, kinds=words.kinds)
            if draw(st.integers(0, 3))
            else [],
        }
    return found


def _injects(draw: Draw, words: Words) -> Data:
    found, day = Data(), st.integers(1, words.turns)
    days = st.lists(day, min_size=min(2, words.turns), unique=True)
    flash = draw(st.sampled_from(["", "planned", "other", "once", "often"]))
    kinds: Mapping[str, Data] = {
        "planned": {"turn": draw(day)},
        "other": {"turn": draw(day)},
        "once": {"turns": [draw(day)]},
        "often": {"turns": draw(days)},
    }
    for name, part in kinds.items():
        if name != flash and not draw(st.booleans()):
            continue
        found[name] = {
            **_titled("News"),
            **part,
            **({"weight": weight(draw, words)} if "turns" in part else {}),
            **_sometimes(draw, when=guard(draw, words)),
            **effects(draw, words),
        }
        if name == flash:
            found[name]["answers"] = {f"answer{n}": _answer(draw, words) for n in range(2)}
    return found


def _answer(draw: Draw, words: Words) -> Data:
    reaction = chance_list(draw, words, tables=words.tables, kinds=words.kinds)
    return {
        **_titled("Answer"),
        "act": "An act.",
        **effects(draw, words),
        **_sometimes(draw, reaction=reaction),
    }


def _ends(draw: Draw, words: Words) -> Data:
    endings = {
        f"ending{number}": {
            **ending(),
            "when": dividing(draw, words),
            "at": draw(st.sampled_from(["last", "last", "last", "any"])),
        }
        for number in range(draw(st.integers(1, 3)))
    }
    endings["rest"] = ending()
    values = {name: draw(st.sampled_from([0, 0.25, 0.5, 1])) for name in endings}
    objective = {**_titled("Objective"), "text": "A value.", "values": values}
    return {"endings": endings, "objectives": {"wish": objective}}


def _doctrines(draw: Draw, words: Words, data: Data) -> Data:
    responses, supports = sorted(data["responses"]), list(data["supports"])
    flashes = {name: part for name, part in data["injects"].items() if "answers" in part}
    rules = [
        {
            **_sometimes(draw, when=guard(draw, words, aim=False)),
            "choose": draw(st.lists(st.sampled_from(responses), min_size=1, unique=True)),
            **_sometimes(draw, support=draw(st.sampled_from(supports))),
        }
        for _ in range(draw(st.integers(1, 3)))
    ]
    return {
        "ruled": {
            **_titled("Ruled"),
            "text": "It has rules.",
            "rules": rules,
            "answers": {
                name: draw(st.sampled_from(sorted(part["answers"])))
                for name, part in flashes.items()
            },
        },
        "idle": {**_titled("Idle"), "text": "It has none."},
        "anything": {**_titled("Anything"), "text": "It draws lots.", "uniform": True},
    }


def _plan(draw: Draw, words: Words, data: Data) -> Data:
    modes: list[Data] = [
        {"mode": "decided"},
        {
            "mode": "preset",
            "response": draw(st.sampled_from(sorted(data["responses"]))),
            **_sometimes(draw, support=draw(st.sampled_from(sorted(data["supports"])))),
        },
        {"mode": "standing", "doctrine": "ruled"},
        {"mode": "standing", "doctrine": "anything"},
    ]
    return {
        **_titled("Plan"),
        "minutes": 50,
        "before": 5,
        "turn": {"talk": 5},
        "after": {"talk": 5},
        "turns": [draw(st.sampled_from(modes)) for _ in range(words.turns)],
    }
