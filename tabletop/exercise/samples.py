"""Finds the sample saves that ship with the program, in a checkout and in an installation alike."""

from __future__ import annotations

from pathlib import Path

import tabletop


def samples_folder() -> Path | None:
    """Where the samples are: inside the installed package, or beside it in a checkout."""
    package = Path(tabletop.__file__).resolve().parent
    for folder in (package / "saves", package.parent / "saves" / "samples"):
        if folder.is_dir():
            return folder
    return None


def samples() -> dict[str, Path]:
    """Every sample by its name; none where they were left out or cannot be read."""
    folder = samples_folder()
    try:
        files = sorted(folder.glob("*.jsonl")) if folder else []
    except OSError:
        files = []
    return {path.stem: path for path in files}


def find_sample(name: str) -> Path | None:
    """The sample of this name, or the only one whose name ends in `-name`; None without one."""
    known, asked = samples(), name.removesuffix(".jsonl")
    if asked in known:
        return known[asked]
    ending = [path for stem, path in known.items() if asked and stem.endswith(f"-{asked}")]
    return ending[0] if len(ending) == 1 else None
