"""What is handed out before an exercise: a reading, role sheets, cards, a plan, a blank rubric.

Imports `tabletop.exercise` for the scale of forecasts and the rubric, `tabletop.scenario` for
what its authors wrote, and `tabletop.webpage` for the page. It is a layer beside the debrief and
not a part of it: the debrief tells what became of a save, and a hand-out is made when there is
none. They share no words but the rubric, and no code but the page, and so lie side by side.

Whatever a student may hold is made from what is open at StartEx. What is sealed until EndEx,
aims and history, stands on sheets of the facilitator that are marked as such.
"""
