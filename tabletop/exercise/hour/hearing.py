"""What one viewer may read of the words of an hour: reasons, dissents, messages, marks, tickets."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from tabletop.exercise.hour import notes
from tabletop.exercise.hour.state import Hour, Posted
from tabletop.exercise.hour.view import MarkView, MessageView, SaidView, ShownView, TicketView
from tabletop.exercise.record import Record
from tabletop.exercise.table import Viewer


class Heard:
    """The words of the hour as one viewer may read them at one moment."""

    def __init__(self, record: Record, hour: Hour, viewer: Viewer, team: str) -> None:
        """`team` is the viewer's; empty for one who belongs to none."""
        self.record = record
        self.hour = hour
        self.control = viewer.kind == "control"
        self.seat = viewer.name if viewer.kind == "seat" else ""
        self.team = team

    def told(self, team: str) -> bool:
        """Whether a team's choice of this round stands, so that its tally may be seen."""
        return self.control or team in self.hour.locks or team in self.hour.done

    def title(self, response: str) -> str:
        """The title of a response, by its id."""
        part = self.record.program.scenario.responses.get(response)
        return part.title if part is not None else response

    @cached_property
    def _reasons(self) -> tuple[SaidView, ...]:
        """Every reason and dissent so far, each with the seat that gave it."""
        found = [
            SaidView(
                made.event,
                line.team,
                made.turn,
                "reason",
                self.title(made.response),
                made.said.rationale,
                made.said.seat,
            )
            for line in self.record.lines.values()
            for made in line.decisions
            if made.said.rationale and not made.said.by_default
        ]
        found += [
            SaidView(
                each.number, each.team, each.turn, "dissent", self.title(each.response),
                each.text, each.seat,
            )
            for each in self.hour.dissents
        ]  # fmt: skip
        found += [
            SaidView(
                said.number,
                self.record.seats[seat].team,
                self._turn_of(seat),
                "preference",
                self.title(said.response),
                said.reason,
                seat,
            )
            for seat, said in self.hour.preferences.items()
            if said.reason and seat in self.record.seats
        ]
        return tuple({each.number: each for each in found}.values())

    def _turn_of(self, seat: str) -> int:
        """The turn that a preference of this round was about."""
        team = self.record.seats[seat].team
        line = self.record.newest(team)
        if line is None:
            return 1
        revealed = team in self.hour.done and line.decisions
        return line.decisions[-1].turn if revealed else line.world.turn

    def said(self) -> tuple[SaidView, ...]:
        """The reasons and dissents that the viewer may read."""
        if self.control:
            return self._reasons
        if not self.team:
            return ()
        own = [each for each in self._reasons if each.team == self.team]
        return tuple(each for each in own if each.kind != "preference" or self.told(self.team))

    def messages(self) -> tuple[MessageView, ...]:
        """What control wrote to the viewer, or to all."""
        found = []
        for post in self.hour.posted:
            if post.kind == notes.MESSAGE:
                here = not (post.seat or post.team)
                here = here or post.seat == self.seat != "" or post.team == self.team != ""
            elif post.kind == notes.WRITTEN:
                here = not post.team or post.team == self.team
            else:
                continue
            if here or self.control:
                written = post.kind == notes.WRITTEN
                kind: Literal["message", "inject"] = "inject" if written else "message"
                found.append(MessageView(post.number, kind, post.title, post.text))
        return tuple(found)

    def shown(self) -> ShownView:
        """What the projector shows; no individual is named in it."""
        shown = self.hour.shown
        let = set(shown.reasons)
        through = tuple(each._replace(seat="") for each in self._reasons if each.number in let)
        return ShownView(shown.what, shown.team, through if shown.what == "reasons" else ())

    def _kept(self, kind: str) -> list[Posted]:
        """What was posted of a kind that is for control's eyes alone."""
        return [post for post in self.hour.posted if post.kind == kind] if self.control else []

    def marks(self) -> tuple[MarkView, ...]:
        """Control's private notes."""
        return tuple(
            MarkView(post.number, post.round, post.team, post.text)
            for post in self._kept(notes.MARK)
        )

    def deck(self) -> tuple[MessageView, ...]:
        """The injects that control holds."""
        return tuple(
            MessageView(post.number, "inject", post.title, post.text)
            for post in self._kept(notes.KEPT)
        )

    def tickets(self) -> tuple[TicketView, ...]:
        """The exit tickets."""
        return tuple(
            TicketView(post.number, post.seat, post.text) for post in self._kept(notes.TICKET)
        )
