"""`tabletop` without a command: the home screen, or its menu line by line."""

from __future__ import annotations

import click

from tabletop.cli.surroundings import desk_of, wants_plain


def open_home(ctx: click.Context) -> int:
    """Offer what can be continued, played and looked at; the exit code of the process."""
    if not wants_plain(ctx):
        from tabletop.cli.screen import open_screen
        from tabletop.tui.start import Home

        return open_screen(ctx, Home())
    from tabletop.cli.line_by_line import play_new, play_on, replay_save
    from tabletop.plain.console import Console
    from tabletop.plain.home import choose

    desk = desk_of(ctx)
    choice = choose(Console.of_process(), desk.scenarios(), desk.saves(), desk.samples())
    if choice is None:
        return 0
    if choice.what == "new":
        play_new(ctx, str(choice.target))
    elif choice.what == "resume":
        play_on(ctx, choice.target)
    else:
        replay_save(ctx, choice.target)
    return 0
