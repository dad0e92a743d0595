"""`tabletop print`: parts, paper, plans, and what cannot be printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.terminal import MINIMAL, run


def test_everything_is_written_quietly(folder: Path) -> None:
    """The shipped scenario unless one is named."""
    result = run("print", "-o", folder / "x.html")
    assert (result.code, result.out, result.err) == (0, "", "")
    text = (folder / "x.html").read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "<title>Hand-outs: North Korea 2017</title>" in text
    assert run("print", MINIMAL, "-o", folder / "y.HTML").code == 0


def test_the_help_names_every_part() -> None:
    """In the order in which they are printed."""
    from tabletop.handouts.booklet import SECTIONS

    assert ", ".join(SECTIONS) in " ".join(run("print", "--help").out.split())


def test_parts_paper_and_plan_can_be_chosen(folder: Path) -> None:
    """What is left out is not in the file at all."""
    words = ("--only", "roles, Cards", "--paper", "letter", "--plan", "quick")
    assert run("print", "first-game", *words, "-o", folder / "x.html").code == 0
    text = (folder / "x.html").read_text("utf-8")
    ids = re.findall(r'<section class="[^"]*" id="([^"]+)"', text)
    assert ids == ["role-minister", "role-harbour_master", "role-fleet", "cards"]
    assert "size: letter" in text


@pytest.mark.parametrize(
    "words,told",
    [
        ((), "--output"),
        (("-o", "x.pdf"), ".html"),
        (("-o", "x"), ".html"),
        (("-o", "nowhere/x.html"), "nowhere"),
        (("-o", "x.html", "--only", ""), "part"),
        (("-o", "x.html", "--only", "roles,cardz"), "did you mean cards?"),
        (("-o", "x.html", "--paper", "a5"), "a5"),
        (("-o", "x.html", "--plan", "quik"), "did you mean quick?"),
        (("no-such-scenario", "-o", "x.html"), "no-such-scenario"),
    ],
)
def test_what_cannot_be_printed_is_one_line(
    folder: Path, words: tuple[str, ...], told: str
) -> None:
    """With nothing written."""
    before = sorted(folder.rglob("*"))
    result = run("print", *words)
    assert (result.code, result.out, len(result.faults)) == (2, "", 1)
    assert told in result.err
    assert sorted(folder.rglob("*")) == before


def test_a_scenario_with_faults_is_told_fault_by_fault(folder: Path) -> None:
    """As every command tells them, each with its place."""
    path = folder / "bad.yaml"
    path.write_text(MINIMAL.read_text("utf-8").replace("format: 1", "format: 7"), "utf-8")
    result = run("print", path, "-o", folder / "x.html")
    assert result.code == 2
    assert re.match(r".*bad\.yaml:\d+:\d+: ", result.faults[0])
    assert not (folder / "x.html").exists()


def test_hand_outs_are_in_the_language_of_the_settings(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the scenario has been translated into it; else in its own."""
    for language, there in (("ko", True), ("fr", False)):
        monkeypatch.setenv("TABLETOP_LANGUAGE", language)
        assert run("print", MINIMAL, "-o", folder / "x.html").code == 0
        text = (folder / "x.html").read_text("utf-8")
        assert ("두 이웃이 한 섬을 두고 다툰다." in text) == there
        assert ('lang="ko"' in text) == there
