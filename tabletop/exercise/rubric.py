"""What a teacher may judge a student by: six criteria in four levels, never the ending.

They judge how somebody decided and argued. The ending is chance as much as choice, so no
criterion looks at it. The rubric is printed blank, and its columns are blank in the evidence
table: nobody's level is worked out by this program.
"""

from __future__ import annotations

from typing import NamedTuple


class Criterion(NamedTuple):
    """One thing to judge by."""

    id: str
    title: str
    text: str


CRITERIA = (
    Criterion(
        "information",
        "Use of information",
        "Cites what was known, says how sure it was, and what would have changed the choice.",
    ),
    Criterion(
        "reasoning",
        "Reasoning about options",
        "Weighs more than one response, and follows each to what it would bring next.",
    ),
    Criterion(
        "opposing_case",
        "The opposing case",
        "States the strongest objection so that its own people would sign it.",
    ),
    Criterion(
        "role",
        "Fidelity to the role",
        "Speaks for the office, with its knowledge and its goals, and not for its holder alone.",
    ),
    Criterion(
        "calibration",
        "Forecasts",
        "Says how likely things are, and learns from what came; one miss proves nothing.",
    ),
    Criterion(
        "reflection",
        "Reflection",
        "Tells a sound decision from a lucky one, and names a rule of the model to dispute.",
    ),
)
LEVELS = ("1: not yet", "2: in part", "3: well", "4: very well")
