"""The decision review: what each choice cost beside what was at stake, apart from luck and control.

Symbols follow Zare, "Hedging Toward Skill", and GNU Backgammon's manual ("luck of a roll").
u is the declared objective's value of an ending, 0 to 1; V*(s) what position s is worth under
best play, Q*(s, a) what it is worth to choose a there and play best afterwards. Then

    loss    = V*(s) - Q*(s, chosen) >= 0        at a decision that people made
    stakes  = max Q*(s, a) - min Q*(s, a)       over all that was open
    luck    = V*(after) - V*(before)            at a draw, where V*(before) = E[V*(after)]
    control = V*(after) - V*(before)            at an intervention of control

and since each starts where the one before ended,

    u(end) - V*(start) = sum of luck - sum of loss + sum of control.

V* knows the adversary's aim: it judges with hindsight, and best play in it is a bound that no
player can hope for. `expected` figures average Q* over the aims by their prior, which is what
the players were told; what the draws so far would tell about the aim is left out, since only
one who knew the model's weights could infer it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tabletop.odds.accounts import (
    ControlAccount,
    DecisionAccount,
    DoctrineChoice,
    DrawAccount,
    Option,
    Review,
)
from tabletop.odds.case import Case
from tabletop.odds.course import Answered, Decided, Drawn, Happened, Moment, wanted

if TYPE_CHECKING:
    from tabletop.odds.ground import Ground
    from tabletop.odds.packing import Numbers
    from tabletop.rules.play import Play


def review(case: Case) -> Review:
    """The review of a line of play.

    Raises `ActionError` where its course does not follow by the rules, `UsageError` for an
    unknown objective.
    """
    judge = Judge(case.ground, case.aim, case.column, case.prior)
    openings, moments, last = case.followed
    first = judge.values(openings[0])
    start = float(first @ case.prior)
    aim = DrawAccount(
        step=-1,
        turn=1,
        kind="aim",
        site=case.course.program.aims.site,
        owner="aim",
        source="aim",
        outcome=case.course.aim,
        chance=float(case.prior[case.aim]),
        luck=float(first[case.aim]) - start,
        variance=float(case.prior @ (first - start) ** 2),
    )
    drawn = [judge.draw(each) for each in moments if each.kind == "draw"]
    ordered = [judge.order(each) for each in moments if each.kind == "order"]
    return Review(
        program=case.course.program.hash,
        objective=case.course.objective,
        aim=case.course.aim,
        ending=last.ending,
        start=start,
        end=judge.value(last),
        decisions=tuple(judge.decision(each) for each in case.followed.decisions()),
        draws=(aim, *sorted([*drawn, *ordered], key=lambda each: each.step)),
        control=tuple(judge.control(each) for each in moments if each.kind == "control"),
    )


@dataclass(frozen=True)
class Judge:
    """What single moments of a line of play are worth, for one objective and one aim."""

    ground: Ground
    aim: int
    column: int
    prior: Numbers

    def values(self, play: Play) -> Numbers:
        """By aim: V* of a position."""
        return self.ground.value(play)[:, self.column]

    def value(self, play: Play) -> float:
        """V* of a position."""
        return float(self.values(play)[self.aim])

    def draw(self, moment: Moment) -> DrawAccount:
        """The account of a draw."""
        what, drawn = moment.what, moment.before.chance
        assert isinstance(what, Drawn)
        assert drawn is not None
        worth = self.value(moment.before)
        outcomes = {
            name: (float(chance[self.aim]), float(value[self.aim, self.column]))
            for name, (chance, value) in self.ground.outcomes(moment.before).items()
        }
        return DrawAccount(
            step=moment.step,
            turn=moment.before.world.turn,
            kind="draw",
            site=what.site,
            owner=drawn.owner,
            source=drawn.source,
            outcome=what.outcome,
            chance=outcomes[what.outcome][0],
            luck=self.value(moment.after) - worth,
            variance=sum(chance * (value - worth) ** 2 for chance, value in outcomes.values()),
        )

    def order(self, moment: Moment) -> DrawAccount:
        """The account of what a standing order chose by lot: luck, as nobody chose it."""
        assert moment.before.prompt is not None
        worth = self.value(moment.before)
        options = self.options(moment.before)
        shares = lots(options)
        chosen = taken(options, moment.what)
        return DrawAccount(
            step=moment.step,
            turn=moment.before.world.turn,
            kind="order",
            site="standing order",
            owner=moment.before.prompt.id,
            source="",
            outcome=chosen.response,
            chance=shares[options.index(chosen)],
            luck=self.value(moment.after) - worth,
            variance=sum(
                share * (option.value - worth) ** 2
                for share, option in zip(shares, options, strict=True)
            ),
        )

    def control(self, moment: Moment) -> ControlAccount:
        """The account of an intervention."""
        change = self.value(moment.after) - self.value(moment.before)
        return ControlAccount(moment.step, moment.before.world.turn, change)

    def decision(self, moment: Moment) -> DecisionAccount:
        """The account of a decision; raises `KeyError` where the choice is not open."""
        play, what = moment.before, moment.what
        assert play.prompt is not None
        options = self.options(play)
        chosen = taken(options, what)
        shares = lots(options)
        policies = [each for each in play.program.policies.values() if not each.uniform]
        return DecisionAccount(
            step=moment.step,
            turn=play.world.turn,
            kind=play.prompt.kind,
            asked=play.prompt.id,
            chosen=chosen,
            # Of those equal but for rounding, the one that was chosen is the best.
            options=tuple(
                sorted(options, key=lambda each: (-round(each.value, 12), each != chosen))
            ),
            average=sum(share * each.value for share, each in zip(shares, options, strict=True)),
            doctrines=tuple(
                DoctrineChoice(policy.id, taken(options, wanted(play, policy)))
                for policy in policies
            ),
            by_default=isinstance(what, Decided | Answered) and what.by_default,
            standing=what.standing if isinstance(what, Decided | Answered) else "",
        )

    def options(self, play: Play) -> tuple[Option, ...]:
        """All that is open where a play waits."""
        return tuple(
            Option(
                response,
                support,
                float(values[self.aim, self.column]),
                float(values[:, self.column] @ self.prior),
            )
            for (response, support), values in self.ground.options(play).items()
        )


def named(what: Happened) -> tuple[str, str]:
    """What a choice is called among options: response and support, or the answer and ""."""
    assert isinstance(what, Decided | Answered)
    return (what.response, what.support) if isinstance(what, Decided) else (what.answer, "")


def taken(options: Sequence[Option], what: Happened) -> Option:
    """The option that a choice took; raises `KeyError` where it is not open."""
    return {option.key: option for option in options}[named(what)]


def lots(options: Sequence[Option]) -> list[float]:
    """By option: its chance when lots are drawn, a response first and then its support."""
    under = Counter(option.response for option in options)
    return [1 / len(under) / under[option.response] for option in options]
