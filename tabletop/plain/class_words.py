"""The facilitated hour in words, for one seat: phases, what is asked, what was locked."""

from __future__ import annotations

from tabletop.exercise.hour.view import HourView
from tabletop.exercise.view import View
from tabletop.plain.aftermath import aftermath
from tabletop.plain.cards import offer
from tabletop.plain.situation import opening
from tabletop.plain.wording import joined, sentence

PHASES = {
    "join": "Taking seats",
    "brief": "Briefing",
    "read": "Read. Nobody speaks yet",
    "preference": "Your silent preference: what would you do?",
    "talk": "Talk",
    "lock": "The choice is locked now",
    "reveal": "The reveal",
    "changed": "What changed",
    "endings": "Endings",
    "hot_wash": "Hot wash",
    "ticket": "Exit ticket",
    "pause": "Break",
    "over": "The end",
}
_RULES = {
    "head": "The head of the team decides.",
    "majority": "The majority decides.",
    "consensus": "The team decides by consensus.",
    "control": "Whoever leads the exercise enters the choice.",
}
HELP = [
    "A number prefers that response, and `why TEXT` gives a reason for it.",
    "now: what is asked. cards: the options. card 3: one of them in full.",
    "situation, wire, gauges, ladder, office, team: what stands.",
    "To act: objective 2, answer 1, lock 3, dissent TEXT, guess TEAM 4, standing NAME, ticket TEXT",
    "keep: write your decisions, forecasts and words to a file, and the debrief once it is out.",
    "quit: leave the terminal; your seat stays yours.",
]


def phase(hour: HourView, now: float) -> str:
    """The phase, its round and how long it lasts."""
    left = hour.remaining if hour.ends_at is None else hour.ends_at - now
    return joined(
        PHASES[hour.phase],
        f"Round {hour.round} of {hour.rounds}" if hour.round else "",
        "The clock is paused" if hour.paused else "",
        f"{_length(left)} left" if left is not None and left > 0 and not hour.paused else "",
    )


def _length(seconds: float) -> str:
    whole = max(0, round(seconds))
    if whole < 90:
        return f"{whole} seconds"
    return f"{whole // 60} minutes" + (f" {whole % 60} seconds" if whole % 60 else "")


def asked(view: View, hour: HourView) -> list[str]:
    """What the phase asks of a seat, with what it must know for that."""
    if not hour.begun:
        return _before(view, hour)
    if view.ending is not None and hour.phase not in ("reveal", "changed"):
        return _ended(view, hour)
    if hour.phase in ("reveal", "changed"):
        return aftermath(view)
    lines = opening(view) if hour.phase == "read" else []
    if view.flash is not None:
        return [*lines, *_flash(view, hour)]
    if hour.locked is not None:
        return [*lines, *locked(view, hour)]
    if hour.phase in ("preference", "talk", "lock"):
        lines += options(view, hour)
    if "lock" in hour.can:
        lines.append("You lock your team's choice: lock and its number.")
    elif hour.phase in ("talk", "lock"):
        lines.append(_RULES[hour.rule])
    return lines


def _before(view: View, hour: HourView) -> list[str]:
    assert hour.you is not None
    lines = [f"Welcome, {hour.you.name}. Team {hour.you.team}, {hour.you.role_title}."]
    if "declare" in hour.can and view.objective is None:
        lines.append("Declare what your team wants, by objective and a number:")
        lines += [
            f"{number}. {joined(each.title, each.text)}"
            for number, each in enumerate(view.objectives, 1)
        ]
    lines.append("Play begins when whoever leads the exercise starts it.")
    return lines


def options(view: View, hour: HourView) -> list[str]:
    """The responses by number; the one that this seat prefers says so."""
    return [
        joined(f"{number}. {offer(each)}", "You prefer this" * (each.id == hour.preference))
        for number, each in enumerate(view.responses, 1)
    ]


def _flash(view: View, hour: HourView) -> list[str]:
    assert view.flash is not None
    answers = [
        f"{number}. {joined(each.title, each.act)}"
        for number, each in enumerate(view.flash.answers, 1)
    ]
    who = "Answer by answer and a number." if "answer" in hour.can else "Your head answers."
    return [f"Decide now: {sentence(view.flash.title)}", view.flash.text, *answers, who]


def locked(view: View, hour: HourView) -> list[str]:
    """The team's choice, and what had been preferred in silence."""
    choice = hour.locked
    if choice is None:
        return []
    words = dict(view.forecast.answers)
    lines = [
        joined(
            f"Your team's choice: {choice.title}",
            "By default" if choice.by_default else "",
            f"Reason: {choice.rationale}" if choice.rationale else "",
            f"Expected: {words[choice.forecast]}" if choice.forecast in words else "",
        )
    ]
    if hour.tally:
        counts = ", ".join(f"{row.title} {row.preferences}" for row in hour.tally)
        lines.append(sentence(f"Preferred in silence: {counts}"))
    if "dissent" in hour.can:
        lines.append("You preferred something else: dissent and your reason put it on record.")
    if "guess" in hour.can and hour.teams:
        names = ", ".join(row.team for row in hour.teams)
        lines.append(f"While you wait, forecast for {names}. {view.forecast.question}")
        lines.append("Say guess, a team, and 1 for very unlikely to 5 for very likely.")
    return lines


def _ended(view: View, hour: HourView) -> list[str]:
    ending = view.ending
    assert ending is not None
    lines = [sentence(ending.title), ending.epilogue]
    if hour.shared and ending.aim_title:
        lines.append(joined(f"What they wanted: {ending.aim_title}", ending.aim_text))
        lines += ending.questions
    if "ticket" in hour.can:
        lines.append("What do you think otherwise now? Say ticket and your answer.")
    return lines


def team(hour: HourView) -> list[str]:
    """Who sits in the team, and who decides."""
    rows = [
        joined(each.name, each.role_title, "Decides" if each.head else "")
        for each in hour.mates
        if not each.empty
    ]
    return [*rows, _RULES[hour.rule]]
