"""A seat in somebody's class, on the terminal's own screen."""
