"""The desk: new games, resumed ones, branches with the same luck, and what it refuses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tabletop.errors import ActionError, SaveError, TabletopError, UsageError
from tabletop.exercise.desk import Desk
from tabletop.exercise.events import Draft
from tabletop.exercise.exercise import LocalTable
from tabletop.exercise.save import read_save
from tabletop.exercise.table import SOLO, Decide
from tests.exercise.classes import Exercise
from tests.exercise.games import SCENARIO, play, play_on, rewrite
from tests.exercise.saves import reseal, write_save


async def test_a_resumed_game_goes_on_where_it_stood(tmp_path: Path, desk: Desk) -> None:
    """After one turn, the view is the same before and after; then it is played to the end."""
    path = await asyncio.to_thread(play, tmp_path / "half.jsonl", turns=1)
    replayed = desk.replay(path).view(SOLO)
    table = desk.resume(path)
    assert table.view(SOLO) == replayed
    await play_on(table)
    assert read_save(path).closed


async def test_a_save_that_lost_its_last_lines_is_drawn_on_to_the_same_end(
    tmp_path: Path, desk: Desk
) -> None:
    """Cut off after the decision, the draws that were lost come again as they were."""
    path = await asyncio.to_thread(play, tmp_path / "whole.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    decisions = [number for number, line in enumerate(lines) if b'"game.decision"' in line]
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(b"".join(lines[: decisions[-1] + 1]))
    table = desk.resume(cut)
    ending = table.view(SOLO).ending
    whole = desk.replay(path).view(SOLO).ending
    assert ending is not None
    assert whole is not None
    assert ending.id == whole.id
    await table.close()


async def test_a_branch_shares_the_past_and_meets_the_same_luck(tmp_path: Path, desk: Desk) -> None:
    """The same choices again give the same game; the parent is named and untouched."""
    path = await asyncio.to_thread(play, tmp_path / "whole.jsonl")
    before = path.read_bytes()
    branch = desk.branch(path, 2)
    assert branch.view(SOLO).turn == 2
    await play_on(branch)
    assert path.read_bytes() == before
    parent = read_save(path)
    child = read_save(branch.path)
    assert child.header.parent is not None
    assert (child.header.parent.id, child.header.parent.turn) == (parent.header.id, 2)
    draws = [[e.data for e in save.events if e.what == "game.draw"] for save in (parent, child)]
    assert draws[0] == draws[1]


async def test_a_branch_of_a_branch_with_new_luck_keeps_that_luck(
    tmp_path: Path, desk: Desk
) -> None:
    """Going back once more to the same decision meets the branch's luck, not the first one's."""
    path = await asyncio.to_thread(play, tmp_path / "whole.jsonl")
    first = desk.branch(path, 2, same_luck=False)
    await play_on(first)
    second = desk.branch(first.path, 2)
    await play_on(second)

    def draws(save: Path) -> list[object]:
        return [event.data for event in read_save(save).events if event.what == "game.draw"]

    assert draws(first.path) == draws(second.path)


async def test_new_luck_differs_from_the_old_in_some_of_many_branches(
    tmp_path: Path, desk: Desk
) -> None:
    """Twenty branches with new luck do not all repeat the parent's draws."""
    path = await asyncio.to_thread(play, tmp_path / "whole.jsonl")
    old = [event.data for event in read_save(path).events if event.what == "game.draw"]
    different = 0
    for number in range(20):
        table = desk.branch(path, 1, same_luck=False, save=tmp_path / f"{number}.jsonl")
        await play_on(table)
        events = read_save(table.path).events
        different += [event.data for event in events if event.what == "game.draw"] != old
    assert different > 0


@pytest.mark.parametrize(
    "options,message",
    [
        ({"assumptions": {"weather": "fine"}}, "unknown assumption 'weather'"),
        ({"assumptions": {"prior": "odd"}}, "prior cannot be 'odd'"),
        ({"preset": "grim"}, "unknown preset 'grim'"),
        ({"plan": "never"}, "unknown plan 'never'"),
        ({"seed": -1}, "a seed is a whole number from 0"),
        ({"seed": 2**64}, "a seed is a whole number from 0"),
    ],
)
def test_wrong_settings_are_refused_and_no_file_is_made(
    desk: Desk, options: dict[str, object], message: str
) -> None:
    """Before anything is written."""
    with pytest.raises(UsageError, match=message):
        desk.new(str(SCENARIO), **options)  # type: ignore[arg-type]
    assert not desk.folder.exists() or not list(desk.folder.iterdir())


async def test_a_preset_sets_its_assumptions_and_a_single_one_goes_before_it(desk: Desk) -> None:
    """The header keeps every dial by name."""
    table = desk.new(str(SCENARIO), preset="hard_world", assumptions={"prior": "even"})
    assert read_save(table.path).header.assumptions == {"patrols_provoke": "none", "prior": "even"}
    await table.close()


async def test_the_same_game_again_has_the_same_world_and_another_adversary(
    tmp_path: Path, desk: Desk
) -> None:
    """Scenario, dials and plan as before, and neither the seed nor the past."""
    first = desk.new(str(SCENARIO), seed=5, preset="hard_world")
    await play_on(first)
    second = desk.again(first, "Ann")
    assert second.view(SOLO).phase == "briefing"
    old, new = (read_save(table.path).header for table in (first, second))
    assert (new.assumptions, new.files, new.program) == (old.assumptions, old.files, old.program)
    assert new.seed != old.seed
    assert new.parent is None
    await second.close()


async def test_two_games_in_one_second_get_files_of_their_own(desk: Desk) -> None:
    """No game overwrites another."""
    tables = [desk.new(str(SCENARIO)) for _ in range(3)]
    assert len({table.path for table in tables}) == 3
    for table in tables:
        await table.close()


async def test_what_cannot_be_branched_is_refused(tmp_path: Path, desk: Desk) -> None:
    """A turn that was never decided; an unknown scenario; a save that is none."""
    path = await asyncio.to_thread(play, tmp_path / "half.jsonl", turns=1)
    with pytest.raises(SaveError, match="no decision of turn 3"):
        desk.branch(path, 3)
    with pytest.raises(TabletopError):
        desk.new("no-such-crisis")
    (tmp_path / "note.jsonl").write_text("hello\n")
    with pytest.raises(SaveError):
        desk.resume(tmp_path / "note.jsonl")


async def test_a_branch_copies_notes_of_any_kind_that_can_be_read(
    tmp_path: Path, desk: Desk
) -> None:
    """What a later program calls its notes is its own affair."""
    path = await asyncio.to_thread(play, tmp_path / "whole.jsonl")
    save = read_save(path)
    drafts = [Draft(event.what, event.data, event.actor, event.line) for event in save.events]
    kinds = ["note.Foo2", "note.a-b_c.D", "note.9"]
    notes = [Draft(kind, {"x": 1}, "solo", "solo") for kind in kinds]
    write_save(path, [*notes, *drafts], save.header)
    branch = desk.branch(path, 2)
    await branch.close()
    assert [event.what for event in read_save(branch.path).events[:3]] == kinds
    again = desk.resume(path)
    await again.close()
    assert again.path == path


def test_a_branch_that_fails_leaves_no_file(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither where the past cannot be copied nor where the table cannot be laid."""
    path = play(tmp_path / "whole.jsonl")
    lines = [line.rpartition(',"seal":')[0] for line in path.read_text("utf-8").splitlines()]
    numbers = [
        line.replace(f'"number":{n}', f'"number":{n + 1}', 1) for n, line in enumerate(lines)
    ]
    note = lines[1].replace('"game.joined"', '"note.huge"').partition(',"data":')[0]
    huge = tmp_path / "huge.jsonl"
    # A number that JSON can write and no program holds: it is read as infinite.
    reseal(huge, [f"{line}}}" for line in (lines[0], note + ',"data":{"x":1e400}', *numbers[1:])])
    assert read_save(huge).faults == ()
    with pytest.raises(SaveError, match="cannot be copied to a branch"):
        desk.branch(huge, 2, save=tmp_path / "branch.jsonl")

    def refuse(*_: object) -> LocalTable:
        raise ActionError("not today")

    monkeypatch.setattr("tabletop.exercise.exercise.LocalTable.__init__", refuse)
    begins: list[Callable[[], LocalTable]] = [
        lambda: desk.branch(path, 2, same_luck=False),
        lambda: desk.branch(path, 2, save=tmp_path / "branch.jsonl"),
        lambda: desk.new(str(SCENARIO)),
    ]
    for begin in begins:
        with pytest.raises(ActionError, match="not today"):
            begin()
    assert {each.name for each in tmp_path.rglob("*.jsonl")} == {"whole.jsonl", "huge.jsonl"}


def test_a_resume_that_is_refused_leaves_the_folder_as_it_was(tmp_path: Path, desk: Desk) -> None:
    """A save that does not follow by the rules is neither mended nor recovered, however often."""
    path = play(tmp_path / "game.jsonl")
    rewrite(path, lambda event: None if event.what == "game.draw" else event)
    whole = path.read_bytes()
    torn, damaged = whole[:-9], whole.replace(b'"game.ended"', b'"game.bended"')
    assert damaged != whole
    for content in (torn, damaged):
        path.write_bytes(content)
        for _ in range(2):
            with pytest.raises(SaveError, match="not played on"):
                desk.resume(path)
        assert path.read_bytes() == content
        assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("over", [True, False])
def test_an_exercise_of_several_people_is_not_played_on_alone(
    tmp_path: Path, desk: Desk, *, over: bool
) -> None:
    """It has no seat for who would; the line says what can be done with it."""
    exercise = Exercise(red=["premier"], blue=["premier"])
    exercise.finish(*(["red", "blue"] if over else ["red"]))
    path = exercise.save(tmp_path / "class.jsonl")
    content = path.read_bytes()
    with pytest.raises(SaveError, match=r"several people: .* tabletop host --resume"):
        desk.resume(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


async def test_the_desk_lists_scenarios_and_saves(desk: Desk) -> None:
    """The shipped crisis is among them; a save appears once it is made."""
    assert "north-korea-2017" in {card.id for card in desk.scenarios()}
    table = desk.new(str(SCENARIO))
    await table.close()
    assert [card.path for card in desk.saves()] == [table.path]


async def test_the_pivot_is_a_turn_that_was_decided_and_is_there_after_a_restart(
    tmp_path: Path, desk: Desk
) -> None:
    """Where anything hung on a decision, one of the three turns is named."""
    path = await asyncio.to_thread(play, tmp_path / "whole.jsonl")
    table = desk.resume(path)
    ending = table.view(SOLO).ending
    assert ending is not None
    assert ending.pivot in {1, 2, 3}
    await table.close()


async def test_names_are_cleaned_before_they_are_sealed(desk: Desk) -> None:
    """No escape reaches the file by way of a name."""
    table = desk.new(str(SCENARIO), name="\x1b[31mAnn\u202e")
    assert table.view(SOLO).player == "[31mAnn"
    assert b"\x1b" not in table.path.read_bytes()
    await table.close()


async def test_a_decision_by_default_is_marked(desk: Desk) -> None:
    """So that a review can leave it out."""
    path = await asyncio.to_thread(play, desk.folder / "half.jsonl", turns=0)
    table = desk.resume(path)
    await table.send(Decide("solo", "wait", "nothing_more", by_default=True), "late")
    assert table.view(SOLO).decisions[0].by_default
    await table.close()


async def test_a_translated_scenario_is_played_in_its_language_and_its_save_keeps_it(
    tmp_path: Path,
) -> None:
    """The save holds the translation beside the scenario, and replays in it without either file."""
    desk = Desk(tmp_path, language="ko")
    table = desk.new(str(SCENARIO), seed=3)
    title = table.view(SOLO).title
    plain = Desk(tmp_path).new(str(SCENARIO), seed=3)
    assert title != plain.view(SOLO).title
    assert table.record.program.hash == plain.record.program.hash
    await play_on(table)
    await plain.close()
    assert set(read_save(table.path).header.files) == {"minimal.yaml", "minimal.ko.yaml"}
    assert Desk(tmp_path).replay(table.path).view(SOLO).title == title
