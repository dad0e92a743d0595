"""The terminal interface: screens, widgets, map, styles and themes, built with Textual.

Above it stand the commands of `tabletop.cli`; below it `tabletop.exercise`, of which it
uses the table, the views and the desk alone. It never imports `tabletop.plain`.
"""
