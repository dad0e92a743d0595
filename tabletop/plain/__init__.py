"""The line front end: a whole exercise as plain lines, for screen readers, pipes and scripts.

Imported by `tabletop.cli` alone. Imports `tabletop.exercise` and below, never
`tabletop.tui`; knows an exercise only through its table, its views and the desk.
Nothing here moves a cursor, draws a border or writes an escape sequence.
"""
