"""The commands: one module a verb, thin, each imported only when it is used.

Nothing imports this layer. It composes the front ends `tabletop.tui` and
`tabletop.plain`, which never import each other, with everything below them.
click and the user's settings are known here alone.
"""

from __future__ import annotations

from tabletop.cli.entry import main

__all__ = ["main"]
