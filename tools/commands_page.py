"""Writes docs/commands.md from the help of every command: `python -m tools.commands_page`."""

from __future__ import annotations

from pathlib import Path

from tabletop.cli.verbs import VERBS, tabletop

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
_WIDTH = 88

_HEAD = """\
# Commands

Written by `python -m tools.commands_page` from the help texts; a test keeps it so.

SCENARIO is the id of a shipped scenario, or of one in your own folder of scenarios, or the path
of a file. SAVE is the path of a save, its name in the folder of saves, or the name of a sample,
which may be looked at and not played on.
"""

_TAIL = """\
## Exit codes

| code | meaning |
|---|---|
| 0 | well; also where the input ended in the middle of a game, which its save keeps |
| 1 | a check has findings, or a verification failed |
| 2 | wrong usage, or input that cannot be read or is not valid: each fault one line on stderr |
| 130 | interrupted by Ctrl-C; the save is kept |
| 141 | whoever read the output went away, as in `tabletop schema \\| head -1` |

## Screen or plain

`tabletop`, `play` and `replay` open a screen where there is a terminal at both ends. Where input
or output is a pipe or a file, or TERM is `dumb`, they speak plainly: line by line, with numbered
choices, without cursor movement, colour or escape sequences. `--plain`, `TABLETOP_PLAIN=1` and the
setting `plain = true` ask for that anywhere. At every plain prompt a number chooses, `3?` reads
card 3, and `help` lists the other words.

## Where saves and scenarios are

Saves go to `./saves` in a checkout of this project, else to the user's data folder. `--saves DIR`
before the command, `TABLETOP_SAVES` and the setting `saves` name another folder. Scenarios of your
own are found by name in the folder `scenarios` of the user's data folder, or where
`TABLETOP_SCENARIOS` or the setting `scenarios` says.

## Settings

One TOML file, `settings.toml`, in the user's settings folder (`~/.config/tabletop` on Linux,
`~/Library/Application Support/tabletop` on macOS, `%LOCALAPPDATA%\\tabletop` on Windows);
`TABLETOP_SETTINGS` names another file. Every setting is an environment variable too, which goes
before the file; an option on the command line goes before both.

| in the file | in the environment | means |
|---|---|---|
| `theme = "situation-night"` | `TABLETOP_THEME` | the colours of the screen, see below |
| `plain = true` | `TABLETOP_PLAIN=1` | always line by line |
| `reduced_motion = true` | `TABLETOP_REDUCED_MOTION=1` | nothing moves on the screen |
| `saves = "DIR"` | `TABLETOP_SAVES` | the folder of saves |
| `scenarios = "DIR"` | `TABLETOP_SCENARIOS` | the folder with scenarios of your own |
| `language = "ko"` | `TABLETOP_LANGUAGE` | the language of scenario texts, where translated |
| `name = "Ann"` | `TABLETOP_NAME` | how you are called in saves |
| `adviser = true` | `TABLETOP_ADVISER=1` | an adviser speaks in games from the first decision on |

Themes are `situation-night`, `situation-day`, `situation-ansi` (the sixteen colours of the
terminal) and `situation-contrast` (high contrast). `NO_COLOR=1` takes all colour from the screen.

## Completion in the shell

Commands, options, scenarios and saves are completed after one of these lines, which belongs in
the shell's start-up file:

```sh
eval "$(_TABLETOP_COMPLETE=bash_source tabletop)"        # ~/.bashrc
eval "$(_TABLETOP_COMPLETE=zsh_source tabletop)"         # ~/.zshrc
_TABLETOP_COMPLETE=fish_source tabletop | source         # ~/.config/fish/config.fish
```
"""


def page() -> str:
    """The whole page."""
    context = tabletop.make_context("tabletop", [], resilient_parsing=True, terminal_width=_WIDTH)
    parts = [_HEAD, _section("tabletop", tabletop.get_help(context))]
    for verb in VERBS:
        command = tabletop.get_command(context, verb)
        assert command is not None
        own = command.make_context(verb, [], parent=context, resilient_parsing=True)
        parts.append(_section(f"tabletop {verb}", command.get_help(own)))
    return "\n".join([*parts, _TAIL])


def _section(title: str, text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"## {title}\n\n```text\n{lines}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
