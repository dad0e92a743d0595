"""Measures the figures that the design promises, each as a ratio within one run.

These are scripts for `make bench`, never tests: this machine and yours differ, ratios less so.
May import every layer; nothing imports it.
"""
