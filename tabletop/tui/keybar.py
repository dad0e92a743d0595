"""The line of keys at the foot of every screen, from the catalogue, for keyboard and mouse."""

from __future__ import annotations

from typing import Any, NamedTuple

from textual.content import Content
from textual.events import Click
from textual.style import Style
from textual.widget import Widget

from tabletop.tui.actions import Act, key_line

_GAP = "   "


class _Key(NamedTuple):
    """A key on the line: its act, what it is called now, and whether it cannot be used."""

    act: Act
    label: str
    off: bool


class KeyBar(Widget):
    """Shows the keys of its screen; what does not fit is left to the help, never cut in two."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"keybar--key", "keybar--label", "keybar--off"}  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[_Key, ...] = ()

    def redraw(self) -> None:
        """Draw the line anew where it would say something else."""
        if self._keys() != self._shown:
            self.refresh()

    def _keys(self) -> tuple[_Key, ...]:
        """What the screen can do now; the last one is always there."""
        screen: Any = self.screen
        *acts, last = key_line(screen.SCREEN)
        return tuple(
            _Key(act, screen.label(act), screen.why_not(act) is not None)
            for act in (*filter(screen.offers, acts), last)
        )

    def render(self) -> Content:
        """One line: each key with its label, dimmed where it cannot be used now."""
        self._shown = keys = self._keys()
        width = self.size.width
        shown: list[Content] = []
        style = self.get_visual_style
        off = style("keybar--off")
        dimmed, usual = (off, off), (style("keybar--key"), style("keybar--label"))
        *items, last = [_item(key, *(dimmed if key.off else usual)) for key in keys]
        room = width - last.cell_length
        for item in items:
            if room < item.cell_length + len(_GAP):
                break
            room -= item.cell_length + len(_GAP)
            shown.append(item)
        line = Content(_GAP).join(shown)
        return line + " " * max(width - line.cell_length - last.cell_length, 0) + last

    async def on_click(self, event: Click) -> None:
        """A click on a key is that key."""
        name = event.style.meta.get("act")
        screen: Any = self.screen
        act = next((act for act in key_line(screen.SCREEN) if act.id == name), None)
        if act is not None:
            await screen.attempt(act)


def _item(key: _Key, ink: Style, label: Style) -> Content:
    pressed = Style.from_meta({"act": key.act.id})
    return Content.assemble(
        (key.act.shown_key, ink + pressed),
        (" ", label + pressed),
        (key.label, label + pressed),
    )
