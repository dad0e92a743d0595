"""Every command: its help, its place in the reference, its completion in the shell."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from tabletop.cli.names import SAVE, SCENARIO, Among
from tabletop.cli.settings import PREFIX, Settings
from tabletop.cli.verbs import VERBS, tabletop
from tests.cli.terminal import MINIMAL, run, start
from tools.commands_page import PAGE, page


def _command(verb: str) -> click.Command:
    command = tabletop.get_command(click.Context(tabletop), verb)
    assert command is not None
    return command


@pytest.mark.parametrize("verb", VERBS)
def test_a_command_begins_its_help_with_its_line_in_the_list(verb: str) -> None:
    """The static list and the command say the same."""
    help_ = _command(verb).help
    assert help_ is not None
    assert help_.partition("\n")[0] == VERBS[verb]
    assert _command(verb).name == verb


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_of_a_command_has_its_help(verb: str) -> None:
    """In one sentence or so."""
    options = [each for each in _command(verb).params if isinstance(each, click.Option)]
    assert all(option.help and option.help.endswith(".") for option in options)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_a_command_shows_its_help(verb: str, option: str) -> None:
    """By either name, as a success."""
    result = run(verb, option)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Usage: tabletop {verb} ")


def test_the_list_holds_every_command() -> None:
    """In its order."""
    listed = re.findall(r"^  (\w+)  ", run("--help").out.partition("Commands:")[2], re.MULTILINE)
    assert listed == list(VERBS)


def test_the_reference_is_the_help() -> None:
    """`python -m tools.commands_page` writes it anew."""
    assert PAGE.read_text("utf-8") == page()


def test_the_reference_tells_every_setting_and_its_variable() -> None:
    """In the table of settings."""
    text = PAGE.read_text("utf-8")
    for field in fields(Settings):
        assert f"| `{field.name} = " in text
        assert f"`{PREFIX}{field.name.upper()}" in text


def _completed(folder: Path, words: str) -> list[str]:
    result = start(
        folder=folder,
        environment={
            "_TABLETOP_COMPLETE": "bash_complete",
            "COMP_WORDS": f"tabletop {words}",
            "COMP_CWORD": str(len(words.split(" "))),
            "TABLETOP_SCENARIOS": str(MINIMAL.parent),
        },
    )
    assert result.stderr == b""
    return [line.partition(",")[2] for line in result.stdout.decode().split()]


@pytest.mark.parametrize(
    "words,completions",
    [
        ("pl", ["play"]),
        ("play --do", ["--doctrine"]),
        ("play mini", ["minimal", "mini"]),
        ("graph --format s", ["svg"]),
    ],
)
def test_the_shell_completes(folder: Path, words: str, completions: list[str]) -> None:
    """Commands, options, the words of an option, and scenarios by name; files beside them."""
    assert _completed(folder, words) == completions


def test_the_shell_completes_saves(folder: Path) -> None:
    """By their names in the folder of saves."""
    run("play", MINIMAL, "--save", folder / "saves" / "mine.jsonl")
    assert "mine.jsonl" in _completed(folder, "verify mi")


def test_faults_of_settings_do_not_break_a_completion(folder: Path) -> None:
    """The line that is being typed stays whole."""
    (folder / "settings.toml").write_text("plain = 7")
    context = click.Context(_command("play"))
    parameter = _command("play").params[0]
    assert [item.type for item in SCENARIO.shell_complete(context, parameter, "x")] == ["file"]
    assert [item.type for item in SAVE.shell_complete(context, parameter, "x")] == ["file"]


def test_a_word_of_a_few_is_taken_in_any_case() -> None:
    """And completed from its beginning."""
    kind = Among("format", ("dot", "svg"))
    assert kind.convert("SVG", None, None) == "svg"
    with pytest.raises(click.BadParameter, match="did you mean svg"):
        kind.convert("svgg", None, None)
