"""The screen of a seat in a class, against rooms that are really served."""
