"""Guards, weights, effects and lists of outcomes for generated scenarios, as authors write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
_ORDERS = ["<=", ">=", "==", "!=", "<", ">"]


class Draw(Protocol):
    """Hypothesis' way to draw an example."""

    def __call__(self, strategy: SearchStrategy[T], /) -> T: ...


@dataclass(frozen=True)
class Words:
    """What the expressions and effects of one generated scenario may mention."""

    turns: int
    tracks: Mapping[str, tuple[int, int]]
    starts: Mapping[str, int | str]
    levels: Mapping[str, list[str]]
    flags: Mapping[str, Any]
    stages: list[str]
    aims: list[str]
    kinds: list[str]
    tables: list[str]


def guard(draw: Draw, words: Words, *, aim: bool = True) -> str:
    """A condition of one to three atoms; `aim` says whether it may read the hidden aim."""
    shape = draw(st.sampled_from(["a", "a", "a", "not a", "a and a", "a or a", "a and (a or a)"]))
    return "".join(_atom(draw, words, aim=aim) if part == "a" else part for part in _cut(shape))


def dividing(draw: Draw, words: Words) -> str:
    """A condition that play is likely to meet in some games and not in others."""
    kind = draw(st.sampled_from(["track", "track", "track", "flag", "stage"]))
    if kind == "flag":
        return draw(st.sampled_from(["kept", "brief", "not kept"]))
    if kind == "stage":
        return f"stage == {draw(st.sampled_from(words.stages))}"
    name = draw(st.sampled_from(sorted(words.tracks)))
    low, high = words.tracks[name]
    value = draw(st.integers(low + 1, high))
    shown = words.levels[name][value] if name in words.levels else value
    return f"{name} {draw(st.sampled_from(['<', '>=']))} {shown}"


def _cut(shape: str) -> list[str]:
    """The shape's atoms (the single letter a) and what stands between them."""
    return shape.replace("and", "AND").replace("a", "\0a\0").replace("AND", "and").split("\0")


def _atom(draw: Draw, words: Words, *, aim: bool) -> str:
    kind = draw(st.sampled_from(["track", "track", "flag", "flag", "stage", "turn", "dial", "aim"]))
    if kind == "flag":
        return draw(st.sampled_from(sorted(words.flags)))
    if kind == "stage":
        return f"stage {draw(st.sampled_from(['==', '!=']))} {draw(st.sampled_from(words.stages))}"
    if kind == "turn":
        return f"turn {draw(st.sampled_from(_ORDERS))} {draw(st.integers(1, words.turns))}"
    if kind == "dial":
        return f"dial >= {draw(st.sampled_from(['mid', 'high']))}"
    if kind == "aim" and aim:
        return f"aim == {draw(st.sampled_from(words.aims))}"
    name = draw(st.sampled_from(sorted(words.tracks)))
    if name in words.levels:
        value: int | str = draw(st.sampled_from(words.levels[name]))
    else:
        value = draw(st.integers(*words.tracks[name]))
    return f"{name} {draw(st.sampled_from(_ORDERS))} {value}"


def weight(draw: Draw, words: Words, *, least: int | None = None) -> int | str:
    """A weight that is never below `least`; without one, perhaps below 0 in some worlds."""
    base = draw(st.integers(least or 0, (least or 0) + 3))
    shape = draw(st.sampled_from(["plain", "plain", "guard", "dial", "both"]))
    if shape == "plain":
        return base
    sign = "+" if least is not None or draw(st.booleans()) else "-"
    condition = guard(draw, words)
    if shape == "dial":
        return f"{base} {sign} dial * ({condition})"
    term = f"{base} {sign} {draw(st.integers(1, 3))} * ({condition})"
    return term if shape == "guard" else f"{term} + 1 * ({guard(draw, words)})"


def effects(draw: Draw, words: Words, *, further: bool = True) -> dict[str, Any]:
    """What something does to the world; often little, now and then more than a track holds."""
    found: dict[str, Any] = {}
    delta = st.sampled_from([1, -1, 1, -1, 2, -2, 3, -4])
    count = draw(st.sampled_from([1, 1, 2, 0]))
    tracks = [draw(st.sampled_from(sorted(words.tracks))) for _ in range(count)]
    if tracks:
        found["effects"] = {name: draw(delta) for name in tracks}
    for verb in ("sets", "clears"):
        if draw(st.integers(0, 3)) == 0:
            found[verb] = [draw(st.sampled_from(sorted(words.flags)))]
    if further and draw(st.integers(0, 2)) == 0:
        found["also"] = [
            {"when": guard(draw, words), **effects(draw, words, further=False)}
            for _ in range(draw(st.integers(1, 2)))
        ]
    return found


def chance_list(
    draw: Draw, words: Words, *, tables: Sequence[str], kinds: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Outcomes to draw from, the first of which can always come; of kinds where there are any."""
    found = []
    for number in range(draw(st.sampled_from([2, 3, 1]))):
        outcome: dict[str, Any] = {"id": f"own{number}", "title": "Own", "by": "them"}
        if number < len(kinds) and draw(st.booleans()):
            outcome = {"id": kinds[number]}
        outcome["weight"] = weight(draw, words, least=1 if number == 0 else None)
        if "title" in outcome or draw(st.integers(0, 3)) == 0:
            outcome |= effects(draw, words, further=draw(st.booleans()))
        if tables and draw(st.integers(0, 3)) == 0:
            outcome["draw"] = draw(st.sampled_from(sorted(tables)))
        found.append(outcome)
    return found
