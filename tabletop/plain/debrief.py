"""A debrief line by line: the story, what was expected and what came, questions, history."""

from __future__ import annotations

from tabletop.debrief.model import (
    AnswerStory,
    Came,
    Debrief,
    DecisionStory,
    Dissent,
    Expected,
    ForecastScore,
    GaugeCourse,
    GaugeMove,
    Person,
    Ruling,
    TurnStory,
)
from tabletop.debrief.report.sentences import ruled
from tabletop.debrief.sparkline import sparkline
from tabletop.exercise.view import EndingView, HistoryView
from tabletop.plain.wording import counted, joined, label, listed, moved, names, sentence

_SEALED = "Not over for everybody: what is sealed until EndEx is left out."


def debrief(sheet: Debrief) -> list[str]:
    """The whole debrief in paragraphs."""
    lines = [
        joined(f"Debrief: {sheet.title}", f"Save {sheet.save}, line {sheet.line}"),
        joined(f"Told for {_viewer(sheet)}", "" if sheet.unsealed else _SEALED),
        joined(f"Plan: {sheet.plan}") if sheet.plan else "",
        joined(f"Objective: {sheet.objective}") if sheet.objective else "",
        sentence(f"The save cannot be used further: {sheet.fault}") if sheet.fault else "",
    ]
    lines = [line for line in lines if line]
    for turn in sheet.turns:
        lines += ["", *_turn(turn, sheet.forecast_question)]
    lines += ["", "The gauges, turn by turn.", *[course(gauge) for gauge in sheet.gauges]]
    if sheet.ending is not None:
        lines += ["", *_ending(sheet.ending)]
    if sheet.score is not None:
        lines += ["", *score(sheet.score)]
    lines += ["", *_questions(sheet)]
    if sheet.afterwards:
        lines += ["", "What really happened afterwards.", *map(_entry, sheet.afterwards)]
    lines += ["", *_assumptions(sheet)]
    if sheet.disclaimer:
        lines.append(sentence(sheet.disclaimer))
    return lines


def course(gauge: GaugeCourse) -> str:
    """A gauge over the run: its numbers, its ends, and a small chart of them."""
    values = ", ".join(
        gauge.levels[value - gauge.low] if gauge.levels else str(value) for value in gauge.values
    )
    chart = sparkline(gauge.values, gauge.low, gauge.high)
    ends = f"{gauge.low} means {gauge.low_means}, {gauge.high} means {gauge.high_means}"
    if gauge.levels:
        ends = f"from {gauge.low_means} to {gauge.high_means}"
    return f"{gauge.title}: {values} ({ends}). {chart}"


def score(found: ForecastScore) -> list[str]:
    """Forecasts pooled over teams: the Brier score beside two yardsticks, and the table."""
    left = []
    if found.luck_seen:
        left.append(f"{counted(found.luck_seen, 'forecast')} under luck already seen")
    if found.unanswered:
        left.append(f"{counted(found.unanswered, 'forecast')} of turns that are not over")
    lines = [
        joined(
            f"Forecasts pooled: {counted(found.scored, 'forecast')} scored",
            f"Not scored: {listed(left)}" if left else "",
            f"They were asked: {found.question}",
        )
    ]
    if found.brier is not None and found.base_rate is not None:
        lines.append(
            f"Brier score {found.brier:.2f} (0 is best, 1 worst; 50 percent every time scores"
            f" {found.always_even:.2f}). It came in {round(100 * found.base_rate)} percent of"
            f" those turns; saying that every time would have scored"
            f" {found.always_base_rate or 0:.2f}."
        )
        lines += [
            f"{row.words} ({row.percent} percent): said {counted(row.given, 'time')},"
            f" came {counted(row.came, 'time')}."
            for row in found.table
            if row.given
        ]
    return lines


def _viewer(sheet: Debrief) -> str:
    viewer = sheet.viewer
    named = {"seat": f"the seat {viewer.name}", "team": f"the team {viewer.name}"}
    return named.get(viewer.kind, "control" if viewer.kind == "control" else f"the {viewer.kind}")


def _turn(turn: TurnStory, question: str) -> list[str]:
    lines = [joined(f"Turn {turn.turn}", turn.date, turn.title)]
    before = [came for came in turn.came if came.kind == "inject"]
    told_elsewhere = ("inject", "support", "decision", "override")
    after = [came for came in turn.came if came.kind not in told_elsewhere]
    lines += [_came(each) for each in before]
    lines += [_answer(each) for each in turn.answers]
    if turn.decision is not None:
        lines += _decision(turn.decision, question)
    elif not turn.over:
        lines.append("Nothing was decided yet.")
    lines += [_came(each) for each in after]
    lines += [_ruling(each) for each in turn.rulings]
    lines += [_move(each) for each in turn.moved]
    if turn.stage_after != turn.stage_before:
        lines.append(joined(f"Stage: from {turn.stage_before} to {turn.stage_after}"))
    if turn.history:
        lines += ["What really happened in that span.", *map(_entry, turn.history)]
    return lines


def _decision(made: DecisionStory, question: str) -> list[str]:
    who = "Nobody chose, and this stood by default" if made.by_default else ""
    if made.standing:
        who = f"The standing order “{made.standing}” chose"
    lines = [
        joined(
            who or f"{_person(made.by)} decided: {made.title}",
            f"The course: {made.title}" if who else "",
            f"With it: {made.support}" if made.support else "",
            f"Because: {made.rationale}" if made.rationale else "",
        )
    ]
    lines += [_dissent(each) for each in made.dissents]
    if made.expected is not None:
        lines.append(_expected(made.expected, question))
    if made.offered:
        lines.append(f"Also open: {'; '.join(made.offered)}.")
    return lines


def _expected(given: Expected, question: str) -> str:
    percent = "" if given.percent is None else f", {given.percent} percent"
    came = {True: "It came", False: "It did not come", None: "The turn is not over"}[given.came]
    seen = "Under luck already seen: not scored" if given.luck_seen else ""
    return joined(f"Expected: {question} {given.words}{percent}", came, seen)


def _person(person: Person) -> str:
    return f"{person.name}, {person.role}," if person.name else person.role


def _dissent(dissent: Dissent) -> str:
    reason = f"Because: {dissent.reason}" if dissent.reason else ""
    return joined(f"Dissent. {_person(dissent.person)} preferred: {dissent.preferred}", reason)


def _answer(given: AnswerStory) -> str:
    who = f"The standing order “{given.standing}”" if given.standing else _person(given.by)
    return joined(
        f"{given.asked}: {who} answered: {given.answer}",
        f"Because: {given.rationale}" if given.rationale else "",
        f"Also open: {'; '.join(given.offered)}" if given.offered else "",
    )


def _came(came: Came) -> str:
    by = {"ladder": "Ladder", "inject": "News"}.get(came.kind, came.by)
    if came.kind == "inject" and came.by:
        by = f"News, {came.by}"
    private = "Private. " if came.private else ""
    return joined(f"{private}{by}: {came.title or came.text}", came.text if came.title else "")


def _ruling(ruling: Ruling) -> str:
    return joined(ruled(ruling), f"Reason: {ruling.reason}" if ruling.reason else "")


def _move(move: GaugeMove) -> str:
    causes = "; ".join(f"{by}, {what}, {moved(delta)}" for by, what, delta in move.causes)
    return f"{move.title}: from {move.before} to {move.after}. {sentence(causes)}"


def _ending(end: EndingView) -> list[str]:
    worth = (
        "" if end.value is None else f"By the declared objective {round(100 * end.value)} of 100"
    )
    lines = [joined(f"The ending: {end.title}", end.epilogue, worth)]
    for camp in end.camps:
        verdict = "could live with it" if camp.accepts else "would not accept it"
        lines.append(joined(f"{camp.title} {verdict}", camp.comment))
    if end.aim_title:
        lines.append(joined(f"What they wanted: {end.aim_title}", end.aim_text))
    lines += [joined(f"What could be noticed: {tell}") for tell in end.tells]
    if end.seal:
        lines.append(f"Seal of this save: {end.seal}.")
    return lines


def _questions(sheet: Debrief) -> list[str]:
    if not sheet.questions:
        return ["No questions yet."]
    lines = ["To talk over."]
    for number, question in enumerate(sheet.questions, 1):
        lines.append(f"{number}. {sentence(question.text)}")
        if question.asked_by == "run":
            lines += [f"Evidence: {sentence(text)}" for text in question.evidence]
        elif question.evidence:
            cards = (text.partition(":")[0] for text in question.evidence)
            lines.append(f"Sources: {', '.join(cards)}.")
    return lines


def _entry(entry: HistoryView) -> str:
    return joined(f"{entry.date}: {entry.text}", names(entry.cites))


def _assumptions(sheet: Debrief) -> list[str]:
    return ["The model assumed."] + [
        sentence(f"{label(title)} {value}{'' if default else ', changed from its default'}")
        for title, value, default in sheet.assumptions
    ]
