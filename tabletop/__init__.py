"""A crisis exercise for the terminal: play it, teach with it, replay it."""

__version__ = "0.1.0"
