"""EndEx in words: the epilogue, both camps, what they wanted, forecasts, and what really came."""

from __future__ import annotations

from tabletop.exercise.view import CampView, EndingView, View
from tabletop.plain.situation import decisions, role
from tabletop.plain.wording import joined, label, names, sentence

_SEALED = (
    "What they wanted, what really happened and what to talk over stay sealed until every team"
    " has come to its end."
)


def ending(view: View) -> list[str]:
    """Everything unsealed at EndEx but the history and the questions, which are long."""
    end = view.ending
    if end is None:
        return []
    lines = [
        f"EndEx. The exercise is over: {sentence(end.title)}",
        end.epilogue,
        _worth(view, end),
        *[_comment(camp) for camp in end.camps],
        joined(f"What they wanted: {end.aim_title}", end.aim_text) if end.unsealed else _SEALED,
        *[f"What you could have noticed: {sentence(tell)}" for tell in end.tells],
        *decisions(view, digits=True),
        *(role(view)[-1:] if view.role is not None and view.role.goals else []),
        _assumptions(end),
        sentence(end.disclaimer or ""),
        f"Seal of this save: {end.seal}." if end.seal else "",
    ]
    return [line for line in lines if line]


def _worth(view: View, end: EndingView) -> str:
    if end.value is None:
        return ""
    titles = {each.id: each.title for each in view.objectives}
    declared = titles.get(view.objective or "", "")
    return f"By your objective, {declared}, this is worth {round(100 * end.value)} percent."


def _comment(camp: CampView) -> str:
    verdict = "could live with this" if camp.accepts else "would not accept this"
    return joined(f"{camp.title}: {verdict}", camp.comment)


def _assumptions(end: EndingView) -> str:
    parts = [
        f"{label(title)} {value}{'' if default else ', changed from its default'}"
        for title, value, default in end.assumptions
    ]
    return f"The model assumed. {'; '.join(parts)}." if parts else ""


def questions(view: View) -> list[str]:
    """What to talk over after the game; sealed until EndEx, for they give things away."""
    end = view.ending
    if end is None:
        return ["The questions come when the exercise has ended."]
    if not (end.questions or end.unsealed):
        return [_SEALED]
    if not end.questions:
        return ["This scenario asks no questions."]
    return [f"{number}. {sentence(text)}" for number, text in enumerate(end.questions, 1)]


def history(view: View) -> list[str]:
    """What really happened, entry by entry; sealed until EndEx."""
    end = view.ending
    if end is None:
        return ["History is sealed until the exercise ends."]
    if not (end.history or end.unsealed):
        return [_SEALED]
    if not end.history:
        return ["This scenario holds no history."]
    return [joined(f"{entry.date}: {entry.text}", names(entry.cites)) for entry in end.history]
