"""What a team's choice is: by the deciding rule, by default when time is up, or by a doctrine."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from tabletop.errors import ActionError
from tabletop.exercise.hour.people import preferences_of
from tabletop.exercise.hour.state import Hour
from tabletop.exercise.record import Record
from tabletop.rules.doctrine import choose
from tabletop.rules.play import Play


class Choice(NamedTuple):
    """A response and the support that goes with it, by id."""

    response: str
    support: str


def tally(record: Record, hour: Hour, team: str) -> list[tuple[str, int]]:
    """Responses with their preferences: most first, and of equals the one first named first."""
    said = [each.response for each in preferences_of(record, hour, team).values()]
    return Counter(said).most_common()


def allowed(record: Record, hour: Hour, team: str, response: str) -> None:
    """Hold what a head wants to lock against the deciding rule; raises `ActionError`."""
    counted = tally(record, hour, team)
    titles = record.program.scenario.responses
    if hour.rule == "control":
        raise ActionError("control enters the choices in this exercise")
    if hour.rule == "majority" and counted:
        most = [name for name, count in counted if count == counted[0][1]]
        if response not in most:
            named = " or ".join(titles[name].title for name in most)
            raise ActionError(f"the majority decides, and most prefer: {named}")
    if hour.rule == "consensus" and any(name != response for name, _ in counted):
        raise ActionError("the team decides by consensus, and not everybody prefers this yet")


def by_default(record: Record, hour: Hour, team: str, play: Play) -> Choice:
    """What stands when nobody locked in time: the plurality of preferences, else the course."""
    openings = {play.program.responses[number].id: under for number, under in _open(play).items()}
    for response, _ in tally(record, hour, team):
        if response in openings:
            return _with_support(play, response, openings[response])
    course = play.program.responses[play.program.course[play.world.stage]].id
    response = course if course in openings else next(iter(openings))
    return _with_support(play, response, openings[response])


def by_doctrine(play: Play, doctrine: str) -> Choice:
    """What a doctrine chooses at the awaited decision."""
    response, support = choose(play, play.program.policies[doctrine])
    return Choice(play.program.responses[response].id, play.program.supports[support].id)


def check_open(play: Play, choice: Choice) -> None:
    """Raise `ActionError` unless a choice is open under its support."""
    for number, under in play.openings().items():
        if play.program.responses[number].id == choice.response:
            if choice.support in (play.program.supports[each].id for each in under):
                return
            raise ActionError("this response is not open with that support")
    raise ActionError(f"there is no response {choice.response!r:.60} to choose now")


def is_open(play: Play, choice: Choice) -> bool:
    """Whether a choice is still open under its support: control may have changed the world."""
    try:
        check_open(play, choice)
    except ActionError:
        return False
    return True


def on_offer(play: Play) -> list[str]:
    """The ids of the responses that can be chosen now under some support."""
    return [play.program.responses[number].id for number in _open(play)]


def _open(play: Play) -> dict[int, tuple[int, ...]]:
    return {number: under for number, under in play.openings().items() if under}


def _with_support(play: Play, response: str, under: tuple[int, ...]) -> Choice:
    """The response with the first support under which it is open: the least of them."""
    return Choice(response, play.program.supports[min(under)].id)
