"""How one game moves: the compiled program, the world, chance, the turn and the ladder.

Imports `tabletop.scenario` and `tabletop.errors`; does no input or output and knows
neither exercises nor front ends. Every way of playing (people, doctrines, samples,
exact odds) runs the one program that `compile_program` makes.
"""

RULES_VERSION = 1
"""Raised when the meaning of a scenario or a save changes; saves of earlier ones still replay."""
