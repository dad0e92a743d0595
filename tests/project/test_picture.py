"""README's picture: the program still draws it, and it needs nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tabletop.scenario.source import load
from tools.situation_picture import PICTURE, SCENARIO, draw


@pytest.fixture(scope="module")
def stages(repository: Path) -> list[str]:
    scenario = load(repository / "scenarios" / f"{SCENARIO}.yaml").scenario
    return [stage.title for stage in scenario.stages.values()]


def _words(picture: str) -> str:
    """What can be read in it, with the picture's hard spaces as plain ones."""
    texts = "".join(text.text or "" for text in ET.fromstring(picture).iter() if text.text)
    return texts.replace("\u00a0", " ")


async def test_the_program_draws_its_own_picture(stages: list[str]) -> None:
    """The script that makes it runs, and shows the ladder of the shipped crisis."""
    picture = await draw()
    assert [stage for stage in stages if stage not in _words(picture)] == []


def test_the_committed_picture_stands_alone(stages: list[str]) -> None:
    """It is whole, shows the same ladder, and loads no font or image from anywhere."""
    picture = PICTURE.read_text(encoding="utf-8")
    assert [stage for stage in stages if stage not in _words(picture)] == []
    addresses = set(re.findall(r"https?://[^\s\"<]+", picture))
    assert addresses <= {"http://www.w3.org/2000/svg", "https://www.textualize.io"}
