"""A review in plain words: what the model says of a choice, and where it has nothing to say.

Every figure is "in this model, for the objective you declared"; cost always stands beside what
was at stake. Nobody is graded and no person gets a total.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tabletop.clean import clean_line
from tabletop.odds.ranges import TOLERANCE
from tabletop.odds.review_titles import draw_title, ending_title, option_title

if TYPE_CHECKING:
    from tabletop.odds.accounts import DecisionAccount, Review
    from tabletop.odds.presets import CampReview
    from tabletop.odds.prospects import Prospect
    from tabletop.odds.ranges import LossRange
    from tabletop.scenario.schema import Scenario

MARKS = (0.04, 0.08, 0.16)
"""GNU Backgammon's thresholds: they order what is looked at first, and are never shown."""
LUCKY_DRAWS = 3
"""How many draws are told: those that moved most."""
RATIONALE_LIMIT = 200

OTHER_SEEDS = "Same choice, other seeds"
"""How the sentence on other luck begins."""
IN_A_WORLD = "In the world of"
"""How sentences on a camp's world begin."""
WOULD_HAVE_CHOSEN = "” would have chosen "
"""What stands in the sentences on what doctrines would have done."""
BY_LOT = "What was open, drawn by lot"
"""How the sentence on choosing at random begins."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What people said with a decision, as far as whoever reads may know it."""

    rationale: str | None = None
    forecast: int | None = None
    """Percent."""
    came: bool | None = None
    """Whether the forecast thing came; None while its turn is open."""


NOTHING = Heard()


def attention(review: Review) -> tuple[DecisionAccount, ...]:
    """The decisions of people, those worth a talk first: by how much they cost, then by stakes."""
    judged = [each for each in review.decisions if each.judged]
    return tuple(sorted(judged, key=lambda each: (-_mark(each.loss), -each.stakes, each.step)))


def opening_lines(scenario: Scenario, review: Review, *, declared: bool = True) -> Iterator[str]:
    """What the figures are, and what they are not."""
    title = clean_line(scenario.objectives[review.objective].title)
    whose = "the objective you declared" if declared else "an objective that nobody declared"
    yield (
        f"In this model, for {whose}, “{title}”: every figure below is on its scale,"
        " from 0 for the worst that can come to 1 for the best."
    )
    yield (
        "The model looks back knowing what the adversary wanted, and the chance of everything."
        " You knew neither: its best play is a bound, not what anybody could have done."
    )


def sum_lines(scenario: Scenario, review: Review) -> Iterator[str]:
    """Choice, chance and control apart, and the sum that they make."""
    ended = (
        f"the ending {ending_title(scenario, review.ending)} is" if review.ending else "it is now"
    )
    yield (
        f"From {review.start:.3f} before play, chance moved it by {_signed(review.luck)},"
        f" choices by {_signed(-review.loss)} and control by {_signed(review.ruled)}:"
        f" that makes {review.end:.3f}, which is what {ended} worth."
    )
    yield f"Left over by the sum: {abs(review.residual):.9f}."
    if any(each.by_default for each in review.decisions):
        yield (
            f"Of what choices moved, {_signed(-review.unchosen)} was nobody's own choice: it came"
            " by default or by a standing order."
        )
    if review.luck_z is not None:
        side = "above" if review.luck_z >= 0 else "below"
        yield (
            f"Such luck lies {abs(review.luck_z):.1f} standard deviations {side} what chance"
            " gives on average."
        )


def luck_lines(scenario: Scenario, review: Review, most: int = LUCKY_DRAWS) -> Iterator[str]:
    """The draws that moved most."""
    moved = sorted(review.draws, key=lambda each: (-abs(each.luck), each.step))[:most]
    for draw in sorted(moved, key=lambda each: each.step):
        if abs(draw.luck) >= TOLERANCE:
            when = "Before play" if draw.kind == "aim" else f"Turn {draw.turn}"
            yield (
                f"{when}: {draw_title(scenario, draw)}, to be expected {often(draw.chance)},"
                f" moved it by {_signed(draw.luck)}."
            )


def decision_lines(
    scenario: Scenario,
    account: DecisionAccount,
    heard: Heard = NOTHING,
    found: LossRange | None = None,
    prospect: Prospect | None = None,
) -> Iterator[str]:
    """One decision: what was chosen and why, what was expected, and what the model says of it."""
    yield _chosen(scenario, account, heard)
    if heard.forecast is not None and heard.came is not None:
        yield _forecast(heard, prospect)
    if not account.judged:
        return
    yield _cost(scenario, account)
    yield from _doubt(scenario, account, found)
    if abs(account.expected_loss - account.loss) >= TOLERANCE:
        yield (
            "To somebody who could not know what the adversary wanted it cost"
            f" {account.expected_loss:.2f} of {account.expected_stakes:.2f}."
        )
    yield from _benchmarks(scenario, account)
    if prospect is not None:
        yield _prospect(scenario, prospect)


def camp_lines(scenario: Scenario, reviews: Iterable[CampReview], number: int) -> Iterator[str]:
    """The decision of that number in the review, as each camp's world would have it."""
    for review in reviews:
        camp = clean_line(scenario.camps[review.camp].title)
        account = review.decisions[number]
        if account is None:
            yield f"{IN_A_WORLD} “{camp}” that choice was not to be had."
        elif account.judged:
            yield f"{IN_A_WORLD} “{camp}”: {_lower(_cost(scenario, account, short=True))}"


def often(chance: float) -> str:
    """A probability as people say it: so many times in ten, or in a hundred where it is small."""
    if chance >= 0.995:
        return "every time"
    if chance >= 0.95 or chance < 0.095:
        if chance < 0.005:
            return "less than once in 100"
        return f"{round(100 * chance)} in 100"
    return f"{round(10 * chance)} in 10"


def _chosen(scenario: Scenario, account: DecisionAccount, heard: Heard) -> str:
    title = option_title(scenario, account, account.chosen.key)
    turn = f"Turn {account.turn}"
    if account.standing:
        doctrine = scenario.doctrines.get(account.standing)
        order = clean_line(account.standing if doctrine is None else doctrine.title)
        return f"{turn}: the standing order “{order}” chose {title}. That was not your choice."
    if account.by_default:
        return f"{turn}: nobody chose, and {title} stood."
    because = ""
    if heard.rationale:
        because = f", because ‘{clean_line(heard.rationale, RATIONALE_LIMIT)}’"
    verb = (
        "you chose"
        if account.kind == "decide"
        else f"asked about {_asked(scenario, account)}, you answered"
    )
    only = " Nothing else was open." if account.forced else ""
    return f"{turn}: {verb} {title}{because}.{only}"


def _asked(scenario: Scenario, account: DecisionAccount) -> str:
    return f"“{clean_line(scenario.injects[account.asked].title)}”"


def _forecast(heard: Heard, prospect: Prospect | None) -> str:
    came = "and it came" if heard.came else "and it did not come"
    said = f"You said {heard.forecast} percent, {came}."
    if prospect is None:
        return said
    return f"{said} In this model {_such_turns(prospect.expected_comes)}."


def _such_turns(chance: float) -> str:
    if chance >= 0.995:
        return "every such turn brings it"
    if chance < 0.005:
        return "fewer than 1 in 100 such turns bring it"
    return f"{often(chance)} such turns bring it"


def _cost(scenario: Scenario, account: DecisionAccount, *, short: bool = False) -> str:
    if account.stakes < TOLERANCE:
        return "In this model next to nothing hung on it: all that was open is worth the same."
    if account.loss < TOLERANCE:
        return (
            f"In this model nothing open was worth more by {TOLERANCE:.2f} or above;"
            f" {account.stakes:.2f} hung on it."
        )
    best = option_title(scenario, account, account.best.key)
    told = f"In this model it cost {account.loss:.2f} of the {account.stakes:.2f} that hung on it"
    return f"{told}; {best} was worth {'most' if short else 'most, played on at its best'}."


def _doubt(scenario: Scenario, account: DecisionAccount, found: LossRange | None) -> Iterator[str]:
    """Whether the author's numbers can carry what was just said."""
    if found is None or account.stakes < TOLERANCE:
        return
    own = account.chosen.key
    if found.close_to_best:
        costly = account.loss >= TOLERANCE
        other = account.best.key if costly else _other(found.rivals, own)
        if other is not None:
            yield (
                f"The model cannot separate {option_title(scenario, account, own)} from"
                f" {option_title(scenario, account, other)}. What would you have needed to know?"
            )
        return
    reach = "all the numbers" if found.whole else "the numbers of this turn and the next"
    yield (
        f"With {reach} of the model varied, what it cost lies between {found.low:.2f} and"
        f" {found.high:.2f}."
    )


def _other(rivals: Sequence[tuple[str, str]], own: tuple[str, str]) -> tuple[str, str] | None:
    """The closest rival that is another response, not the same one with another support."""
    return next((key for key in rivals if key[0] != own[0]), None)


def _benchmarks(scenario: Scenario, account: DecisionAccount) -> Iterator[str]:
    """The choice beside a doctrine's and beside one by lot."""
    chosen = account.chosen
    for each in account.doctrines:
        name = clean_line(scenario.doctrines[each.doctrine].title)
        if each.option.key == chosen.key:
            yield f"“{name}{WOULD_HAVE_CHOSEN}the same."
        else:
            title = option_title(scenario, account, each.option.key)
            more = _beside(each.option.value - chosen.value)
            yield f"“{name}{WOULD_HAVE_CHOSEN}{title}: {more}."
    yield f"{BY_LOT}, was on average {_beside(account.average - chosen.value)}."


def _beside(difference: float) -> str:
    if abs(difference) < TOLERANCE:
        return "worth the same"
    return f"worth {abs(difference):.2f} {'more' if difference > 0 else 'less'}"


def _prospect(scenario: Scenario, prospect: Prospect) -> str:
    ends = [
        f"{ending_title(scenario, name)} {often(chance)}"
        for name, chance in prospect.endings
        if chance >= 0.005
    ]
    name = clean_line(scenario.doctrines[prospect.doctrine].title)
    return f"{OTHER_SEEDS}, “{name}” playing on: {', '.join(ends)}."


def _mark(loss: float) -> int:
    return sum(loss >= mark for mark in MARKS)


def _signed(value: float) -> str:
    return f"{value + 0.0:+.3f}"


def _lower(text: str) -> str:
    return text.removeprefix("In this model ")
