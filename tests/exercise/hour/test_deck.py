"""The deck: injects that control writes and holds, durable like all else, for control alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.errors import ActionError
from tabletop.exercise.hour.actions import Discard, Keep
from tabletop.exercise.hour.opening import resume_class
from tabletop.exercise.table import Viewer
from tests.exercise.hour.led import Led


async def test_a_held_inject_waits_in_the_deck_and_nobody_else_sees_it(tmp_path: Path) -> None:
    """Neither a seat, nor a team, nor the projector."""
    led = Led(tmp_path, ("red", "blue"))
    await led.seat("red")
    await led.send(Keep("A leak", "A paper prints the plan."))
    (held,) = led.control().deck
    assert (held.kind, held.title, held.text) == ("inject", "A leak", "A paper prints the plan.")
    for viewer in (Viewer("seat", "red-0"), Viewer("team", "red"), Viewer("projector")):
        view = led.table.hour_view(viewer)
        assert view.deck == ()
        assert view.messages == ()
    await led.table.close()


async def test_a_held_inject_leaves_the_deck_once(tmp_path: Path) -> None:
    """A second time it is not there any more."""
    led = Led(tmp_path, ("red",))
    await led.send(Keep("A leak", "A paper prints the plan."))
    (held,) = led.control().deck
    await led.send(Discard(held.number))
    assert led.control().deck == ()
    with pytest.raises(ActionError, match="not in the deck"):
        await led.send(Discard(held.number))
    await led.table.close()


async def test_the_deck_is_there_again_after_a_restart(tmp_path: Path) -> None:
    """What was held before the host was stopped, and not what had left the deck."""
    led = Led(tmp_path, ("red",))
    await led.send(Keep("A leak", "A paper prints the plan."))
    await led.send(Keep("A storm", "No flights tonight."))
    await led.send(Discard(led.control().deck[0].number))
    await led.table.close()
    again = resume_class(led.table.path, clock=lambda: led.now)
    assert [each.title for each in again.hour_view(Viewer("control")).deck] == ["A storm"]
    await again.close()
