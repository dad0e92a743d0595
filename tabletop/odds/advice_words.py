"""What is said of an adviser and by one, wherever a player can turn one on; without a digit."""

from __future__ import annotations

ON = (
    "The adviser is on. It says what the model makes of each option for your objective, in words"
    " alone. It knows the model, not the world, and not what the adversary really wants."
)
OFF = "The adviser is off."
THINKING = "The adviser works the game out. The first time that may take a while."
BESIDE = "The adviser, in this model"
"""What stands before its words."""


def silent(why: object) -> str:
    """That it has nothing to say, and why."""
    return f"The adviser has nothing to say: {why}"
