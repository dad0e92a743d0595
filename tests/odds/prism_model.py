"""A PRISM model in the making: places on the way through a turn, formulas and commands."""

from __future__ import annotations

from tests.odds.prism_terms import Values


class Model:
    """Collects what a model is made of, in the order in which it is told."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.formulas: list[str] = []
        self.commands: list[str] = []

    def update(self, at: Values, place: str) -> str:
        """The assignments that make the values so and go on to a place."""
        changes = [f"(at' = {self.place(place)})"]
        for name, value in at.tracks.items():
            if value != f"t_{name}":
                changes.append(f"(t_{name}' = {value})")
        for name, value in at.flags.items():
            if value != f"f_{name}":
                changes.append(f"(f_{name}' = {value})")
        return " & ".join(changes)

    def place(self, name: str) -> str:
        """A place on the way through a turn, as a constant of the model."""
        self.places.setdefault(name, len(self.places))
        return f"at_{name}"

    def command(self, place: str, when: str, *branches: tuple[str, str]) -> None:
        """One command: where, under which condition, and (probability, update) pairs."""
        body = " + ".join(f"{odds} : {update}" for odds, update in branches)
        self.commands.append(f"  [] at = {self.place(place)} & ({when}) -> {body};")
