"""What control does at a console, question by question, whichever front end puts the questions.

The screen of `tabletop.tui.console` and the lines of `tabletop.plain.control` carry out the same
acts. Imports `tabletop.exercise` and what lies below it; knows no front end and no network.
"""
