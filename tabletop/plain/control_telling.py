"""The console in words: where the hour stands, every team on a line, and what people wrote."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.exercise.console.deck import injects
from tabletop.exercise.console.facts import RoomFacts
from tabletop.exercise.console.leading import ControlTable
from tabletop.exercise.console.story_acts import card_note
from tabletop.exercise.console.troubles import troubles
from tabletop.exercise.console.wording import (
    PHASES,
    RULES,
    SHOWN,
    clock,
    following,
    left,
    plural,
    reach_words,
    round_words,
    seat_name,
    stands,
    states,
)
from tabletop.exercise.hour.deciding import tally
from tabletop.exercise.hour.view import HourView, SeatRow, TeamRow
from tabletop.exercise.table import CONTROL, Viewer
from tabletop.plain.situation import gauges, opening
from tabletop.plain.wording import joined, listed, sentence


def joining(facts: RoomFacts) -> Iterator[str]:
    """How to join, and what control must know of the network."""
    if not facts.address:
        yield "No network: you enter every choice from paper."
        return
    yield f"Join at {facts.address} with the code {' '.join(facts.code)}"
    yield from map(sentence, facts.warnings)
    if facts.test_link:
        yield f"Try a phone first, which takes no seat: {facts.test_link}"
    reached = reach_words(facts.reached())
    if reached:
        yield reached


def phase_line(hour: HourView, now: float) -> str:
    """The phase and its clock."""
    seconds = left(hour, now)
    time = "by hand" if seconds is None else f"{clock(seconds)} left"
    return joined(f"{PHASES[hour.phase]}, {round_words(hour)}, {time}")


def status(table: ControlTable, facts: RoomFacts) -> Iterator[str]:
    """Where the hour stands."""
    hour = table.hour_view(CONTROL)
    yield phase_line(hour, table.now())
    after = following(hour)
    if after is not None:
        waits = "StartEx" if after.round and not hour.begun else PHASES[after.phase]
        yield sentence(f"Next: {waits}")
    found = states(hour)
    if found:
        yield sentence(listed(found).capitalize())
    people = [mate for mate in hour.mates if mate.role and not mate.empty]
    here = sum(facts.present(mate.id) for mate in people)
    locked = sum(row.locked for row in hour.teams)
    yield joined(
        f"{here} of {plural(len(people), 'person')} here",
        f"{locked} of {plural(len(hour.teams), 'team')} locked" if hour.round else "",
    )
    yield joined(f"Rule: {RULES[hour.rule]}", f"Projector: {SHOWN[hour.shown.what]}")
    for trouble in troubles(table, facts):
        yield sentence(f"Fault: {trouble.words}")


def wrong(table: ControlTable, facts: RoomFacts) -> Iterator[str]:
    """Everything that went wrong, what stands first."""
    now = troubles(table, facts)
    yield from (sentence(f"Now: {each.words}") for each in now)
    past = [each for each in facts.past_troubles() if each not in now]
    yield from (sentence(f"Before: {each.words}") for each in past)
    if not now and not past:
        yield "Nothing has gone wrong with the room."


def team_line(row: TeamRow, here: int) -> str:
    """A team on one line, the most important words first."""
    locked = "locked" if row.locked and not row.ending else ""
    used = f"used {clock(row.used)}" if row.used is not None else ""
    return joined(
        f"{row.team}: {stands(row)}",
        locked,
        used,
        "empty, played by its standing order"
        if row.empty and row.line
        else f"{here} of {row.seats} here",
        f"Turn {row.turn}, {row.stage_title}",
        f"Last choice: {row.last_choice}" if row.last_choice else "",
    )


def teams(hour: HourView, facts: RoomFacts) -> Iterator[str]:
    """Every team."""
    for row in hour.teams:
        own = [mate for mate in hour.mates if mate.team == row.team and mate.role]
        yield team_line(row, sum(facts.present(mate.id) for mate in own if not mate.empty))


def seat_line(seat: SeatRow, facts: RoomFacts) -> str:
    """A seat on one line."""
    here = "empty chair" if seat.empty else "here" if facts.present(seat.id) else "away"
    head = "head" if seat.head else ""
    said = "has said what it prefers" if seat.preferred else ""
    return joined(f"{seat_name(seat)}, {seat.role_title}", head, here, said, f"Seat {seat.id}")


def team(table: ControlTable, facts: RoomFacts, row: TeamRow) -> Iterator[str]:
    """One team: its seats, its choice, its preferences, its words."""
    hour = table.hour_view(CONTROL)
    yield from (line for line in teams(hour._replace(teams=(row,)), facts))
    yield from (seat_line(each, facts) for each in hour.mates if each.team == row.team)
    standing = dict(hour.doctrines).get(row.standing, "")
    if standing:
        yield sentence(f"Standing order: {standing}")
    locked = table.hour_view(Viewer("team", row.team)).locked
    if locked is not None:
        how = "By default" if locked.by_default else "Chosen"
        yield joined(
            f"{how}: {locked.title}", f"Why: {locked.rationale}" if locked.rationale else ""
        )
    titles = table.record.program.scenario.responses
    for name, count in tally(table.record, table.hour, row.team):
        yield sentence(f"{plural(count, 'preference')}: {titles[name].title}")
    yield from said(hour, row.team)


def said(hour: HourView, of: str = "") -> Iterator[str]:
    """Reasons, dissents and silent words, newest first."""
    names = {mate.id: seat_name(mate) for mate in hour.mates}
    for each in reversed(hour.said):
        if of in ("", each.team):
            who = names.get(each.seat, "control")
            yield joined(
                f"{each.team}, turn {each.turn}, {each.kind} of {who} for {each.response_title}:"
                f" {each.text}"
            )


def notes(hour: HourView) -> Iterator[str]:
    """Control's marks."""
    if not hour.marks:
        yield "You have noted nothing yet: mark TEXT does."
    for each in hour.marks:
        place = f"Round {each.round}, " if each.round else ""
        yield sentence(f"{place}{each.team or 'everybody'}: {each.text}")


def tickets(hour: HourView) -> Iterator[str]:
    """Exit tickets."""
    names = {mate.id: seat_name(mate) for mate in hour.mates}
    if not hour.tickets:
        yield "No exit ticket has come yet."
    for each in hour.tickets:
        yield sentence(f"{names.get(each.seat, each.seat)}: {each.text}")


def deck(table: ControlTable) -> Iterator[str]:
    """What can be fired: what control holds, then the scenario's own."""
    hour = table.hour_view(CONTROL)
    for held in hour.deck:
        yield joined(f"Held: {held.title}", held.text)
    for card in injects(table.record, [row.team for row in hour.teams]):
        yield joined(f"{card.title} ({card.id})", card_note(card, len(hour.teams)))


def seen(table: ControlTable, viewer: Viewer) -> Iterator[str]:
    """The situation as somebody sees it."""
    view = table.view(viewer)
    yield from opening(view)
    yield gauges(view.tracks)
    for at, response in enumerate(view.responses, 1):
        yield joined(
            f"{at}. {response.title}", f"Closed: {response.closed}" if response.closed else ""
        )
