"""Faults of usage as one clear line, with what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable

import click


def unknown(kind: str, word: str, known: Iterable[str]) -> str:
    """That there is no such name, with the nearest known one or the few there are."""
    from tabletop.scenario.wording import did_you_mean, quote

    return f"unknown {kind} {quote(word)}{did_you_mean(word, known)}"


def one_line(fault: click.ClickException) -> str:
    """A fault that click found: the command, what is wrong, and a near miss if there is one."""
    context = getattr(fault, "ctx", None)
    command = context.command_path if context is not None else "tabletop"
    if context is not None and context.invoked_subcommand is not None:
        # Some faults of a command's options come without the context of the command.
        command = f"{command} {context.invoked_subcommand}"
    return f"{command}: {' '.join(_message(fault, context).split())}"


def _message(fault: click.ClickException, context: click.Context | None) -> str:
    if isinstance(fault, click.NoSuchOption):
        return unknown("option", fault.option_name, _options(context))
    message = fault.format_message().strip().rstrip(".")
    return message[:1].lower() + message[1:]


def _options(context: click.Context | None) -> list[str]:
    if context is None:
        return []
    return [
        name
        for parameter in context.command.get_params(context)
        if isinstance(parameter, click.Option)
        for name in parameter.opts
        if name.startswith("--")
    ]
