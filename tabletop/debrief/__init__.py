"""What we learn from a run: its story, forecasts, comparisons, questions, and bookmarks to export.

Imports `tabletop.exercise` and what lies below it; knows no front end. Everything is worked
out from a save laid out for looking at (`tabletop.exercise.replay`) and handed over as the
plain data of `tabletop.debrief.model`, which holds only what its viewer may know.
"""
