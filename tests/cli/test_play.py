"""`tabletop play`: whole games through pipes, and every wish by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tabletop.cli import surroundings
from tabletop.exercise.desk import Desk
from tabletop.exercise.table import SOLO
from tests.cli.terminal import MINIMAL, run, start
from tests.plain.conversation import TURN, WHOLE_GAME, quiet_seed


def _saves(folder: Path) -> list[Path]:
    return sorted((folder / "saves").glob("*.jsonl"))


def _piped(*answers: str) -> bytes:
    return "".join(f"{answer}\n" for answer in answers).encode()


def test_a_whole_game_through_pipes(folder: Path) -> None:
    """From the briefing to the ending; nothing in the output drives a terminal."""
    seed = str(quiet_seed())
    result = start("play", MINIMAL, "--seed", seed, answers=_piped(*WHOLE_GAME), folder=folder)
    assert result.returncode == 0
    assert result.stderr == b""
    assert b"EndEx. The exercise is over: " in result.stdout
    assert b"\x1b" not in result.stdout
    assert len(_saves(folder)) == 1


def test_a_game_goes_on_where_its_input_ended(folder: Path) -> None:
    """The line that says how to go on is a command that works."""
    seed = str(quiet_seed())
    first = start("play", MINIMAL, "--seed", seed, answers=_piped("1", *TURN), folder=folder)
    assert first.returncode == 0
    told = first.stdout.decode().splitlines()[-1]
    command, _, path = told.partition("Go on with: tabletop ")[2].rpartition(" ")
    assert command == "play --resume"
    second = start(*command.split(), path, answers=_piped(*2 * TURN), folder=folder)
    assert second.returncode == 0
    assert b"Turn 2 of 3." in second.stdout
    assert b"EndEx. " in second.stdout
    assert len(_saves(folder)) == 1


def test_the_same_seed_and_answers_tell_the_same_game(folder: Path) -> None:
    """Apart from the file's name and its seal."""
    told = [
        run("play", MINIMAL, "--seed", 7, "--save", f"{name}.jsonl", answers="1\n1\n1\n\n3\n").out
        for name in ("a", "b")
    ]
    assert told[0].replace("a.jsonl", "b.jsonl") == told[1]


def test_a_doctrine_plays_without_asking(folder: Path) -> None:
    """Even at a terminal: no screen is opened and no answer is read."""
    result = start("play", MINIMAL, "--doctrine", "talks_first", "--seed", "1", folder=folder)
    assert result.returncode == 0
    assert b"Your act: Telephone them." in result.stdout
    assert b"Ending: " in result.stdout
    assert b"\x1b" not in result.stdout
    assert Desk(folder / "saves").saves()[0].ended


def test_a_doctrine_plays_the_rest_of_a_save(folder: Path) -> None:
    """With --resume."""
    run("play", MINIMAL, "--save", "half.jsonl", answers="1\n1\n1\nmine\n3\n")
    result = run("play", "--resume", "half.jsonl", "--doctrine", "guard_first")
    assert result.code == 0
    assert "Ending: " in result.out


@pytest.mark.parametrize("setting,speaks", [("1", True), ("0", False), (None, False)])
def test_an_adviser_speaks_only_where_the_player_has_set_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, setting: str | None, speaks: bool
) -> None:
    """In a new game and in one that is taken up again."""
    monkeypatch.setenv("TABLETOP_CACHE", str(folder / "cache"))
    if setting is not None:
        monkeypatch.setenv("TABLETOP_ADVISER", setting)
    new = run("play", MINIMAL, "--plain", "--seed", 4, "--save", "new.jsonl", answers="1\n")
    on = run("play", "--resume", "new.jsonl", "--plain")
    for result in (new, on):
        assert (result.code, result.err) == (0, "")
        assert ("The adviser, in this model: " in result.out) is speaks


def test_wishes_are_in_the_save(folder: Path) -> None:
    """Seed, objective, a preset, and over it a single dial."""
    result = run(
        "play", MINIMAL, "--seed", 99, "--objective", "a_paper", "--preset", "hard_world",
        "--assume", "patrols_provoke=strong", "--save", "wished.jsonl", "--plain",
    )  # fmt: skip
    assert result.code == 0
    table = Desk(folder).resume(folder / "wished.jsonl")
    assert table.record.seed == 99
    assert dict(table.record.program.assumptions) == {"patrols_provoke": "strong", "prior": "islet"}
    assert table.view(SOLO).objective == "a_paper"


def test_a_game_is_played_in_the_language_that_is_set(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the scenario has been translated; its ids stay."""
    (folder / "minimal.yaml").write_bytes(MINIMAL.read_bytes())
    (folder / "minimal.ko.yaml").write_text(
        "translates: minimal\nlanguage: ko\ntexts:\n  responses.wait.title: 기다린다\n", "utf-8"
    )
    monkeypatch.setenv("TABLETOP_LANGUAGE", "ko")
    assert "1. 기다린다. Diplomatic." in run("play", "minimal.yaml", answers="1\n").out
    monkeypatch.setenv("TABLETOP_LANGUAGE", "fr")
    assert "1. Wait and watch. Diplomatic." in run("play", "minimal.yaml", answers="1\n").out


def test_a_plan_delegates_turns(folder: Path) -> None:
    """The first turn of this one is preset."""
    result = run("play", MINIMAL, "--plan", "short", answers="1\n")
    assert "Turn 2 of 3." in result.out


@pytest.mark.parametrize(
    "wish,fault",
    [
        (
            ("--objective", "no_shots"),
            "--objective: unknown objective 'no_shots' (did you mean no_shot?",
        ),
        (
            ("--doctrine", "talks"),
            "--doctrine: unknown doctrine 'talks' (did you mean talks_first?)",
        ),
        (("--preset", "soft"), "--preset: unknown preset 'soft' (did you mean soft_world?)"),
        (("--plan", "shorter"), "--plan: unknown plan 'shorter' (did you mean short?)"),
        (("--assume", "priory=even"), "--assume: unknown dial 'priory' (did you mean prior?)"),
        (("--assume", "prior=evne"), "--assume: prior: unknown value 'evne' (did you mean even?)"),
        (("--assume", "prior"), "--assume: 'prior' is not DIAL=VALUE"),
    ],
)
def test_an_unknown_name_is_one_line_with_the_nearest(
    folder: Path, wish: tuple[str, str], fault: str
) -> None:
    """And nothing is begun."""
    result = run("play", MINIMAL, *wish)
    assert result.code == 2
    assert len(result.faults) == 1
    assert result.err.startswith(fault)
    assert _saves(folder) == []


def test_all_unknown_names_are_told_at_once() -> None:
    """A line each."""
    result = run("play", MINIMAL, "--objective", "x", "--assume", "y=z", "--assume", "prior=q")
    assert (result.code, len(result.faults)) == (2, 3)


@pytest.mark.parametrize(
    "scenario,fault",
    [
        ("north-korea-2071", "(did you mean north-korea-2017?)"),
        ("gone.yaml", "there is no file 'gone.yaml'"),
        (".", "no"),
    ],
)
def test_an_unknown_scenario_is_one_line(scenario: str, fault: str) -> None:
    """With the nearest name."""
    result = run("play", scenario)
    assert (result.code, len(result.faults)) == (2, 1)
    assert fault in result.err


def test_a_scenario_with_faults_tells_all_of_them(folder: Path) -> None:
    """A line each, with its place."""
    text = MINIMAL.read_text("utf-8")
    text = text.replace("to: alarm", "to: alram").replace("course: sit", "course: stand")
    (folder / "bad.yaml").write_text(text, "utf-8")
    result = run("play", "bad.yaml")
    assert result.code == 2
    assert len(result.faults) > 1
    assert all(line.startswith("bad.yaml:") for line in result.faults)


def test_a_save_is_never_written_over(folder: Path) -> None:
    """Whatever stands in the file stays."""
    (folder / "there.jsonl").write_text("mine")
    result = run("play", MINIMAL, "--save", "there.jsonl")
    assert (result.code, len(result.faults)) == (2, 1)
    assert (folder / "there.jsonl").read_text() == "mine"


@pytest.mark.parametrize("content", [None, "", "not a save", "{}\n", "\x00" * 100])
def test_what_is_no_save_cannot_be_resumed(folder: Path, content: str | None) -> None:
    """One line says why."""
    if content is not None:
        (folder / "x.jsonl").write_text(content)
    result = run("play", "--resume", "x.jsonl")
    assert (result.code, len(result.faults)) == (2, 1)
    assert "x.jsonl" in result.err


@pytest.mark.parametrize("option", ["--seed=3", "--objective=x", "--preset=x", "--assume=a=b"])
def test_a_game_that_goes_on_cannot_be_begun_differently(option: str) -> None:
    """It has its seed and its world."""
    result = run("play", "--resume", "x.jsonl", option)
    assert (result.code, len(result.faults)) == (2, 1)
    assert option.partition("=")[0] in result.err
    assert "SCENARIO" in run("play", "minimal", "--resume", "x.jsonl").err


def test_one_save_is_written_by_one_process(folder: Path) -> None:
    """A second one is refused in one line."""
    table = Desk(folder / "saves").new(str(MINIMAL), save=folder / "held.jsonl")
    result = start("play", "--resume", "held.jsonl", folder=folder)
    assert result.returncode == 2
    assert result.stdout == b""
    assert len(result.stderr.splitlines()) == 1
    assert table.path.exists()


def test_at_a_terminal_the_screen_opens(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With everything that was wished for, and with the settings."""
    from tabletop.tui import app
    from tabletop.tui import start as begin

    opened: dict[str, Any] = {}

    def record(desk: Callable[[], Desk], **given: Any) -> int:
        opened.update(given, folder=desk().folder)
        return 0

    monkeypatch.setattr(app, "run", record)
    monkeypatch.setattr(surroundings, "has_screen", lambda: True)
    monkeypatch.setenv("TABLETOP_THEME", "situation-ansi")
    monkeypatch.setenv("TABLETOP_REDUCED_MOTION", "1")
    monkeypatch.setenv("TABLETOP_NAME", "Ann")
    assert run("play", MINIMAL, "--seed", 4, "--objective", "a_paper", "--plan", "short").code == 0
    wanted = begin.NewGame(str(MINIMAL), 4, {}, "a_paper", None, "Ann", "short")
    assert opened["start"] == wanted
    assert opened["theme"] == "situation-ansi"
    assert opened["reduced_motion"] is True
    assert opened["folder"] == folder / "saves"
    assert run("play", "--resume", "some.jsonl").code == 0
    assert opened["start"] == begin.Resume(Path("some.jsonl"))
    assert run("replay", "some.jsonl").code == 0
    assert opened["start"] == begin.Replay(Path("some.jsonl"))
    assert run().code == 0
    assert opened["start"] == begin.Home()


def test_a_theme_that_does_not_exist_is_told_before_the_screen_opens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the nearest."""
    monkeypatch.setattr(surroundings, "has_screen", lambda: True)
    monkeypatch.setenv("TABLETOP_THEME", "situation-knight")
    result = run()
    assert (result.code, len(result.faults)) == (2, 1)
    assert "(did you mean situation-night?)" in result.err
