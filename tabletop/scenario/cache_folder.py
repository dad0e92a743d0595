"""Where the system keeps what can be made again: checked scenarios, solved games."""

from __future__ import annotations

import os
from pathlib import Path

ENVIRONMENT = "TABLETOP_CACHE"


def folder() -> Path:
    """The folder of caches; the environment variable TABLETOP_CACHE overrides the system's own."""
    chosen = os.environ.get(ENVIRONMENT)
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("tabletop", appauthor=False)
