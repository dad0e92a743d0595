"""The table of commands: each with its module and its one-line help, none imported yet."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from tabletop.cli.faults import unknown

VERBS = {
    "play": "Play a crisis alone, from its briefing to an ending.",
    "host": "Lead a class through a crisis: its teams on their phones, the wall, the clock.",
    "join": "Take a seat in a class from a terminal.",
    "replay": "Step through a save, turn by turn.",
    "branch": "Go back to a turn of a save and play on from there, in a new save.",
    "compare": "Lay runs side by side, turn by turn, and name where they part.",
    "debrief": "Tell what was decided in a save, why, what was expected, and what came.",
    "report": "Write the after-action report of one save or of many.",
    "print": "Make hand-outs to print: a reading, role sheets, cards, a plan, a rubric.",
    "odds": "Tell how likely every ending is, exactly, in the model of a scenario.",
    "verify": "Check that a save is whole and replays to the letter.",
    "forget": "Take one person's words out of a save, on their request.",
    "saves": "List the saves, with what branched from what.",
    "check": "Find the faults of a scenario.",
    "graph": "Draw a scenario's escalation ladder.",
    "new": "Start a scenario file from a small one with comments.",
    "schema": "Print the JSON Schema of scenario files.",
}
"""Every command and its short help; the module `tabletop.cli.VERB` holds it as `command`.

The texts stand here so that `tabletop --help` imports none of the commands.
"""


INTERRUPTED, BROKEN_PIPE = 130, 141


class StoppedError(Exception):
    """A command was stopped from outside; `code` is what the process exits with."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands, in the order of a first acquaintance."""
        return list(VERBS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """The command of this name, imported now."""
        if cmd_name not in VERBS:
            return None
        command = import_module(f"tabletop.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that `args` begin with; refuses an unknown one with the nearest name."""
        name = args[0]
        if name not in VERBS and not ctx.resilient_parsing and not name.startswith("-"):
            told = unknown("command", name, VERBS)
            hint = "" if told.endswith(")") else " (tabletop --help lists them)"
            raise click.UsageError(f"{told}{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what click would end in its own way is told apart first."""
        try:
            return super().invoke(ctx)
        except click.UsageError as fault:
            fault.ctx = fault.ctx or ctx
            raise
        except KeyboardInterrupt:
            raise StoppedError(INTERRUPTED) from None
        except BrokenPipeError:
            raise StoppedError(BROKEN_PIPE) from None

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """Write the commands from their static texts."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


def _show_version(ctx: click.Context, _parameter: click.Parameter, wanted: Any) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from tabletop import __version__

    click.echo(f"tabletop {__version__}")
    ctx.exit()


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    epilog="Without a command: the home screen, or a menu where there is no terminal.",
)
@click.option(
    "--saves",
    metavar="DIR",
    help="The folder of saves (TABLETOP_SAVES).",
)
@click.option("--plain", is_flag=True, help="Line by line, without a screen (TABLETOP_PLAIN).")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def tabletop(ctx: click.Context, saves: str | None, plain: bool) -> int | None:  # noqa: ARG001
    """Play a political crisis, keep it in a save, and step through it again."""
    # Both options are read from the context, by `tabletop.cli.surroundings`.
    if ctx.invoked_subcommand is not None:
        return None
    from tabletop.cli.home import open_home

    return open_home(ctx)
