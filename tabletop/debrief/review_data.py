"""The decision review as plain data, for programs (docs/odds.md tells its shape)."""

from __future__ import annotations

from typing import Any

from tabletop.debrief.decisions import LineReview
from tabletop.odds.accounts import DecisionAccount, Option
from tabletop.odds.ranges import LossRange


def review_data(found: LineReview) -> dict[str, Any]:
    """The accounts of a line of play, with the ranges of what its decisions cost."""
    review = found.review
    return {
        "line": found.line,
        "team": found.team,
        "objective": review.objective,
        "declared": found.declared,
        "aim": review.aim,
        "ending": review.ending,
        "start": review.start,
        "end": review.end,
        "luck": review.luck,
        "loss": review.loss,
        "control": review.ruled,
        "residual": review.residual,
        "luck_z": review.luck_z,
        "pivot": found.pivot,
        "decisions": [
            _decision(account, doubt, found.events[account.step])
            for account, doubt in zip(review.decisions, found.ranges, strict=True)
        ],
        "draws": [
            {
                "turn": draw.turn,
                "kind": draw.kind,
                "site": draw.site,
                "outcome": draw.outcome,
                "chance": draw.chance,
                "luck": draw.luck,
            }
            for draw in review.draws
        ],
        "rulings": [{"turn": each.turn, "change": each.change} for each in review.control],
    }


def _decision(account: DecisionAccount, doubt: LossRange | None, event: int) -> dict[str, Any]:
    return {
        "turn": account.turn,
        "event": event,
        "kind": account.kind,
        "asked": account.asked,
        "by_default": account.by_default,
        "standing": account.standing or None,
        "forced": account.forced,
        "chosen": _option(account.chosen),
        "best": _option(account.best),
        "loss": account.loss,
        "stakes": account.stakes,
        "expected_loss": account.expected_loss,
        "expected_stakes": account.expected_stakes,
        "by_lot": account.average,
        "doctrines": {each.doctrine: _option(each.option) for each in account.doctrines},
        "range": None
        if doubt is None
        else {"low": doubt.low, "high": doubt.high, "whole": doubt.whole},
        "inseparable": None if doubt is None else doubt.close_to_best,
    }


def _option(option: Option) -> dict[str, Any]:
    return {
        "response": option.response,
        "support": option.support,
        "value": option.value,
        "expected": option.expected,
    }
