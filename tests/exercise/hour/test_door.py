"""The door of a room: only what is open is asked, and what is refused is asked again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tabletop.errors import ActionError
from tabletop.exercise.asking import Blank, LeftError, Option
from tabletop.exercise.hour.door import Door, DoorRole, DoorTeam, Wish, take_a_seat

DOOR = Door(
    "A crisis",
    (DoorTeam("red", 3), DoorTeam("blue", 0)),
    (DoorRole("president", "The President"), DoorRole("state", "The Secretary of State")),
    "Heron",
    listed=False,
    barred=False,
    plain=False,
)
ANY, NOTES = Wish(), "Take notes, and do not play"


class Visitor:
    """Answers in turn; None goes back."""

    def __init__(self, *answers: str | None) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        """What each question offers."""
        self.told: list[str] = []
        self.went: list[Wish] = []
        self.refusals: list[str] = []

    def _next(self) -> str:
        answer = self.answers.pop(0)
        if answer is None:
            raise LeftError
        return answer

    async def fill(self, title: str, blanks: Sequence[Blank]) -> tuple[str, ...]:
        (blank,) = blanks
        self.asked.append(f"{title} | {blank.label}: {blank.value} {blank.hint}".strip())
        return (self._next(),)

    async def pick(self, question: str, options: Sequence[Option], start: str = "") -> str:
        self.asked.append(f"{question} {[option.title for option in options]}")
        chosen = self._next()
        return next(option.id for option in options if option.title == chosen)

    async def several(
        self, question: str, options: Sequence[Option], chosen: Sequence[str] = ()
    ) -> tuple[str, ...]:
        raise AssertionError(question)

    async def sure(self, question: str, warning: str) -> None:
        raise AssertionError(question)

    async def enter(self, wish: Wish) -> None:
        self.went.append(wish)
        if self.refusals:
            raise ActionError(self.refusals.pop(0))

    async def come(self, door: Door, wish: Wish = ANY) -> None:
        await take_a_seat(door, self, wish, self.enter, self.told.append)


async def test_name_team_and_office_are_asked_with_a_pseudonym_to_keep() -> None:
    """Team and office may be dealt, and the recorder's seat is one of the offices."""
    visitor = Visitor("Heron", "blue", "The Secretary of State")
    await visitor.come(DOOR)
    assert visitor.went == [Wish("Heron", "blue", "state")]
    assert visitor.asked == [
        "Take a seat: A crisis | Your name, or a pseudonym: Heron",
        "Which team? ['Deal me one', 'red', 'blue']",
        f"Which office? {['Deal me one', 'The President', 'The Secretary of State', NOTES]}",
    ]
    dealt = Visitor("Ann", "Deal me one", "Deal me one")
    await dealt.come(DOOR)
    assert dealt.went == [Wish("Ann")]
    recorder = Visitor("Ann", "red", NOTES)
    await recorder.come(DOOR)
    assert recorder.went == [Wish("Ann", "red", recorder=True)]


@pytest.mark.parametrize(
    "wish,answers,questions",
    [
        (Wish(team="red"), ("Ann", "Deal me one"), 2),
        (Wish(role="state"), ("Ann", "red"), 2),
        (Wish(team="red", recorder=True), ("Ann",), 1),
    ],
)
async def test_what_was_wished_for_is_not_asked(
    wish: Wish, answers: tuple[str, ...], questions: int
) -> None:
    """By an option of the command."""
    visitor = Visitor(*answers)
    await visitor.come(DOOR, wish)
    assert len(visitor.asked) == questions
    assert visitor.went[0].name == "Ann"
    assert visitor.went[0].team == "red"


async def test_the_list_of_a_class_brings_team_and_office() -> None:
    """Then the name alone is asked, and none is suggested."""
    visitor = Visitor("Ann Lee")
    await visitor.come(DOOR._replace(listed=True))
    assert visitor.asked[0].endswith("pseudonym:  as it stands in the list of your class")
    assert visitor.went == [Wish("Ann Lee")]


async def test_what_is_refused_is_told_and_asked_again() -> None:
    """With the name that was said, so that only what was wrong is said anew."""
    visitor = Visitor("Ann", "red", "The President", "Ann", "blue", "The President")
    visitor.refusals = ["red is full"]
    await visitor.come(DOOR)
    assert visitor.told == ["red is full"]
    assert visitor.asked[3].endswith("pseudonym: Ann")
    assert [wish.team for wish in visitor.went] == ["red", "blue"]


async def test_to_go_back_leads_to_the_name() -> None:
    """Which stands there as it was said."""
    visitor = Visitor("Ann", None, "Anna", "red", None, "Anna", "red", "The President")
    await visitor.come(DOOR)
    assert visitor.went == [Wish("Anna", "red", "president")]
    assert visitor.asked[2].endswith("pseudonym: Ann")


async def test_who_turns_away_or_is_not_let_in_takes_no_seat() -> None:
    """A barred room asks nothing; a plain line is told before anything is said."""
    visitor = Visitor(None)
    with pytest.raises(LeftError):
        await visitor.come(DOOR._replace(plain=True))
    assert visitor.went == []
    assert "could read" in visitor.told[0]
    barred = Visitor()
    with pytest.raises(ActionError, match="closed to new seats"):
        await barred.come(DOOR._replace(barred=True))
    assert barred.asked == []
