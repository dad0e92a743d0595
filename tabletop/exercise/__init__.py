"""How people play: the journal, seats and lines, what each viewer may see, and the table.

Imports `tabletop.rules` and `tabletop.scenario`; knows no front end. Front ends
know only `tabletop.exercise.table` and the plain data of `tabletop.exercise.view`.
"""
