"""Where things stand, in paragraphs."""

from __future__ import annotations

from dataclasses import replace

from tabletop.exercise.view import ChangeView, DecisionView, WireView
from tabletop.plain import situation
from tests.tui.sample_view import ended_view, sample_view


def test_an_opening_says_turn_stage_brief_news_and_gauges_in_this_order() -> None:
    """The important words come first."""
    lines = situation.opening(sample_view())
    assert lines[0].startswith("Turn 2 of 6. 6 March to late April 2017.")
    assert lines[1] == "Stage: Salvo launch. Rung 2 of 4."
    assert lines[2].startswith("Four missiles, fired together")
    news = [line for line in lines[3:-1] if "News, " in line]
    assert any(line.startswith("News, Their programme: Four missiles in one") for line in news)
    assert lines[-1].startswith("Gauges: Tension 5 of 7, up 1;")


def test_a_save_that_cannot_be_written_is_said_in_every_opening() -> None:
    """The warning is the last thing before the choice."""
    lines = situation.opening(replace(sample_view(), warning="the disk is full"))
    assert lines[-1] == "Warning: the disk is full."


def test_private_news_is_marked() -> None:
    """Who alone may read it is said before what it says."""
    lines = situation.opening(sample_view())
    assert any(line.startswith("For you alone. News, ") for line in lines)


def test_a_gauge_is_read_with_its_ends_its_causes_and_its_course() -> None:
    """No bar: the value of its highest, what moved it, what low and high mean."""
    line = situation.track_lines(sample_view())[0]
    assert line.startswith("Tension: 5 of 7. Up 1 last turn. Your act, ")
    assert "0 means: An ordinary spring." in line
    assert "High is dangerous." in line
    assert line.endswith("Turn by turn: 4, 5.")


def test_a_gauge_with_names_is_read_by_its_name_and_level() -> None:
    """Values with names count as levels from 1."""
    line = situation.track_lines(sample_view())[-1]
    assert line.startswith("China: wary, level 2 of 3.")
    assert "Level 1 means: obstructive." in line
    assert "It started at level 2: " in line


def test_a_gauge_that_does_not_begin_at_nought_says_both_ends() -> None:
    """`3 of 7` would mislead where the lowest value is not 0."""
    track = sample_view().tracks[0]._replace(low=2, value=3)
    assert "Tension 3, between 2 and 7" in situation.gauges([track])


def test_a_gauge_that_was_held_at_its_end_says_so() -> None:
    """The causes add up to more than the movement."""
    threat = ChangeView(2, "Your act", "Threaten.", 1)
    track = sample_view().tracks[0]._replace(value=7, before=7, changes=(threat,))
    said = situation.movement(track)
    assert said == "No change last turn. Your act, Threaten, up 1. It cannot pass 7."


def test_the_ladder_tells_where_we_are_and_how_each_rung_was_reached() -> None:
    """From the lowest rung up."""
    lines = situation.ladder(sample_view())
    assert lines[0].startswith("Rung 1: Spring exercises. Passed. Turn 1: ")
    assert lines[1].startswith("Rung 2: Salvo launch. We are here.")
    assert lines[3] == "Rung 4: Talks. Not reached."


def test_the_wire_can_be_asked_for_one_turn() -> None:
    """A turn without news says so."""
    view = sample_view()
    everything, one = situation.wire(view), situation.wire(view, 1)
    assert 0 < len(one) < len(everything)
    assert one[0].startswith("Turn 1.")
    assert situation.wire(view, 6) == ["Nothing on the wire in turn 6."]
    assert situation.wire(replace(view, wire=())) == ["Nothing on the wire."]


def test_forecasts_show_digits_only_when_asked() -> None:
    """The caller asks for them at EndEx."""
    view = ended_view()
    assert "percent" not in " ".join(situation.decisions(view))
    assert "(70 percent)" in " ".join(situation.decisions(view, digits=True))


def test_a_decision_that_nobody_made_says_so() -> None:
    """This stood by default."""
    made = DecisionView(
        1, "May", "s", "wait", "Wait", "none", "", None, None, came=None, by_default=True
    )
    said = situation.decisions(replace(sample_view(), decisions=(made,)))
    assert said == [
        "1 decision.",
        "Turn 1: Wait. Chosen by nobody: this stood by default.",
    ]
    assert situation.decisions(replace(sample_view(), decisions=())) == ["No decision yet."]


def test_an_office_shows_its_private_brief_and_whether_goals_were_met() -> None:
    """At EndEx a goal that can be judged is judged."""
    view = sample_view()
    assert view.role is not None
    role = view.role._replace(goals=(("No war", True), ("A freeze", False), ("Sleep", None)))
    lines = situation.role(replace(view, role=role))
    assert lines[0].startswith("Your office: President.")
    assert lines[-1] == "Your goals: No war. Met. A freeze. Not met. Sleep."
    assert situation.role(replace(view, role=None)) == ["You hold no office."]


def test_the_objective_is_told_with_what_it_means() -> None:
    """And its absence too."""
    view = sample_view()
    declared = replace(view, objective=view.objectives[0].id)
    assert view.objectives[0].title in situation.objective(declared)[0]
    assert situation.objective(replace(view, objective=None)) == ["No objective was declared."]


def test_an_item_without_a_title_is_told_by_its_text() -> None:
    """Once, and never as an empty line."""
    rung = WireView(1, "May", "ladder", "", "", "A flare over the islet.")
    assert situation.news(rung) == "Ladder: A flare over the islet."
    assert situation.headline(rung._replace(kind="event", by="Chance")) == (
        "Chance: A flare over the islet."
    )
