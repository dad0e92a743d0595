"""The debrief on the screen: chapters, viewers, and odds that come while it is read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tabletop.debrief.aside import Answer, Doing, NoReview, ask
from tabletop.debrief.comparison import Place
from tabletop.debrief.report.gather import report_of
from tabletop.debrief.report.model import Review
from tabletop.exercise.table import CONTROL
from tabletop.odds import store
from tabletop.odds.sensitivity import first_player, sensitivity
from tabletop.odds.tornado import Sensitivity
from tabletop.tui import start
from tabletop.tui.app import TabletopApp
from tabletop.tui.screens.debrief import DebriefScreen
from tabletop.tui.screens.home import HomeScreen
from tests.debrief.report_cases import HOSTILE, group, places
from tests.tui.pictures import is_harmless
from tests.tui.stand_in import an_app, flat, press, settle, text_of, told


def said(*answers: Answer) -> Callable[[Place], AsyncIterator[Answer]]:
    """Somebody who answers this, whatever is asked."""

    async def consult(place: Place) -> AsyncIterator[Answer]:
        for answer in answers:
            yield answer

    return consult


def review_and_sensitivity(place: Place) -> tuple[Review, Sensitivity]:
    """What the odds layer says of a small game."""
    review = report_of([place], store.solved).runs[0].review
    player = first_player(place.table.program)
    assert review is not None
    assert player is not None
    return review, sensitivity(place.table.program, player)


def opened(screen: DebriefScreen) -> TabletopApp:
    """An app that begins there."""
    app = an_app(start=start.Debrief(screen.at))
    app.looking_back = lambda kind, places: screen  # type: ignore[method-assign]
    return app


def here(app: TabletopApp) -> DebriefScreen:
    """The debrief that is on the screen."""
    assert isinstance(app.screen, DebriefScreen)
    return app.screen


@pytest.fixture
def over(tmp_path: Path) -> Place:
    """Red's line of a class that has ended, as control sees it."""
    return places(group(tmp_path / "class.jsonl", "red", "blue"))[0]


async def test_a_page_tells_the_whole_story(over: Place) -> None:
    """What was decided, why, what was expected, what came, and how it ended."""
    app = opened(DebriefScreen(over, said()))
    async with app.run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        text = flat(app)
    assert "The story in one page" in text
    assert "be seen" in text
    assert "percent); it" in text
    assert "control stepped in" in text


async def test_every_chapter_has_its_digit_and_its_arrow(over: Place) -> None:
    """The list beside the page tells which one is shown; the ends say that they are ends."""
    app = opened(DebriefScreen(over, said(NoReview("there is none"))))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = here(app)
        titles = [chapter.title for chapter in screen.chapters]
        assert titles[:3] == ["The story in one page", "Turn by turn", "Forecasts and what came"]
        assert "What control did" in titles
        for digit, title in enumerate(titles, 1):
            await press(pilot, str(digit))
            head, *_ = (row for row in text_of(app).splitlines() if row.strip())
            assert f"{digit} of {len(titles)}" in head
            assert text_of(app).count(title) >= 2
        await press(pilot, "right", "9")
        assert told(app)[0] == "this is the last chapter"
        await press(pilot, "1", "left")
        assert told(app)[-1] == "this is the first chapter"


async def test_the_odds_come_while_the_page_is_read(over: Place) -> None:
    """A line in the head says what is done; then the chapters fill, and decisions have words."""
    review, hangs = review_and_sensitivity(over)
    heard: list[str] = []

    async def consult(place: Place) -> AsyncIterator[Answer]:
        yield Doing("Solving the game", 0.25)
        await settle_once(heard)
        yield review
        yield hangs

    async def settle_once(into: list[str]) -> None:
        await pilot.pause()
        into.append(flat(app))

    app = opened(DebriefScreen(over, consult))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "Solving the game 25%" in heard[0]
        screen = here(app)
        chapters = {chapter.id: chapter for chapter in screen.chapters}
        assert "Solving" not in flat(app)
        assert review.words[0] in str(chapters["review"].parts)
        assert "plays" in str(chapters["hangs"].parts)
        assert review.beside[0].words[1] in str(chapters["turns"].parts)


async def test_where_there_is_no_review_the_reason_stands(over: Place) -> None:
    """One line, and the rest of the page as it was."""
    app = opened(DebriefScreen(over, said(NoReview("too much of everything"))))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = here(app)
        place = [chapter.id for chapter in screen.chapters].index("review")
        await press(pilot, str(place + 1))
        assert "Too much of everything." in flat(app)
        assert "background" not in flat(app)


async def test_before_endex_nobody_but_control_asks_for_odds(tmp_path: Path) -> None:
    """Another viewer is told less; the key that changes the viewer says for whom it is told."""
    asked: list[str] = []

    async def consult(place: Place) -> AsyncIterator[Answer]:
        asked.append(place.viewer.kind)
        yield NoReview("asked")

    open_game = places(group(tmp_path / "class.jsonl", "red"), CONTROL)
    public = open_game[0].table.viewer
    app = opened(DebriefScreen(open_game[0]._replace(viewer=public), consult))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert asked == []
        assert "told for the public" in flat(app)
        assert "be seen" not in flat(app)
        while "told for control" not in flat(app):
            await press(pilot, "v")
        assert asked == ["control"]
        assert "be seen" in flat(app)
        await press(pilot, "t")
        assert "· blue" in flat(app)


async def test_the_odds_of_another_viewer_are_not_mixed_up(over: Place) -> None:
    """An answer that was asked for somebody else is not heard."""
    review, _ = review_and_sensitivity(over)
    screen = DebriefScreen(over, said())
    app = opened(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen.post_message(DebriefScreen.Heard(over._replace(), review))
        await settle(pilot)
        assert screen.run.review is None
        screen.post_message(DebriefScreen.Heard(over, review))
        await settle(pilot)
        assert screen.run.review == review


async def test_the_process_beside_the_screen_answers(tmp_path: Path) -> None:
    """The review and what the odds hang on, as they are worked out here; sealed ones are not."""
    place = places(group(tmp_path / "class.jsonl", "red", "blue"))[0]
    review, hangs = review_and_sensitivity(place)
    answers = [answer async for answer in ask(place)]
    assert any(isinstance(answer, Doing) for answer in answers)
    assert review in answers
    heard = next(answer for answer in answers if isinstance(answer, Sensitivity))
    assert heard.bars == hangs.bars
    sealed = places(group(tmp_path / "open.jsonl", "red"))[0]
    (only,) = [answer async for answer in ask(sealed._replace(viewer=sealed.table.viewer))]
    assert isinstance(only, NoReview)
    assert "sealed" in only.why


async def test_who_leaves_ends_what_was_still_worked_out(over: Place) -> None:
    """The process beside the screen does not outlive it."""
    ended: list[str] = []

    async def consult(place: Place) -> AsyncIterator[Answer]:
        try:
            yield Doing("Solving the game", 0.0)
            await asyncio.Event().wait()
        finally:
            ended.append(place.line)

    app = opened(DebriefScreen(over, consult))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        while "Solving" not in flat(app):
            await pilot.pause()
        await pilot.press("v")
        while not ended:
            await pilot.pause()
        await pilot.press("q")
        while len(ended) < 2:
            await pilot.pause()
    assert ended == ["red", "red"]


async def test_leaving_goes_home_where_nothing_is_below(over: Place) -> None:
    """And ends what was still being worked out."""
    app = opened(DebriefScreen(over, said()))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "q")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_words_of_people_are_harmless_in_every_chapter(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """Escape codes, markup, page-long lines."""
    text = "\n".join(HOSTILE)
    place = places(group(tmp_path / "bad.jsonl", "red", "blue", name=text, reason=text))[0]
    app = opened(DebriefScreen(place, said()))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for digit in range(len(here(app).chapters)):
            await press(pilot, str(digit + 1))
            assert is_harmless(text_of(app))
