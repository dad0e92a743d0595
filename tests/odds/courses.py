"""Random courses of play, as exercises make them: with flash decisions and control's hand in them."""

from __future__ import annotations

import random

from tabletop.odds.course import (
    Answered,
    Course,
    Decided,
    Drawn,
    Fired,
    Happened,
    Overruled,
    Ruled,
)
from tabletop.rules.play import Play
from tabletop.rules.program import Effect, Program
from tabletop.rules.start import begin


def random_course(
    program: Program, seed: int, *, control: float = 0.0, objective: str | None = None
) -> Course:
    """A whole game played at random by the engine alone; `control` is how often control acts."""
    lots = random.Random(seed)
    start = begin(program, seed)
    aim = list(program.scenario.aims)[start.world.aim]
    play, steps = start.copy(), list[Happened]()
    made: list[tuple[str, Play]] = []
    while True:
        play.walk()
        if play.turn_over:
            continue
        if play.chance is not None:
            made.append((play.chance.site, play.copy()))
            steps.append(Drawn(*play.draw()))
            continue
        if lots.random() < control:
            play = _control(program, play, steps, made, lots)
            continue
        if play.ending is not None:
            break
        made.clear()
        prompt = play.prompt
        assert prompt is not None
        if prompt.kind == "flash":
            answer = lots.choice(program.injects[prompt.id].answers).id
            play.answer(answer)
            steps.append(Answered(prompt.id, answer))
        else:
            response, under = lots.choice([each for each in play.openings().items() if each[1]])
            support = lots.choice(under)
            names = program.responses[response].id, program.supports[support].id
            play.carry_out(response, support)
            steps.append(Decided(*names, by_default=lots.random() < 0.1))
    wish = objective or lots.choice(list(program.scenario.objectives))
    return Course(program, aim, wish, tuple(steps), start.base)


def _control(
    program: Program,
    play: Play,
    steps: list[Happened],
    made: list[tuple[str, Play]],
    lots: random.Random,
) -> Play:
    """Something that control does where people are waited for, or after the end."""
    kinds = ["rule", "overrule" if made else "rule"]
    waits = play.prompt is not None and play.prompt.kind == "decide"
    quiet = [name for name, inject in program.injects.items() if waits or not inject.answers]
    if quiet and play.ending is None:
        kinds.append("fire")
    kind = lots.choice(kinds)
    if kind == "overrule":
        place = lots.randrange(len(made))
        site, before = made[place]
        # The last of several draws of one name is the one that is meant.
        place = max(n for n, (name, _) in enumerate(made) if name == site)
        before = made[place][1].copy()
        assert before.chance is not None
        outcome = lots.choice(before.chance.outcomes).id
        del made[place:]
        before.overrule(outcome, "")
        steps.append(Overruled(site, outcome))
        return before
    made.clear()
    if kind == "fire":
        name = lots.choice(quiet)
        play.fire(name)
        steps.append(Fired(name))
        return play
    track = lots.choice(list(program.layout.tracks))
    flags = list(program.layout.flags)
    sets = (lots.choice(flags),) if flags and lots.random() < 0.5 else ()
    effect = Effect(
        "control",
        ((program.layout.tracks[track], delta := lots.choice([-2, -1, 1, 2])),),
        program.mask(*sets),
    )
    play.intervene(effect, "")
    steps.append(Ruled(((track, delta),), sets))
    return play
