"""No page ever holds what it may not: other offices' briefs, silent votes, seals, control's notes."""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.errors import ActionError
from tabletop.exercise.hour.actions import (
    Advance,
    Lock,
    Mark,
    Message,
    Observe,
    Prefer,
    Rewind,
    Share,
    Show,
    Shown,
    Start,
    Ticket,
    Write,
)
from tabletop.exercise.table import Answer, Join, Viewer
from tabletop.room.wall import wall
from tests.room.rooms import Class, made_class

TEAMS = ("red", "blue")
ROLES = ("president", "state", "defense")
SHOWN: tuple[Shown, ...] = ("situation", "ladder", "reasons", "debrief", "nothing")
STEPS = st.lists(st.integers(0, 99), min_size=10, max_size=26)


class Walk:
    """A class in which anything may happen next, every word of it known by a mark of its own."""

    def __init__(self, found: Class, chance: random.Random) -> None:
        self.found, self.chance = found, chance
        self.said: dict[str, tuple[str, str]] = {}
        """Every word that was said: by what team or seat it may be read."""
        self.silent: dict[str, tuple[str, int]] = {}
        """Reasons of preferences: their team and round."""

    def word(self, reader: str, kind: str) -> str:
        word = f"{kind}-{len(self.said)}-{self.chance.randrange(10**9)}"
        self.said[word] = (reader, kind)
        return word

    async def fill(self) -> None:
        for team in TEAMS:
            for role in ROLES:
                await self.found.send(Join(f"{team}-{role}", f"{team} {role}", team, role))
            await self.found.send(Observe(f"{team}-watch", f"{team} watch", team))

    async def step(self, number: int) -> None:
        """One thing that may happen; what is refused has not happened."""
        try:
            await self._step(number)
        except ActionError:
            return

    async def _step(self, number: int) -> None:
        found, hour = self.found, self.found.led.table.hour
        team = self.chance.choice(TEAMS)
        seat = f"{team}-{self.chance.choice(ROLES)}"
        table = found.led.table
        if number < 50:
            if not table.record.begun and number % 4 == 0:
                await found.send(Start())
            else:
                await found.send(Advance(hour.phase, hour.round))
        elif number < 68:
            word = self.word(team, "preference")
            self.silent[word] = (team, hour.round)
            offered = found.led.offered(team) or ["nothing"]
            await found.send(Prefer(seat, self.chance.choice(offered), word))
        elif number < 80:
            view = table.view(Viewer("seat", f"{team}-president"))
            if view.flash is not None:
                word = self.word(team, "answer")
                await found.send(Answer(f"{team}-president", view.flash.answers[0].id, word))
            elif view.responses:
                response = self.chance.choice([each for each in view.responses if each.supports])
                word = self.word(team, "reason")
                support = response.supports[0]
                await found.send(Lock(f"{team}-president", response.id, support, word, 30))
        elif number < 84:
            await found.send(Message(self.word(seat, "message"), seat=seat))
        elif number < 88:
            await found.send(Message(self.word(team, "message"), team=team))
        elif number < 90:
            await found.send(Write("A title", self.word(team, "inject"), team))
        elif number < 92:
            await found.send(Mark(self.word("control", "mark"), team))
        elif number < 94:
            await found.send(Ticket(seat, self.word("control", "ticket")))
        elif number < 96:
            await found.send(Share())
        elif number < 97:
            line = table.record.lines.get(team)
            if line is None or not line.decisions:
                return
            await found.send(Rewind(team, line.decisions[-1].turn, self.word("control", "why")))
        else:
            await found.send(Show(self.chance.choice(SHOWN)))

    def check(self, most: int = 100) -> None:
        """Nobody's page holds what it may not; `most` looks at so many of them, by chance."""
        table = self.found.led.table
        seats = [(team, role) for team in TEAMS for role in (*ROLES, "watch")]
        for team, role in self.chance.sample(seats, min(most, len(seats))):
            page = self._page(f"{team}-{role}")
            self._check_words(page, f"{team}-{role}", team)
            self._check_roles(page, role)
            self._check_seals(page, shared=table.hour.shared)
        page = wall(self.found.room).decode()
        self._check_words(page, "@wall", "@wall")
        self._check_roles(page, "@wall")
        self._check_seals(page, shared=table.hour.shown.what == "debrief" and table.record.over)

    def _page(self, seat: str) -> str:
        """Everything that a page is sent or can fetch."""
        room = self.found.room
        frame = room.snapshots.seat(seat) or b"{}"
        data = json.loads(frame)
        texts = [room.shelf.get(name) for name in (data["team"]["game"], data["seat"]["own"])]
        return b" ".join([frame, *filter(None, texts)]).decode()

    def _check_words(self, page: str, seat: str, team: str) -> None:
        hour = self.found.led.table.hour
        for word, (reader, kind) in self.said.items():
            if reader not in (seat, team):
                assert word not in page, f"{seat} reads the {kind} of {reader}"
        for word, (owner, number) in self.silent.items():
            told = owner in hour.locks or owner in hour.done or number != hour.round
            if owner == team and not told:
                assert word not in page, f"{seat} reads a silent vote"

    def _check_roles(self, page: str, role: str) -> None:
        for name, part in self.found.led.table.record.program.scenario.roles.items():
            if name != role:
                assert _as_json(part.private) not in page, f"{role} reads what {name} knows"
                assert not any(_as_json(goal.text) in page for goal in part.goals)

    def _check_seals(self, page: str, *, shared: bool) -> None:
        record = self.found.led.table.record
        if not (shared and record.over):
            for text in sealed(self.found):
                assert _as_json(text) not in page, f"{text[:40]!r} is sealed"
        for secret in (
            str(record.seed),
            self.found.room.kept.projector,
            self.found.room.kept.secret,
        ):
            assert secret not in page


def _as_json(text: str | None) -> str:
    return json.dumps(text or "nobody says this", ensure_ascii=False)[1:-1]


def sealed(found: Class) -> Iterator[str]:
    """What nobody may read before control has released the debrief."""
    scenario = found.led.table.record.program.scenario
    yield from (aim.text for aim in scenario.aims.values())
    yield from (entry.text for entry in scenario.history)
    yield from (question.text for question in scenario.hot_wash)


async def _walk(steps: list[int], seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = made_class(Path(folder), *TEAMS, seed=seed)
        try:
            walk = Walk(found, random.Random(seed))
            await walk.fill()
            walk.check()
            for number in steps:
                await walk.step(number)
                walk.check(most=2)
            walk.check()
        finally:
            await found.led.table.close()


@settings(max_examples=8)
@given(STEPS, st.integers(10**17, 10**18))
def test_no_page_ever_holds_what_it_may_not(steps: list[int], seed: int) -> None:
    """Whatever people and control do, in whatever order."""
    asyncio.run(_walk(steps, seed))


async def test_the_seals_are_opened_by_control_and_then_all_may_read(tmp_path: Path) -> None:
    """So that the property above cannot hold for want of anything to be sealed."""
    found = made_class(tmp_path, *TEAMS, seed=10**17)
    walk = Walk(found, random.Random(1))
    await walk.fill()
    await found.start()
    await found.until("hot_wash")
    walk.check()
    await found.send(Share())
    page = json.dumps(found.snapshot("red-state"), ensure_ascii=False)
    assert any(_as_json(text) in page for text in sealed(found))
    own = found.led.table.record.program.scenario.roles["state"].private
    assert _as_json(own) in page
