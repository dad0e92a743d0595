"""`tabletop check`: faults, findings, exit codes and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.terminal import MINIMAL, REPOSITORY, run

KETTLE = REPOSITORY / "tests" / "odds" / "kettle.yaml"
NO_TEA = ("{title: Tea, when: heat >= 3,", "{title: Tea, when: heat >= 4,")
ACCEPTED = (
    "timings:\n",
    "accepts:\n  - {finding: unreached ending, of: tea, because: It is a dream.}\ntimings:\n",
)


def _changed(
    folder: Path, *changes: tuple[str, str], name: str = "minimal.yaml", source: Path = MINIMAL
) -> Path:
    text = source.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / name).write_text(text, "utf-8")
    return folder / name


def test_a_scenario_without_faults_is_0() -> None:
    """One line with its size."""
    result = run("check", "--quick", MINIMAL)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("minimal 1.0: nothing to mend (calendar 3, stages 3, ")


def test_what_wants_a_look_is_1_and_goes_to_stdout(folder: Path) -> None:
    """With its place and its kind."""
    path = _changed(folder, ("id: minimal", "id: other"))
    result = run("check", "--quick", path)
    assert (result.code, result.err) == (1, "")
    assert result.out.splitlines()[0].startswith(f"{path}:")
    assert result.out.splitlines()[0].endswith("[other name: id]")


def test_faults_are_2_and_all_of_them_go_to_stderr(folder: Path) -> None:
    """One a line: file, line, column, where, what, and what may have been meant."""
    path = _changed(folder, ("to: alarm", "to: alram"), ("course: sit", "course: sitt"))
    result = run("check", path)
    assert (result.code, result.out) == (2, "")
    assert len(result.faults) >= 2
    assert all(line.startswith(f"{path}:") for line in result.faults)
    assert "did you mean alarm" in result.err


def test_every_named_scenario_is_checked(folder: Path) -> None:
    """The worst of them decides the exit code."""
    bad = _changed(folder, ("to: alarm", "to: alram"), name="bad.yaml")
    result = run("check", "--quick", MINIMAL, bad, "gone.yaml", "mimimal")
    assert result.code == 2
    assert "minimal 1.0: nothing to mend" in result.out
    told = [line.partition(":")[0] for line in result.faults]
    assert str(bad) in told
    assert "gone.yaml" in result.faults[-2]
    assert "unknown scenario 'mimimal'" in result.faults[-1]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"\xff\xfe",
        b"a: &x [*x]\n",
        b"- 1\n",
        b"a: 1\na: 2\n",
        b"\t- x",
        b"!!x",
    ],
)
def test_what_is_no_scenario_is_2_in_clear_lines(folder: Path, content: bytes) -> None:
    """Never a traceback."""
    (folder / "x.yaml").write_bytes(content)
    result = run("check", "x.yaml")
    assert result.code == 2
    assert result.faults
    assert all(line.startswith("x.yaml:") for line in result.faults)


def test_json_holds_faults_findings_and_size(folder: Path) -> None:
    """For programs; the exit codes stay the same."""
    bad = _changed(folder, ("to: alarm", "to: alram"), name="bad.yaml")
    odd = _changed(folder, ("id: minimal", "id: other"))
    result = run("check", "--json", bad, odd, "gone.yaml")
    assert (result.code, result.err) == (2, "")
    faulty, found, gone = json.loads(result.out)
    assert faulty["valid"] is False
    assert faulty["faults"][0]["file"] == str(bad)
    assert faulty["faults"][0]["line"] > 1
    assert found["valid"] is True
    assert found["findings"][0]["kind"] == "other name"
    assert found["size"]["calendar"] == 3
    assert "gone.yaml" in gone["missing"]


def test_json_is_plain_ascii(folder: Path) -> None:
    """What a scenario holds cannot drive the terminal through it."""
    _changed(folder, ("to: alarm", "to: 회담"), name="bad.yaml")
    assert run("check", "--json", "bad.yaml").out.isascii()


def test_translations_beside_a_scenario_are_checked_too(folder: Path) -> None:
    """A text of one that does not fit is a fault of that file."""
    path = _changed(folder)
    (folder / "minimal.ko.yaml").write_text(
        "translates: minimal\nlanguage: ko\ntexts:\n  responses.wiat.title: 기다린다\n", "utf-8"
    )
    result = run("check", path)
    assert (result.code, result.out) == (2, "")
    assert len(result.faults) == 1
    assert result.err.startswith(str(folder / "minimal.ko.yaml:4:"))
    assert json.loads(run("check", "--json", path).out)[0]["valid"] is False


def test_a_scenario_is_found_by_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder of one's own."""
    monkeypatch.setenv("TABLETOP_SCENARIOS", str(MINIMAL.parent))
    assert run("check", "--quick", "minimal").code == 0


def test_a_scenario_is_played_out(folder: Path) -> None:
    """What never comes is found, with what to do about it; the size is told by turn."""
    well = run("check", KETTLE)
    assert (well.code, well.err) == (0, "")
    assert "kettle: situations to decide in, turn by turn: 1, " in well.out
    result = run("check", _changed(folder, NO_TEA, name="kettle.yaml", source=KETTLE))
    assert (result.code, result.err) == (1, "")
    (line,) = [line for line in result.out.splitlines() if line.endswith("[unreached ending: tea]")]
    assert "endings.tea: no game ends like this: make room for it, or take it out" in line


def test_quick_leaves_out_what_takes_playing_out(folder: Path) -> None:
    """Then nothing is said about it, well or ill, nor about what is accepted of it."""
    path = _changed(folder, NO_TEA, name="kettle.yaml", source=KETTLE)
    result = run("check", "--quick", path)
    assert result.code == 0
    assert "situations" not in result.out
    idle = _changed(folder, ACCEPTED, name="kettle.yaml", source=KETTLE)
    assert run("check", "--quick", idle).code == 0
    assert run("check", idle).code == 1


def test_what_a_scenario_accepts_is_told_and_is_no_finding(folder: Path) -> None:
    """With its reason, in words and as JSON."""
    path = _changed(folder, NO_TEA, ACCEPTED, name="kettle.yaml", source=KETTLE)
    result = run("check", path)
    assert (result.code, result.err) == (0, "")
    assert "[unreached ending: tea] accepted: It is a dream." in result.out
    assert "nothing to mend, 1 accepted (" in result.out
    data = json.loads(run("check", "--json", path).out)[0]
    assert data["findings"] == []
    (accepted,) = data["accepted"]
    assert accepted["kind"] == "unreached ending"
    assert accepted["of"] == "tea"
    assert accepted["because"] == "It is a dream."
    assert data["decisions"][0] == 1


def test_what_is_accepted_in_vain_is_a_finding(folder: Path) -> None:
    """So that no reason outlives what it was given for."""
    result = run("check", _changed(folder, ACCEPTED, name="kettle.yaml", source=KETTLE))
    assert result.code == 1
    assert "accepts 'unreached ending' of tea, which is not found: take it out" in result.out


def test_a_scenario_with_faults_is_not_played_out(folder: Path) -> None:
    """Its faults come first."""
    result = run(
        "check",
        _changed(folder, ("to: rattling", "to: rattlin"), name="kettle.yaml", source=KETTLE),
    )
    assert (result.code, result.out) == (2, "")
