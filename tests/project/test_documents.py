"""The guides are run: every command that README and the other documents show is tried."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

import pytest

import tabletop
from tabletop.exercise import record
from tabletop.exercise.events import Event
from tabletop.exercise.header import Header
from tabletop.scenario import evidence, moves, parts, schema
from tabletop.scenario.parts import Part, key

REPOSITORY = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = [
    *(REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "saves/README.md")),
    REPOSITORY / "saves/samples/README.md",
    *sorted((REPOSITORY / "docs").glob("*.md")),
]
FENCE = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMPLETION = re.compile(r"_TABLETOP_COMPLETE=(\w+_source) tabletop")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


class Shown(NamedTuple):
    """A command as a document shows it."""

    document: str
    command: str


def _shown() -> list[Shown]:
    found = []
    for document in DOCUMENTS:
        for block in FENCE.findall(document.read_text(encoding="utf-8")):
            lines = (line.removeprefix("$ ").split("  #")[0].strip() for line in block.splitlines())
            found += [Shown(document.name, line) for line in lines if line and line[0] != "#"]
    return found


def _run(arguments: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)} | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_readme_begins_with_its_two_commands() -> None:
    """The first two commands of README are the ones that set up, play and test."""
    readme = [shown.command for shown in _shown() if shown.document == "README.md"]
    assert readme[:2] == ["make play", "make test"]


@pytest.mark.parametrize("shown", _shown(), ids=lambda shown: f"{shown.document}: {shown.command}")
def test_every_command_shown_can_be_run(shown: Shown, tmp_path: Path) -> None:
    """Targets of make exist, packages and scripts are named as here, and tabletop does its work.

    make and the installers are not run from inside the tests that make runs; what they
    lead to is tried by the other tests here and in test_wheel.
    """
    if completion := COMPLETION.search(shown.command):
        _try_completion(completion[1], tmp_path)
        return
    words = shlex.split(shown.command)
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    if words[0] == "make":
        if shutil.which("make") is None:
            pytest.skip("no make on this system")
        targets = [word for word in words[1:] if "=" not in word]
        done = _run(["make", "--dry-run", *targets], REPOSITORY)
        assert done.returncode == 0, done.stderr
    elif words[:2] == ["uv", "run"]:
        assert words[2] in {*project["project"]["scripts"], "pytest"}
    elif words[0] == "pipx":
        assert words == ["pipx", "install", "."]
        assert project["project"]["scripts"]
    else:
        assert words[0] == "tabletop", "a command that no test knows how to try"
        _copy_what_is_named(words, tmp_path)
        done = _run([sys.executable, "-m", "tabletop", *words[1:]], tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr


def _try_completion(wanted: str, folder: Path) -> None:
    """What a shell evaluates once, so that it completes our commands from then on."""
    done = _run([sys.executable, "-m", "tabletop"], folder, _TABLETOP_COMPLETE=wanted)
    assert done.returncode == 0, done.stderr
    assert "tabletop" in done.stdout


def _copy_what_is_named(words: list[str], folder: Path) -> None:
    """Give a command the files of this repository that it names, where it will look for them."""
    for word in words[1:]:
        source = REPOSITORY / word
        if "/" in word and source.is_file():
            (folder / word).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, folder / word)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files_that_are_there(document: Path) -> None:
    """No document points at a file that was moved or never written."""
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (document.parent / target).exists()]


def test_the_author_guide_names_every_key_of_the_schema() -> None:
    """A key that an author may write and the guide does not explain would be a secret."""
    guide = (REPOSITORY / "docs/scenario-format.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([^`\n]+)`", guide))
    words = {word for name in named for word in re.findall(r"[a-z_]+", name)}
    known = {
        key(field.name)
        for module in (parts, evidence, moves, schema)
        for part in vars(module).values()
        if isinstance(part, type) and issubclass(part, Part) and part is not Part
        for field in fields(part)  # type: ignore[arg-type]
    }
    assert sorted(known - words) == []


def test_the_save_guide_names_every_kind_of_event_and_every_key() -> None:
    """What stands in a save is public: nothing in it is left unexplained."""
    guide = (REPOSITORY / "docs/save-format.md").read_text(encoding="utf-8")
    kinds = {
        value
        for value in vars(record).values()
        if isinstance(value, str) and re.fullmatch(r"(?:game|note)\.[a-z]+", value)
    }
    assert len(kinds) > 10
    keys = {field.name for part in (Header, Event) for field in fields(part)}
    assert not {name for name in kinds | keys if f"`{name}`" not in guide}


def test_the_changelog_opens_with_this_version() -> None:
    """Keep a changelog: the newest entry is the version that the program reports."""
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[([^\]]+)\]", changelog, re.MULTILINE)
    assert newest is not None
    assert newest[1] == tabletop.__version__


def test_the_guide_says_what_was_rehearsed_and_that_people_have_not_tried_it() -> None:
    """To be taken out once a class has: until then nobody is to believe otherwise."""
    guide = " ".join((REPOSITORY / "docs/facilitator.md").read_text("utf-8").split())
    assert "has been rehearsed by script" in guide
    assert "`tabletop host --rehearse`" in guide
    assert "It has not been tried with people in a room yet." in guide
