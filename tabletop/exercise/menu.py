"""What can be chosen now: responses, supports and answers, with the reasons for what is closed."""

from __future__ import annotations

from tabletop.exercise.telling import Teller
from tabletop.exercise.view import AnswerView, CaseView, FlashView, ResponseView, SupportView
from tabletop.rules.play import Play
from tabletop.scenario.moves import Argument, Response


def response_views(play: Play, teller: Teller) -> tuple[ResponseView, ...]:
    """The responses on offer, in file order; one that gives no reason while closed is left out."""
    views = [_response(play, number, under, teller) for number, under in play.openings().items()]
    return tuple(view for view in views if view is not None)


def _response(
    play: Play, number: int, under: tuple[int, ...], teller: Teller
) -> ResponseView | None:
    program = play.program
    compiled = program.responses[number]
    part = program.scenario.responses[compiled.id]
    open_under = tuple(program.supports[index].id for index in under)
    closed = None if open_under else _reason(play, number, part)
    if not open_under and closed is None:
        return None
    return ResponseView(
        id=compiled.id,
        title=part.title,
        instrument=part.instrument,
        act=part.act,
        favour=_case(part.for_, teller),
        against=_case(part.against, teller),
        unknown=part.unknown,
        supports=open_under,
        closed=closed,
        consent=_consent(play, part, open_under, teller),
        course=number == program.course[play.world.stage],
        cites=teller.cites(part.cites),
    )


def _reason(play: Play, number: int, part: Response) -> str | None:
    compiled = play.program.responses[number]
    worlds = map(play.with_support, range(len(play.program.supports)))
    fits = any(world is not None and compiled.test(world) for world in worlds)
    if fits and part.consent is not None:
        return part.consent.refusal
    return part.closed


def _consent(play: Play, part: Response, open_under: tuple[str, ...], teller: Teller) -> str | None:
    if part.consent is None:
        return None
    who = teller.cause(part.consent.by)
    supports = play.program.scenario.supports
    usable = [support for support in play.program.supports if support.test(play.world)]
    if len(open_under) == len(usable):
        return f"{who} must agree, and does."
    if open_under:
        titles = " or ".join(f"“{supports[name].title}”" for name in open_under)
        return f"{who} must agree, and will only with {titles}."
    return f"{who} must agree, and does not."


def _case(part: Argument, teller: Teller) -> CaseView:
    roles = teller.scenario.roles
    by = roles[part.by].title if part.by else ""
    return CaseView(part.text, by, teller.cites(part.cites))


def support_views(play: Play) -> tuple[SupportView, ...]:
    """Every support; a closed one says why."""
    parts = play.program.scenario.supports
    return tuple(
        SupportView(
            support.id,
            parts[support.id].title,
            parts[support.id].act,
            None if support.test(play.world) else (parts[support.id].closed or "Not open now."),
        )
        for support in play.program.supports
    )


def flash_view(play: Play, teller: Teller) -> FlashView | None:
    """The flash decision that waits, if one does."""
    if play.prompt is None or play.prompt.kind != "flash":
        return None
    name = play.prompt.id
    part = teller.scenario.injects[name]
    answers = tuple(
        AnswerView(answer, choice.title, choice.act) for answer, choice in part.answers.items()
    )
    return FlashView(name, part.title, teller.words(part), answers)
