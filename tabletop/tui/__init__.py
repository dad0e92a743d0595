"""The terminal interface: screens, widgets, map, styles and themes, built with Textual.

Above it stand the commands of `tabletop.cli`; below it `tabletop.exercise`, of which it
uses the table, the views and the desk alone. It never imports `tabletop.plain`.
"""

import os

# Textual reads it when it is imported: what changed is painted after at most 8 ms, not 16.
os.environ.setdefault("TEXTUAL_FPS", "120")
