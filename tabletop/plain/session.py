"""One game at a table, asked and told line by line, from the briefing to its ending."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from uuid import uuid4

from tabletop.clean import clean_line
from tabletop.errors import ActionError
from tabletop.exercise.autoplay import doctrines_of, hand_over
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.table import Action, Answer, Begin, Decide, Declare, Table, Viewer
from tabletop.exercise.view import FlashView, ResponseView, View
from tabletop.plain.adviser import Voice
from tabletop.plain.aftermath import aftermath
from tabletop.plain.cards import offer
from tabletop.plain.console import Console
from tabletop.plain.prompt import BackError, Prompts, StandingOrderError
from tabletop.plain.situation import gauges, news, opening, role, wire
from tabletop.plain.wording import joined, sentence


class Seat:
    """One seat at a table, for a front end that waits for every action."""

    def __init__(self, table: Table, runner: asyncio.Runner, name: str = "solo") -> None:
        self._table = table
        self._runner = runner
        self.name = name

    def view(self) -> View:
        """What this seat may know now."""
        return self._table.view(Viewer("seat", self.name))

    def send(self, action: Action) -> None:
        """Carry out an action; durable when this returns. Raises `ActionError`."""
        self._runner.run(self._table.send(action, uuid4().hex))

    def standing(self, name: str) -> list[str]:
        """What a player is told who asks for a standing order.

        Raises `StandingOrderError` where one is given.
        """
        if not isinstance(self._table, LocalTable):
            return ["Standing orders are given where the game is played."]
        known = doctrines_of(self._table)
        wanted = name.lower().replace(" ", "_")
        found = next((each for each in known if each.id == wanted), None)
        if found is None:
            told = [f"There is no doctrine {clean_line(name, 40)!r}."] if name else []
            cards = [joined(f"standing {each.id}: {each.title}", each.text) for each in known]
            return [*told, *cards, "It would play all turns that are left, and the save says so."]
        if not self._table.record.begun:
            return ["Play has not begun: there are no turns to hand over yet."]
        raise StandingOrderError(found)

    def hand_over(self, doctrine: str) -> None:
        """Let a doctrine play the rest of this seat's turns, on the record."""
        assert isinstance(self._table, LocalTable), "only who sits at one gives standing orders"
        self._runner.run(hand_over(self._table, doctrine, self.name))


class Session:
    """A player's way through one game; raises `QuitError` and `EndOfInputError` on the way.

    `objective` is declared without asking where it is given; who is `briefed` already is
    not briefed again. An adviser speaks beside the options while it is turned on.
    """

    def __init__(
        self,
        seat: Seat,
        console: Console,
        prompts: Prompts,
        objective: str | None = None,
        *,
        briefed: bool = False,
        adviser: Voice | None = None,
    ) -> None:
        self._seat = seat
        self._console = console
        self._prompts = prompts
        self._objective = objective
        self._briefed = briefed
        self._adviser = adviser
        self._opened = 0
        opened = seat.view()
        # Where a game is taken up again, the turns of before need no telling any more.
        self._told = set(range(1, opened.turn + 1)) if opened.phase != "briefing" else set[int]()
        self._standing = ""

    def play(self) -> None:
        """Ask and tell until the exercise has ended."""
        while (view := self._seat.view()).phase != "ended":
            self._catch_up(view)
            try:
                if view.phase in {"joining", "briefing"}:
                    self._brief(view)
                elif view.flash is not None:
                    self._flash(view, view.flash)
                else:
                    self._decide(view)
            except StandingOrderError as given:
                self._hand_over(view, given)
        self._catch_up(view)

    def _hand_over(self, view: View, given: StandingOrderError) -> None:
        """Let a doctrine play the rest; the turn that is open is told to its end too."""
        self._standing = clean_line(given.doctrine.title)
        self._console.tell(
            [
                joined(
                    f"From here on the standing order plays: {self._standing}", given.doctrine.text
                )
            ]
        )
        self._seat.hand_over(given.doctrine.id)
        self._told.discard(view.turn)

    def _catch_up(self, view: View) -> None:
        """Tell the turns that a timing plan has played since the player was last asked."""
        if view.phase in {"joining", "briefing"}:
            return
        last = view.turn if view.phase == "ended" else view.turn - 1
        for turn in sorted(set(range(1, last + 1)) - self._told):
            self._told.add(turn)
            by = f"the standing order, {self._standing}" if self._standing else "the plan"
            self._console.tell([f"Turn {turn} is played by {by}.", *wire(view, turn)])

    def _brief(self, view: View) -> None:
        self._console.tell([sentence(view.title)] if self._briefed else briefing(view))
        if self._objective is not None:
            self._seat.send(Declare(self._seat.name, self._objective))
            self._objective = None
        elif view.objective is None and view.objectives:
            offered = [joined(each.title, each.text) for each in view.objectives]
            self._console.tell(["First declare what you want. The ending is judged by it."])
            chosen = self._prompts.choose("Your objective?", offered)
            self._seat.send(Declare(self._seat.name, view.objectives[chosen].id))
        self._seat.send(Begin())

    def _open(self, view: View) -> None:
        if self._opened != view.turn:
            self._opened = view.turn
            self._told.add(view.turn)
            self._console.tell(opening(view))

    def _flash(self, view: View, flash: FlashView) -> None:
        self._open(view)
        # The news of it is on the wire; its text is repeated only where it is not.
        known = any(item.text == flash.text for item in view.wire)
        self._console.tell(
            [f"Decide now: {sentence(flash.title)}", *([] if known else [flash.text])]
        )
        while True:
            answers = [
                self._advised(answer.id, joined(answer.title, answer.act))
                for answer in flash.answers
            ]
            chosen = self._prompts.choose("Your answer?", answers)
            try:
                reason = self._prompts.words(_REASON, back=True)
            except BackError:
                continue
            break
        if not self._sent(Answer(self._seat.name, flash.answers[chosen].id, reason)):
            return
        after = self._seat.view()
        fresh = [item for item in after.wire if item not in view.wire]
        if fresh and after.turn == view.turn:
            lines = [news(item) for item in fresh]
            self._console.tell(["After your answer.", *lines, gauges(after.tracks)])

    def _decide(self, view: View) -> None:
        self._open(view)
        if self._sent(self._decision(view)):
            self._console.tell(aftermath(self._seat.view()))

    def _sent(self, action: Action) -> bool:
        """Carry out what the player chose; a refusal is told, and the player is asked again."""
        try:
            self._seat.send(action)
        except ActionError as refused:
            self._console.tell([sentence(f"Refused: {refused}")])
            return False
        return True

    def _decision(self, view: View) -> Decide:
        """Ask response, support, reason and forecast; `back` returns to the question before."""
        draft = _Draft()
        steps = (self._response, self._support, self._reason, self._forecast)
        asked: list[int] = []
        step = 0
        while step < len(steps):
            try:
                if steps[step](view, draft):
                    asked.append(step)
                step += 1
            except BackError:
                step = asked.pop()
        return draft.decision(self._seat.name)

    def _advised(self, name: str, option: str) -> str:
        return option if self._adviser is None else self._adviser.beside(name, option)

    # Each of the four says whether there was anything to ask.

    def _response(self, view: View, draft: _Draft) -> bool:
        options = [self._advised(each.id, offer(each)) for each in view.responses]
        self._console.tell(["Your options. Type 3? to read card 3 before you choose it."])
        while True:
            chosen = view.responses[self._prompts.choose("Your response?", options)]
            if chosen.supports:
                draft.response = chosen
                return True
            self._console.say(joined(f"{chosen.title} is closed", chosen.closed or ""))

    def _support(self, view: View, draft: _Draft) -> bool:
        response = draft.chosen
        supports = [each for each in view.supports if each.id in response.supports]
        draft.support = supports[0].id
        if len(supports) == 1:
            return False
        closed = [
            joined(f"Closed: {each.title}", each.closed) for each in view.supports if each.closed
        ]
        self._console.tell([f"{response.title}. What goes with it?", *closed])
        options = [joined(each.title, each.act) for each in supports]
        draft.support = supports[self._prompts.choose("Your support?", options, back=True)].id
        return True

    def _reason(self, _view: View, draft: _Draft) -> bool:
        draft.reason = self._prompts.words(_REASON, back=True)
        return True

    def _forecast(self, view: View, draft: _Draft) -> bool:
        self._console.tell([view.forecast.question, "Your answer commits the decision."])
        options = [sentence(words) for _, words in view.forecast.answers]
        chosen = self._prompts.choose("Your forecast?", options, back=True)
        draft.forecast = view.forecast.answers[chosen][0]
        return True


@dataclass(slots=True)
class _Draft:
    """A decision as far as it has been asked for."""

    response: ResponseView | None = None
    support: str = ""
    reason: str | None = None
    forecast: int | None = None

    @property
    def chosen(self) -> ResponseView:
        assert self.response is not None, "the response is asked for first"
        return self.response

    def decision(self, seat: str) -> Decide:
        return Decide(seat, self.chosen.id, self.support, self.reason, self.forecast)


_REASON = "Your reason, in your own words? Type it, or press Enter to skip:"


def briefing(view: View) -> list[str]:
    """What a player reads before StartEx."""
    lines = [
        sentence(view.title),
        view.summary,
        sentence(f"Content: {view.content_note}") if view.content_note else "",
        sentence(f"This game teaches: {view.lesson}") if view.lesson else "",
        *(role(view) if view.role is not None else []),
        joined(f"{view.turns} turns", "Type help at any prompt for the commands"),
    ]
    return [line for line in lines if line]
