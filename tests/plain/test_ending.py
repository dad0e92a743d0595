"""EndEx and what is told after a choice, in words."""

from __future__ import annotations

from dataclasses import replace

from tabletop.plain.aftermath import aftermath
from tabletop.plain.ending import ending, history, questions
from tabletop.plain.story import story
from tests.tui.sample_view import ended_view, sample_view

ENDED = ended_view()


def test_the_end_tells_epilogue_worth_camps_aim_forecasts_and_seal() -> None:
    """In this order, the ending's name first."""
    said = "\n".join(ending(ENDED))
    marks = [
        "EndEx. The exercise is over: ",
        "By your objective, ",
        "would not accept this",
        "could live with this",
        "What they wanted: ",
        "What you could have noticed: ",
        "(70 percent)",
        "The model assumed. ",
        "Seal of this save: ",
    ]
    places = [said.index(mark) for mark in marks]
    assert places == sorted(places)


def test_an_assumption_that_was_changed_says_so() -> None:
    """Those at their default do not."""
    said = next(line for line in ending(ENDED) if line.startswith("The model assumed."))
    assert "strong, changed from its default" in said
    assert said.count("changed from its default") == 1


def test_nothing_is_unsealed_before_the_end() -> None:
    """Neither the ending nor the history."""
    assert ending(sample_view()) == []
    assert history(sample_view()) == ["History is sealed until the exercise ends."]


def test_history_is_told_by_date_with_its_sources() -> None:
    """Every entry cites what it rests on."""
    said = history(ENDED)
    assert said[0].startswith("2017-03-06: ")
    assert all("Sources: " in line for line in said)


def test_a_scenario_without_history_or_questions_says_so() -> None:
    """An invented crisis has neither."""
    assert ENDED.ending is not None
    bare = replace(ENDED, ending=replace(ENDED.ending, history=(), questions=()))
    assert history(bare) == ["This scenario holds no history."]
    assert questions(bare) == ["This scenario asks no questions."]


def test_while_another_team_plays_the_rest_stays_sealed() -> None:
    """One line says so wherever it is asked for."""
    assert ENDED.ending is not None
    held = replace(ENDED.ending, aim_title="", aim_text="", tells=(), history=(), questions=())
    early = replace(ENDED, ending=held)
    said = [line for line in ending(early) if "sealed until every team" in line]
    assert history(early) == questions(early) == said
    assert not any("sealed until" in line for line in ending(ENDED))
    assert not any("wanted" in line for line in story(early))


def test_questions_wait_for_the_end() -> None:
    """They would give things away."""
    assert questions(sample_view()) == ["The questions come when the exercise has ended."]
    assert questions(ENDED)[0].startswith("1. ")


def test_an_aftermath_tells_the_choice_what_happened_what_moved_and_the_ladder() -> None:
    """By cause, in the order in which it happened."""
    view = sample_view()
    said = aftermath(view)
    assert said[0] == "After your choice in turn 1."
    assert said[1].startswith("You chose: Carry the exercises through.")
    assert said[-1].startswith("Ladder: from Spring exercises to Salvo launch.")
    assert any(line.startswith("Tension: 5 of 7. Up 1. Your act, ") for line in said)
    assert aftermath(replace(view, aftermath=None)) == []


def test_a_stage_that_held_is_told_too() -> None:
    """The ladder is always the last word."""
    view = sample_view()
    assert view.aftermath is not None
    held = view.aftermath._replace(ladder=None, stage_after="Salvo launch")
    assert aftermath(replace(view, aftermath=held))[-1] == (
        "Ladder: no move. Still at Salvo launch."
    )


def test_a_story_is_compact_and_ends_with_the_ending() -> None:
    """A line a happening, without its text."""
    said = story(ENDED)
    assert said[0].startswith(ENDED.title)
    assert "Your act: Carry the exercises through. Tension up 1." in said
    assert said[-1].startswith("What they wanted: ")
