"""The list of a class: read as spreadsheets write it, and every fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.errors import UsageError
from tabletop.room.roster import Place, by_name, check_teams, read_roster, teams_of
from tests.room.rooms import made_class

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
