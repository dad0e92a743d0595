"""The list of a class: read as spreadsheets write it, and every fault with its line."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from tabletop.errors import SaveError, UsageError
from tabletop.room.opening import resume_room
from tabletop.room.roster import Place, by_name, check_teams, read_roster, teams_of
from tabletop.room.sidecar import beside, new_sidecar, read_sidecar
from tests.room.rooms import Class, made_class, opened

ROLES = {"president": "The President", "state": "Secretary of State"}


def _file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "class.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_list_is_read_as_spreadsheets_write_it(tmp_path: Path, mark: str, encoding: str) -> None:
    """Any mark between cells, columns in any order, roles by id or title, empty lines."""
    lines = [
        ("Role", "Name", "Team"),
        ("the president", "Zoë", "red"),
        ("", "", ""),
        ("state", "Ann", ""),
    ]
    text = "\r\n".join(mark.join(line) for line in lines)
    found = read_roster(_file(tmp_path, text, encoding), ROLES)
    assert list(found.values()) == [Place("Zoë", "red", "president"), Place("Ann", "", "state")]
    assert teams_of(found) == ["red"]
    assert found[by_name(" zoë ")].team == "red"


@pytest.mark.parametrize(
    "text,said",
    [
        ("", ":1: the first line names the columns"),
        ("who,team\nAnn,red", ":1: the first line names the columns"),
        ("name,team\n,red", ":2: no name"),
        ("name,role\nAnn,emperor", ":2: there is no role 'emperor': president, state"),
        ("name\nAnn\nann ", ":3: 'ann' is in the list twice"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    """What is wrong, and where."""
    path = _file(tmp_path, text)
    with pytest.raises(UsageError) as fault:
        read_roster(path, ROLES)
    assert f"{path}{said}" in str(fault.value)


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    """Another encoding, a giant, no file; a team that does not play."""
    for text, encoding in (("name\nZoë", "latin-1"), ("name\n" + "x" * 1_000_001, "utf-8")):
        with pytest.raises(UsageError):
            read_roster(_file(tmp_path, text, encoding), ROLES)
    with pytest.raises(UsageError, match="cannot be read"):
        read_roster(tmp_path / "none.csv", ROLES)
    found = read_roster(_file(tmp_path, "name,team\nAnn,pink"), ROLES)
    with pytest.raises(UsageError, match="no team 'pink'"):
        check_teams(tmp_path, found, ("red",))


async def test_a_name_on_the_list_brings_its_team_and_office(tmp_path: Path) -> None:
    """Whatever the form says; others join as they please. The list itself is never shown."""
    roster = {by_name("Zoë"): Place("Zoë", "blue", "state")}
    found = made_class(tmp_path, roster=roster)
    client = found.client()
    assert "Zoë" not in (await client.get(f"/{found.room.code}")).text
    row = found.room.row(await found.joined(client, name=" ZOË ", team="red"))
    assert row is not None
    assert (row.team, row.role) == ("blue", "state")
    row = found.room.row(await found.joined(found.client(), name="Ben", team="red"))
    assert row is not None
    assert row.team == "red"


async def test_the_list_is_kept_with_the_room_and_not_in_the_save(tmp_path: Path) -> None:
    """`--resume` alone restores it, for its owner's eyes; a new list takes its place."""
    ann, ben = Place("Ann Smith", "blue", "state"), Place("Ben Hill", "red", "")
    found = made_class(tmp_path, roster={by_name(ann.name): ann})
    async with opened(found):
        await found.joined(found.client(), name="Wren")
    save = found.led.table.path
    if os.name != "nt":
        assert beside(save).stat().st_mode & 0o777 == 0o600
    assert "Ann Smith" in beside(save).read_text("utf-8")
    assert "Ann Smith" not in save.read_text("utf-8")

    again = Class(found.led, resume_room(save))
    found.led.table = again.room.table
    row = again.room.row(
        await again.joined(again.client(), name="ann smith", team="red", op="another one")
    )
    assert row is not None
    assert (row.team, row.role) == ("blue", "state")
    again.room.enrol({by_name(ben.name): ben})
    async with opened(again):
        assert read_sidecar(beside(save)) == again.room.kept
    other = resume_room(save)
    assert list(other.roster.values()) == [ben]
    await other.table.close()


@pytest.mark.parametrize("listed", [{}, [["Ann"]], [["Ann", "red", 3]], ["Ann"], None])
def test_a_list_that_is_not_whole_is_a_damaged_room(tmp_path: Path, listed: object) -> None:
    """Said in one line, with what to do."""
    path = tmp_path / "class.jsonl.room.json"
    kept = asdict(new_sidecar("127.0.0.1", 8000))
    path.write_text(json.dumps(kept | {"roster": listed}), "utf-8")
    with pytest.raises(SaveError, match="not whole: delete it"):
        read_sidecar(path)
