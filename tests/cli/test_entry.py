"""What every command line has in common: exit codes, one-line faults, no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import MINIMAL, process_environment, run, start

POSIX = os.name == "posix"


@pytest.mark.parametrize(
    "arguments,fault",
    [
        (("paly",), "tabletop: unknown command 'paly' (did you mean play?)"),
        (("xyzzy",), "tabletop: unknown command 'xyzzy' (tabletop --help lists them)"),
        (("--sved", "x"), "tabletop: unknown option '--sved' (did you mean --saves?)"),
        (("play", "--sed", "3"), "tabletop play: unknown option '--sed' (did you mean --seed?)"),
        (
            ("play", "--seed", "many"),
            "tabletop play: invalid value for '--seed': 'many' is not a whole",
        ),
        (
            ("play", "--seed", "-1"),
            "tabletop play: invalid value for '--seed': -1 is not between 0 and",
        ),
        (("play", "--seed"), "tabletop play: option '--seed' requires an argument"),
        (("play", "a", "b"), "tabletop play: got unexpected extra argument (b)"),
        (("verify",), "tabletop verify: missing argument 'SAVE...'"),
        (("replay",), "tabletop replay: missing argument 'SAVE'"),
        (("graph", "--format", "swg"), "(did you mean svg?)"),
        (("new", "x.yaml", "--json"), "tabletop new: unknown option '--json'"),
    ],
)
def test_wrong_usage_is_one_line_and_2(arguments: tuple[str, ...], fault: str) -> None:
    """With the command, what is wrong, and what may have been meant."""
    result = run(*arguments)
    assert result.code == 2
    assert result.out == ""
    assert len(result.faults) == 1
    assert fault in result.err


@pytest.mark.parametrize(
    "hostile", ["\x1b]52;c;aGk=\x07", "\x9b31m", "a\u202eb", "[/b]", "x" * 9999]
)
def test_hostile_arguments_are_quoted_harmlessly(hostile: str) -> None:
    """Whatever a shell hands over, one short line comes back."""
    for arguments in (
        (hostile,),
        ("play", hostile),
        ("play", "--doctrine", hostile),
        ("play", "--assume", hostile),
        ("replay", hostile),
        ("verify", hostile),
        ("check", hostile),
        ("graph", "--format", hostile),
    ):
        result = run(*arguments)
        assert result.code == 2
        assert len(result.faults) == 1
        assert not set("\x1b\x07\x9b\u202e") & set(result.err)


def test_the_version_is_shown() -> None:
    """With the program's name."""
    assert run("--version").out.startswith("tabletop ")


def test_python_m_tabletop_is_the_same_program(folder: Path) -> None:
    """In help and in exit codes."""
    shown = start("--help", folder=folder)
    assert shown.returncode == 0
    assert shown.stdout.decode().replace("\r\n", "\n") == run("--help").out
    assert start("paly", folder=folder).returncode == 2


def test_a_reader_that_goes_away_ends_the_program_quietly(folder: Path) -> None:
    """As `tabletop schema | head -1` does."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tabletop", "play", str(MINIMAL)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=process_environment(),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    process.stdin.write(b"1\n" * 500)
    process.stdin.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_output_that_cannot_be_written_is_one_line(folder: Path) -> None:
    """The disk behind a redirection is full."""
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run(
            [sys.executable, "-m", "tabletop", "schema"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=process_environment(),
            check=False,
            timeout=60,
        )
    assert process.returncode == 2
    assert process.stderr.decode().splitlines() == [
        "cannot write the output: no space left on device"
    ]


@pytest.mark.skipif(not POSIX, reason="signals of POSIX")
def test_an_interruption_is_130_and_keeps_the_save(folder: Path) -> None:
    """Ctrl-C in the middle of a game says how to go on, once."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tabletop", "play", str(MINIMAL)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=process_environment(),
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("1\n")
    process.stdin.flush()
    for line in process.stdout:
        if line.startswith("Your response?"):
            break
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Interrupted." in rest
    assert "Go on with: tabletop play --resume" in rest
    assert errors == ""
    assert len(list((folder / "saves").glob("*.jsonl"))) == 1


def test_no_byte_of_input_brings_a_traceback(folder: Path) -> None:
    """What is not text is read as something, answered, and ends with the input."""
    result = start("play", MINIMAL, answers=b"\xff\xfe\x00\n1\n\x80\x81\n\n", folder=folder)
    assert result.returncode == 0
    assert result.stderr == b""
    assert b"Saved in: " in result.stdout


def test_every_character_can_be_written_whatever_the_encoding(folder: Path) -> None:
    """A terminal that knows only ASCII gets replacements, not a failure."""
    result = start(
        "play",
        MINIMAL,
        answers="1\n1\n1\n회담 “—”\n1\n".encode(),
        folder=folder,
        environment={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"},
    )
    assert result.returncode == 0
    assert result.stderr == b""
    assert result.stdout.isascii()


def test_help_imports_no_command() -> None:
    """Nor a front end, rules or the reader of scenarios: it answers at once."""
    code = (
        "import sys; from tabletop.cli import main; main(['--help']);"
        "loaded = [name for name in sys.modules if name.startswith('tabletop.')];"
        "sys.stderr.write(' '.join(sorted(loaded)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=process_environment(),
        check=True,
        timeout=60,
    )
    assert result.stderr.split() == [
        "tabletop.cli",
        "tabletop.cli.entry",
        "tabletop.cli.faults",
        "tabletop.cli.verbs",
        "tabletop.errors",
    ]
