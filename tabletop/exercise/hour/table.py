"""A live facilitated exercise: the table of a class, run by its plan's clock or by hand."""

from __future__ import annotations
