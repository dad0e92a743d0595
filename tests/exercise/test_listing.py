"""Listing the saves of a folder: quickly, whatever lies there, with the tree of branches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.errors import SaveError
from tabletop.exercise import listing
from tabletop.exercise.desk import Desk
from tabletop.exercise.events import Draft
from tabletop.exercise.header import Parent, ScenarioRef
from tabletop.exercise.listing import SaveSummary, family, list_saves
from tabletop.exercise.record import ENDED, TURN
from tabletop.exercise.save import read_save
from tests.exercise.classes import Exercise
from tests.exercise.games import play, play_on
from tests.exercise.saves import MOMENT, drafts, header, write_save


def test_finished_game_is_listed_with_its_ending(tmp_path: Path) -> None:
    """What a list shows of a game that was played to its end."""
    path = play(tmp_path / "game.jsonl")
    (summary,) = list_saves(tmp_path)
    assert summary == SaveSummary(
        path,
        read_save(path).events[-1].at,
        id=read_save(path).header.id,
        scenario="minimal",
        title="The lighthouse",
        turn=3,
        turns=3,
        stage=summary.stage,
        ended=True,
        ending=summary.ending,
    )
    assert summary.ending in {"Drift", "Quiet water", "A paper", "Shots"}
    assert summary.stage in {"Standoff", "Alarm", "Talks"}


@pytest.mark.parametrize("turns", [0, 1, 2])
def test_open_game_is_listed_with_its_turn(tmp_path: Path, turns: int) -> None:
    """A game that can be continued says which turn waits."""
    play(tmp_path / "game.jsonl", turns=turns)
    (summary,) = list_saves(tmp_path)
    assert (summary.turn, summary.turns) == (turns + 1, 3)
    assert not summary.ended
    assert summary.ending is None
    assert summary.fault is None


def test_titles_of_another_language_and_of_unusable_scenarios(tmp_path: Path) -> None:
    """Where the scenario inside cannot be used, its id stands for its title."""
    write_save(tmp_path / "game.jsonl", drafts()[:1])
    (summary,) = list_saves(tmp_path)
    assert (summary.title, summary.stage, summary.turns) == ("tiny", "", 1)


def test_one_save_cannot_lend_its_titles_to_another(tmp_path: Path) -> None:
    """Titles belong to the scenario inside, not to the hash that somebody wrote."""
    good = play(tmp_path / "good.jsonl", turns=1)
    head = read_save(good).header
    other = {"x.yaml": head.files["minimal.yaml"].replace("The lighthouse", "The other")}
    write_save(tmp_path / "bad.jsonl", [], replace(head, files=other))
    assert {save.path.name: save.title for save in list_saves(tmp_path)} == {
        "good.jsonl": "The lighthouse",
        "bad.jsonl": "The other",
    }


def test_a_save_that_an_editor_marked_does_not_cost_others_their_titles(tmp_path: Path) -> None:
    """A byte order mark before the header is passed over; the title is known all the same."""
    play(tmp_path / "b.jsonl")
    (tmp_path / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + (tmp_path / "b.jsonl").read_bytes())
    assert [save.title for save in list_saves(tmp_path)] == ["The lighthouse"] * 2


def test_branches_name_the_file_they_came_from(tmp_path: Path) -> None:
    """The tree is found by ids, whatever the files are called by now."""
    first = play(tmp_path / "first.jsonl")
    desk = Desk(tmp_path)
    for turn in (2, 3):
        table = desk.branch(first, turn, save=tmp_path / f"branch-{turn}.jsonl")
        # Left at once: the past alone is in it.
        table._journal.close()
    table = desk.branch(tmp_path / "branch-2.jsonl", 2, save=tmp_path / "twig.jsonl")
    table._journal.close()
    first.rename(tmp_path / "renamed.jsonl")
    saves = list_saves(tmp_path)
    assert {save.path.name: save.parent for save in saves} == {
        "renamed.jsonl": None,
        "branch-2.jsonl": "renamed.jsonl",
        "branch-3.jsonl": "renamed.jsonl",
        "twig.jsonl": "branch-2.jsonl",
    }
    tree = [(depth, save.path.name) for depth, save in family(saves)]
    assert tree[0] == (0, "renamed.jsonl")
    assert sorted(tree[1:]) == [(1, "branch-2.jsonl"), (1, "branch-3.jsonl"), (2, "twig.jsonl")]
    assert tree.index((2, "twig.jsonl")) == tree.index((1, "branch-2.jsonl")) + 1


def test_a_branch_tells_its_luck_where_that_can_be_seen(tmp_path: Path) -> None:
    """An event of its own follows what is shared where the luck is new; the rest is not looked at."""
    parent = play(tmp_path / "parent.jsonl")
    desk = Desk(tmp_path)
    for luck in ("same", "new"):
        path = tmp_path / f"{luck}.jsonl"
        desk.branch(parent, 2, same_luck=luck == "same", save=path)
        lines = path.read_bytes().splitlines(keepends=True)
        shared = read_save(path).header.parent
        assert shared is not None
        (tmp_path / f"torn-{luck}.jsonl").write_bytes(b"".join(lines[: shared.event]))
        bad = [*lines[: shared.event + 1], b"nothing\n"]
        (tmp_path / f"bad-{luck}.jsonl").write_bytes(b"".join(bad))
    found = {save.path.stem: save.luck for save in list_saves(tmp_path)}
    assert (found["parent"], found["same"], found["new"]) == (None, "same", "new")
    assert {found[f"{kind}-{luck}"] for kind in ("torn", "bad") for luck in ("same", "new")} == {
        None
    }


def test_branch_of_a_save_that_is_gone_is_a_root(tmp_path: Path) -> None:
    """Where the parent is not in the folder, the branch stands by itself."""
    write_save(tmp_path / "game.jsonl", [], header(parent=Parent("f" * 16, 3, 2)))
    (summary,) = list_saves(tmp_path)
    assert summary.parent is None
    assert summary.branched == Parent("f" * 16, 3, 2)
    assert list(family([summary])) == [(0, summary)]


def test_saves_that_name_one_another_are_each_listed_once(tmp_path: Path) -> None:
    """Nobody can send the tree in circles."""
    for own, other in (("a", "b"), ("b", "a"), ("c", "c")):
        head = header(id=own * 16, parent=Parent(other * 16, 1, 1))
        write_save(tmp_path / f"{own}.jsonl", [], head)
    saves = list_saves(tmp_path)
    assert sorted(save.path.name for _, save in family(saves)) == ["a.jsonl", "b.jsonl", "c.jsonl"]


def test_very_long_line_of_branches_is_walked(tmp_path: Path) -> None:
    """A tree as deep as a year of branching is no trouble."""
    saves = [SaveSummary(Path(f"{n}.jsonl"), MOMENT, parent=f"{n - 1}.jsonl") for n in range(3000)]
    assert [depth for depth, _ in family(saves)] == list(range(3000))


def test_newest_first(tmp_path: Path) -> None:
    """The game played last is the one to continue."""
    for name, created in (("a", "2017-01-01"), ("b", "2019-01-01"), ("c", "2018-01-01")):
        write_save(tmp_path / f"{name}.jsonl", [], header(created=f"{created}T00:00:00.000Z"))
    assert [save.path.stem for save in list_saves(tmp_path)] == ["b", "c", "a"]


@pytest.mark.parametrize(
    "content, fault",
    [
        (b"", "line 1: empty: not a save"),
        (b"milk, eggs\n", "line 1: not a save of tabletop"),
        (bytes(range(256)), "line 1: not a save of tabletop"),
        (b'{"format":7}\n', "line 1: written in format 7"),
        (b'{"format":1,"id":"0123456789abcdef","files":{"x', "line 1: the header was cut short"),
        (b'{"format":1,"files":{"x":"y"}}\n', "line 1: the header was changed"),
    ],
)
def test_what_is_no_save_is_listed_with_its_fault(
    tmp_path: Path, content: bytes, fault: str
) -> None:
    """One bad file does not hide the others, and says what it is."""
    (tmp_path / "bad.jsonl").write_bytes(content)
    write_save(tmp_path / "good.jsonl", drafts())
    by_name = {save.path.name: save for save in list_saves(tmp_path)}
    assert by_name["good.jsonl"].fault is None
    assert str(by_name["bad.jsonl"].fault).startswith(fault)
    assert by_name["bad.jsonl"].played.endswith("Z")


@pytest.mark.parametrize("part", [b'"seed":', b'"rules":', b'"program":"'])
def test_a_save_whose_header_was_changed_is_not_offered(tmp_path: Path, part: bytes) -> None:
    """Nothing opens it, so the list does not say that it can be continued."""
    path = play(tmp_path / "game.jsonl", turns=1)
    path.write_bytes(path.read_bytes().replace(part, part + b"1", 1))
    (summary,) = list_saves(tmp_path)
    assert summary.fault == "line 1: the header was changed: it does not match its seal"
    with pytest.raises(SaveError, match="the header was changed"):
        read_save(path)


def test_folders_hidden_files_and_other_endings(tmp_path: Path) -> None:
    """Only what is called a save is looked at."""
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "notes.txt").write_text("milk")
    (tmp_path / ".hidden.jsonl").write_text("milk")
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "nowhere")
    faults = {save.path.name: save.fault for save in list_saves(tmp_path)}
    assert faults == {"folder.jsonl": "not a file", "link.jsonl": "no such file or directory"}


def test_missing_folder_has_no_saves_and_a_file_is_no_folder(tmp_path: Path) -> None:
    """Before the first game there is no folder."""
    assert list_saves(tmp_path / "saves") == []
    (tmp_path / "file").write_text("x")
    with pytest.raises(SaveError, match="not a directory"):
        list_saves(tmp_path / "file")


def test_torn_and_damaged_ends_do_not_hide_where_the_game_stands(tmp_path: Path) -> None:
    """The last events that can be read tell."""
    path = play(tmp_path / "game.jsonl", turns=2)
    path.write_bytes(path.read_bytes() + b'{"number":99,"at":"20\xff')
    assert list_saves(tmp_path)[0].turn == 3


def test_only_the_ends_of_a_long_save_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long a save, only its first line and its last stretch are looked at."""
    monkeypatch.setattr(listing, "_TAIL", 500)
    monkeypatch.setattr(listing, "_FARTHEST", 5000)
    turn = Draft(TURN, {"turn": 1, "stage": "exercises"}, "rules", "solo")
    chatter = Draft("note.chat", {"text": "x" * 90}, "solo", "solo")
    for between, found in ((0, "exercises"), (3, "exercises"), (12, "exercises"), (60, "")):
        write_save(tmp_path / "game.jsonl", [turn] + [chatter] * between)
        assert list_saves(tmp_path)[0].stage == found, between


def test_odd_data_at_the_end_is_survived(tmp_path: Path) -> None:
    """Events that somebody made by hand give odd words, never a crash."""
    odd = [
        Draft(TURN, {"turn": "second", "stage": None}, "rules", "solo"),
        Draft(ENDED, {"ending": ["x"]}, "rules", "solo"),
    ]
    write_save(tmp_path / "game.jsonl", odd, header(scenario=ScenarioRef("\x1b[2J", "1", "x")))
    (summary,) = list_saves(tmp_path)
    assert summary.turn == 1
    assert summary.ending == "['x']"


async def test_game_in_play_is_listed(tmp_path: Path) -> None:
    """The list can be opened while a game is going on."""
    table = Desk(tmp_path).new(str(Path(__file__).parents[1] / "fixtures/scenarios/minimal.yaml"))
    assert list_saves(tmp_path)[0].turn == 1
    await play_on(table)
    assert list_saves(tmp_path)[0].ended


def test_an_exercise_of_several_people_is_told_from_a_game(tmp_path: Path) -> None:
    """Before its first turn too."""
    play(tmp_path / "game.jsonl", turns=2)
    exercise = Exercise(red=["premier"], blue=["premier"])
    exercise.save(tmp_path / "waiting.jsonl")
    exercise.finish("red", "blue")
    exercise.save(tmp_path / "class.jsonl")
    found = {each.path.stem: each.several for each in list_saves(tmp_path)}
    assert found == {"game": False, "waiting": True, "class": True}
