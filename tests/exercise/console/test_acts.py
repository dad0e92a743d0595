"""Acts of control as questions and answers: what they ask, refuse, and leave undone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import ActionError
from tabletop.exercise.asking import Blank, LeftError, Option
from tabletop.exercise.console.acts import FLOWS, why_not
from tabletop.exercise.console.deck import draws, gauges, injects, turns
from tabletop.exercise.console.facts import PAPER
from tabletop.exercise.console.leading import Leading
from tabletop.exercise.console.wording import chain, clock, following
from tests.exercise.hour.led import Led


class Scripted:
    """Answers questions from a list, and remembers what was asked; beyond it goes back."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def _next(self, question: str) -> str:
        self.asked.append(question)
        if not self.answers:
            raise LeftError
        return self.answers.pop(0)

    async def pick(self, question: str, options: Sequence[Option], start: str = "") -> str:
        answer = self._next(question)
        assert answer in {each.id for each in options if not each.closed}
        return answer

    async def several(
        self, question: str, options: Sequence[Option], chosen: Sequence[str] = ()
    ) -> tuple[str, ...]:
        return tuple(self._next(question).split())

    async def fill(self, title: str, blanks: Sequence[Blank]) -> tuple[str, ...]:
        return tuple(self._next(blank.label) for blank in blanks)

    async def sure(self, question: str, warning: str) -> None:
        self._next(question)


@pytest.fixture
async def led(tmp_path: Path) -> Led:
    """Two teams of two that play their first round, in its lock."""
    led = Led(tmp_path, ("red", "blue"))
    await led.seat("red")
    await led.seat("blue")
    await led.start()
    await led.until("lock")
    return led


def at(led: Led, *answers: str, team: str = "", seat: str = "") -> Leading:
    """An act about `team` or `seat` that is answered so."""
    return Leading(led.table, PAPER, Scripted(*answers), team, seat)


@pytest.mark.parametrize("name", sorted(FLOWS))
async def test_who_goes_back_at_the_first_question_has_done_nothing(led: Led, name: str) -> None:
    """Whatever the act: a question, a refusal, or done at once; and never half of it."""
    before = led.table.record.number
    leading = at(led)
    try:
        await FLOWS[name](leading)
    except (LeftError, ActionError):
        assert led.table.record.number == before
    else:
        assert isinstance(leading.ask, Scripted)
        assert leading.ask.asked == []
        assert led.table.record.number == before + 1


async def test_what_cannot_be_done_is_known_before_it_is_tried(led: Led) -> None:
    """The reason on the key line and the exercise agree."""
    hour = led.control()
    red = hour.teams[0]
    assert why_not("begin", hour) == "play has begun already"
    assert why_not("resume", hour) == "the clock is running"
    assert why_not("share", hour) is not None
    assert why_not("unlock", hour, red) is not None
    assert why_not("enter", hour, red) is None
    await led.lock("red-0")
    locked = led.control()
    assert why_not("unlock", locked, locked.teams[0]) is None
    assert why_not("enter", locked, locked.teams[0]) is not None


async def test_the_words_of_a_refusal_name_what_there_is(led: Led) -> None:
    """A team that is not there; a number that is none."""
    with pytest.raises(ActionError, match="there is no team 'green': red, blue"):
        await FLOWS["unlock"](at(led, team="green"))
    with pytest.raises(ActionError, match="not 'soon'"):
        await FLOWS["stretch"](at(led, "soon"))
    with pytest.raises(ActionError, match="not on a network"):
        await FLOWS["pin"](at(led, seat="red-0"))


async def test_a_draw_is_listed_once_a_site_with_what_it_brought(led: Led) -> None:
    """What came is among the outcomes, each of which has a title."""
    await led.lock("red-0")
    await led.lock("blue-0")
    await led.until("changed")
    cards = draws(led.table.record, "red")
    assert cards
    assert len({card.site for card in cards}) == len(cards)
    for card in cards:
        assert card.outcome in dict(card.outcomes)
        assert all(title for _, title in card.outcomes)
    assert draws(led.table.record, "nobody") == ()


async def test_an_overruled_draw_has_the_outcome_that_control_chose(led: Led) -> None:
    """On the record, with the reason."""
    await led.lock("red-0")
    await led.lock("blue-0")
    await led.until("changed")
    card = draws(led.table.record, "red")[-1]
    other = next(name for name, _ in card.outcomes if name != card.outcome)
    said = await FLOWS["override"](at(led, card.site, other, "To teach", "yes", team="red"))
    assert dict(card.outcomes)[other] in said
    log = led.table.record.lines["red"].log
    assert any(each.kind == "override" and "To teach" in each.notes for each in log)


async def test_the_deck_tells_where_an_inject_has_come(led: Led) -> None:
    """Fired for one team, it has come to that one alone."""
    fresh = next(card for card in injects(led.table.record) if not card.came and not card.flash)
    await FLOWS["fire"](at(led, fresh.id, "red", "Now", "yes"))
    again = next(card for card in injects(led.table.record) if card.id == fresh.id)
    assert again.came == ("red",)


async def test_effects_by_hand_move_what_was_asked(led: Led) -> None:
    """And nothing where that is all that was said."""
    line = led.table.record.lines["red"]
    card = next(each for each in gauges(line) if each.value > each.low)
    told = at(led, f"+{card.id}", "-1", "done", "A quiet week", "yes", team="red")
    await FLOWS["effects"](told)
    now = {each.id: each.value for each in gauges(led.table.record.lines["red"])}
    assert now[card.id] == card.value - 1
    with pytest.raises(ActionError, match="nothing was changed"):
        await FLOWS["effects"](at(led, "done", team="red"))


async def test_a_rewind_offers_the_turns_that_were_decided(led: Led) -> None:
    """The preset turn before them is none of those."""
    found = turns(led.table.record.lines["red"])
    assert [turn for turn, _ in found] == [led.control().teams[0].turn]
    told = at(led, str(found[0][0]), "same", "Once more", "yes", team="red")
    assert "line red.2" in await FLOWS["rewind"](told)


async def test_the_chain_is_the_round_that_it_is_in(led: Led) -> None:
    """And what follows is the plan's."""
    hour = led.control()
    assert [span.phase for span in chain(hour)] == [
        "read", "preference", "talk", "lock", "reveal", "changed",
    ]  # fmt: skip
    after = following(hour)
    assert after is not None
    assert after.phase == "reveal"


@given(st.floats(-7200, 7200))
def test_a_clock_shows_the_second_that_it_is_in(seconds: float) -> None:
    """It reaches 0:00 at the end and not before, and counts on with a sign."""
    shown = clock(seconds)
    minutes, rest = shown.removeprefix("+").split(":")
    whole = int(minutes) * 60 + int(rest)
    assert 0 <= int(rest) < 60
    if shown.startswith("+"):
        assert whole <= -seconds < whole + 1
    else:
        assert whole - 1 < seconds <= whole or whole == 0
