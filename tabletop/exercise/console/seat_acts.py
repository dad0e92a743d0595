"""What control does with a seat: rename, move, another office, remove, a code for another phone."""

from __future__ import annotations

from tabletop.errors import ActionError
from tabletop.exercise.asking import Blank, Option
from tabletop.exercise.console.leading import Leading
from tabletop.exercise.console.wording import plural, seat_name
from tabletop.exercise.hour.actions import Remove, Reseat


async def rename(at: Leading) -> str:
    """Another name for a seat."""
    row = await at.a_seat("Rename whom?")
    (name,) = await at.ask.fill(f"Rename {seat_name(row)}", [Blank("Name", row.name)])
    await at.send(Reseat(row.id, name=name))
    return f"{seat_name(row)} is called {name} now."


async def move(at: Leading) -> str:
    """Another team for a seat; the office stays."""
    row = await at.a_seat("Move whom?")
    options = [
        Option(
            each.team,
            f"Team {each.team}",
            plural(each.seats, "person"),
            f"{seat_name(row)} sits there" if each.team == row.team else "",
        )
        for each in at.hour.teams
    ]
    team = await at.ask.pick(f"{seat_name(row)} moves to", options)
    await at.send(Reseat(row.id, team=team))
    return f"{seat_name(row)} sits in team {team} now."


async def office(at: Leading) -> str:
    """Another office for a seat."""
    row = await at.a_seat("Another office for whom?")
    if not row.role:
        raise ActionError("a recorder holds no office")
    roles = at.table.record.program.scenario.roles
    held = [each.role for each in at.hour.mates if each.team == row.team]
    options = [
        Option(name, role.title, f"held by {plural(held.count(name), 'person')}")
        for name, role in roles.items()
    ]
    role = await at.ask.pick(f"{seat_name(row)} becomes", options, row.role)
    await at.send(Reseat(row.id, role=role))
    return f"{seat_name(row)} is {roles[role].title} now."


async def remove(at: Leading) -> str:
    """Take a seat away; what was said from it stays on the record."""
    row = await at.a_seat("Remove whom?")
    await at.ask.sure(
        f"Remove {seat_name(row)} from team {row.team}?",
        "Their page closes. What they said stays in the save.",
    )
    await at.send(Remove(row.id))
    return f"{seat_name(row)} has left team {row.team}."


async def pin(at: Leading) -> str:
    """A short-lived code that puts another phone into a seat."""
    if at.facts.pin is None:
        raise ActionError("the room is not on a network: there are no phones to seat")
    row = await at.a_seat("A code for whom?")
    code = at.facts.pin(row.id)
    return (
        f"{seat_name(row)} opens {at.facts.link}/again on the other phone and types {code} there, "
        "within five minutes."
    )


async def projector_pin(at: Leading) -> str:
    """A short-lived code that opens the projector's page, and the page that asks for it."""
    if at.facts.projector_pin is None:
        raise ActionError("the room is not on a network: there is no projector's page")
    code, page = at.facts.projector_pin(), f"{at.facts.link}/again"
    return f"Open {page} on the projector's machine and type {code} there, within five minutes."
