"""What control does with the hour: begin, go on, pause, stretch, hold the reveal, the rules."""

from __future__ import annotations

from tabletop.errors import ActionError
from tabletop.exercise.asking import Blank, Option
from tabletop.exercise.console.leading import Leading
from tabletop.exercise.console.wording import PHASES, RULES, following, plural, round_words
from tabletop.exercise.hour.actions import (
    Advance,
    Bar,
    Govern,
    Hold,
    Pause,
    Resume,
    Rule,
    Start,
    Stretch,
    Timed,
)
from tabletop.exercise.hour.view import HourView

_MINUTE = 60
_RULES: tuple[Rule, ...] = ("head", "majority", "consensus", "control")


async def begin(at: Leading) -> str:
    """StartEx, from whatever phase it comes."""
    hour = at.hour
    if hour.begun:
        raise ActionError("play has begun already")
    empty = [row.team for row in hour.teams if not row.seats]
    people = sum(row.seats for row in hour.teams)
    warning = f"{plural(people, 'person')} in {plural(len(hour.teams), 'team')}."
    if empty:
        order = "their standing orders" if len(empty) > 1 else "its standing order"
        warning += f" Nobody sits in {', '.join(empty[:6])}: played by {order}."
    await at.ask.sure("Begin play now?", f"{warning} The first round is read at once.")
    await at.send(Start())
    return "StartEx: play has begun."


async def go_on(at: Leading) -> str:
    """The next phase now; before play, StartEx where that is what comes next."""
    hour = at.hour
    after = following(hour)
    if after is None:
        raise ActionError("the hour is over")
    if not hour.begun and after.round:
        return await begin(at)
    open_teams = _undecided(hour)
    if hour.round and (after.phase == "reveal" or after.round != hour.round) and open_teams:
        named = ", ".join(open_teams[:6]) + (" and others" if len(open_teams) > 6 else "")
        await at.ask.sure(
            "Reveal now?",
            f"Not locked yet: {named}. Most preferences stand there, or the present course.",
        )
    await at.send(Advance(hour.phase, hour.round))
    now = at.hour
    return f"{PHASES[now.phase]}. {round_words(now)}."


def _undecided(hour: HourView) -> list[str]:
    """Teams of people that still have to lock."""
    return [row.team for row in hour.teams if not (row.locked or row.ending or row.empty)]


async def pause(at: Leading) -> str:
    """The clock stops for everybody."""
    await at.send(Pause())
    return "The clock stands."


async def resume(at: Leading) -> str:
    """The clock runs on."""
    await at.send(Resume())
    return "The clock runs on."


async def longer(at: Leading) -> str:
    """One minute more for this phase."""
    await at.send(Stretch(_MINUTE))
    return "One minute more."


async def shorter(at: Leading) -> str:
    """One minute less, or what is left above ten seconds."""
    await at.send(Stretch(-_MINUTE))
    return "One minute less."


async def stretch(at: Leading) -> str:
    """So many seconds more, or fewer."""
    (text,) = await at.ask.fill(
        "Stretch this phase", [Blank("Seconds", hint="60, or -30 to shorten it")]
    )
    seconds = number_in(text, "a phase is stretched by seconds")
    await at.send(Stretch(seconds))
    return f"{plural(abs(seconds), 'second')} {'more' if seconds > 0 else 'less'}."


def number_in(text: str, about: str) -> int:
    """A whole number that was typed; raises `ActionError` for anything else."""
    try:
        return int(text[:12])
    except ValueError:
        raise ActionError(f"{about}, such as 60 or -30, not {text!r:.60}") from None


async def timed(at: Leading) -> str:
    """By the clock, or by hand: the other of the two."""
    by_clock = not at.hour.timed
    await at.send(Timed(by_clock))
    return "The clock leads on." if by_clock else "You lead on by hand; nothing ends by itself."


async def hold(at: Leading) -> str:
    """Hold the reveal back, or release it."""
    held = not at.hour.held
    await at.send(Hold(held))
    return "The reveal waits for you." if held else "The reveal comes by itself again."


async def bar(at: Leading) -> str:
    """Close the room against new seats, or open it again."""
    barred = not at.hour.barred
    await at.send(Bar(barred))
    return "Nobody new can sit down." if barred else "New seats are open again."


async def govern(at: Leading) -> str:
    """Another deciding rule from here on."""
    now = at.hour.rule
    notes = {
        "head": "who holds the deciding office locks what they think best",
        "majority": "the head can only lock what most of the team prefer",
        "consensus": "the head can only lock what everybody prefers",
        "control": "you enter every choice, from paper or from a show of hands",
    }
    options = [Option(rule, RULES[rule].capitalize(), notes[rule]) for rule in _RULES]
    chosen = await at.ask.pick("Who settles a team's choice?", options, now)
    rule = next(each for each in _RULES if each == chosen)
    await at.send(Govern(rule))
    return f"From here on {RULES[rule]}."
