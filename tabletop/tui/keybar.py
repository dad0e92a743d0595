"""The line of keys at the foot of every screen, from the catalogue, for keyboard and mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.events import Click
from textual.style import Style
from textual.widget import Widget

from tabletop.tui.actions import Act, key_line

if TYPE_CHECKING:
    from tabletop.tui.screens.base import TabletopScreen

_GAP = "   "


class KeyBar(Widget):
    """Shows the keys of its screen; what does not fit is left to the help, never cut in two."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"keybar--key", "keybar--label", "keybar--off"}  # noqa: RUF012

    def render(self) -> Content:
        """One line: each key with its label, dimmed where it cannot be used now."""
        screen: Any = self.screen
        acts = key_line(screen.SCREEN)
        width = self.size.width
        shown: list[Content] = []
        last = self._item(screen, acts[-1])
        room = width - last.cell_length
        for act in acts[:-1]:
            if not screen.offers(act):
                continue
            item = self._item(screen, act)
            if room < item.cell_length + len(_GAP):
                break
            room -= item.cell_length + len(_GAP)
            shown.append(item)
        line = Content(_GAP).join(shown)
        return line + " " * max(width - line.cell_length - last.cell_length, 0) + last

    def _item(self, screen: TabletopScreen[Any], act: Act) -> Content:
        off = screen.why_not(act) is not None
        style = self.get_visual_style
        key = style("keybar--off" if off else "keybar--key")
        label = style("keybar--off" if off else "keybar--label")
        pressed = Style.from_meta({"act": act.id})
        return Content.assemble(
            (act.shown_key, key + pressed),
            (" ", label + pressed),
            (screen.label(act), label + pressed),
        )

    async def on_click(self, event: Click) -> None:
        """A click on a key is that key."""
        name = event.style.meta.get("act")
        screen: Any = self.screen
        act = next((act for act in key_line(screen.SCREEN) if act.id == name), None)
        if act is not None:
            await screen.attempt(act)
