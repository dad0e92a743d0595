"""Text that would drive a terminal, from a scenario and from a player, shown harmlessly."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tabletop.exercise.desk import Desk
from tabletop.exercise.table import SOLO
from tabletop.plain.replay import replay
from tests.plain.conversation import MINIMAL, WHOLE_GAME, console_of, converse, saves_of

HOSTILE = {
    "escape": "\x1b[2J\x1b[31mred\x1b]0;title\x07",
    "clipboard": "\x1b]52;c;aGVsbG8=\x1b\\",
    "c1": "\x9b31m\x9d52;c;aa\x9c",
    "direction": "abc\u202egnp.\u2066\u200f",
    "markup": "[/b] [bold]x[/] [link=file:///etc]y",
    "emoji": "👩‍👩‍👧‍👦 🏴‍☠️ e" + "\u0301" * 50,
    "korean": "조건 없이 회담을 제안한다",
    "long": "x" * 100_000,
    "nulls": "\x00\x00\x7f\x08\x08",
}
FORBIDDEN = set("\x1b\x9b\x9d\x9c\x07\x08\x00\x7f\u202e\u2066\u200f")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_reason_is_shown_harmlessly_wherever_it_is_told(desk: Desk, text: str) -> None:
    """After the choice, in the list of decisions and in a replay."""
    said = converse(desk, ("1", "1", "1", text, "3", "decisions"))
    assert not FORBIDDEN & set(said)
    assert len(said) < 60_000
    out = io.StringIO()
    console, out = console_of(())
    replay(console, desk.replay(saves_of(desk)[0]))
    assert not FORBIDDEN & set(out.getvalue())


@pytest.mark.parametrize("kind", ["markup", "korean"])
def test_words_without_control_characters_are_kept_and_told_to_the_letter(
    desk: Desk, kind: str
) -> None:
    """Brackets and other scripts are only words."""
    said = converse(desk, ("1", "1", "1", HOSTILE[kind], "3"))
    assert f"Your reason: {HOSTILE[kind]}" in said
    assert desk.replay(saves_of(desk)[0]).view(SOLO).decisions[0].rationale == HOSTILE[kind]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_answers_at_every_prompt_are_refused_harmlessly(desk: Desk, text: str) -> None:
    """Whatever is typed where a number is asked for."""
    answers = [each for answer in WHOLE_GAME for each in (text, answer)]
    said = converse(desk, answers)
    assert not FORBIDDEN & set(said)
    assert f"Saved in: {saves_of(desk)[0]}" in said


@pytest.mark.parametrize("kind", ["escape", "clipboard", "c1", "direction", "markup", "emoji"])
def test_a_hostile_scenario_is_told_harmlessly(desk: Desk, tmp_path: Path, kind: str) -> None:
    """YAML can write any character by its number; none of them reaches the terminal."""
    escaped = "".join(
        letter
        if letter.isascii() and letter.isprintable() and letter not in '"\\'
        else _escape(letter)
        for letter in HOSTILE[kind][:30]
    )
    text = MINIMAL.read_text("utf-8")
    for plain in ("Wait and watch", "You do nothing, and let it be known.", "A second week"):
        assert plain in text
        text = text.replace(plain, f'"{escaped} ok"')
    path = tmp_path / "minimal.yaml"
    path.write_text(text, "utf-8")
    answers = (*WHOLE_GAME, "wire", "1?", "decisions")
    said = converse(desk, answers, opened=lambda: desk.new(str(path), seed=1))
    assert "ok" in said
    assert not FORBIDDEN & set(said)


def _escape(letter: str) -> str:
    return f"\\U{ord(letter):08x}"


def test_a_hostile_name_of_a_player_is_kept_out_of_the_file_name(desk: Desk) -> None:
    """And shown nowhere as it came."""
    table = desk.new(str(MINIMAL), name="\x1b[2J../../etc \u202e" + "n" * 1000)
    said = converse(desk, ("1", "role"), opened=lambda: table)
    assert table.path.parent == desk.folder
    assert not FORBIDDEN & set(said + table.path.name)
