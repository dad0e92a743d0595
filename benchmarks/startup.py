"""Start-up, keys, memory and rest of the program, beside the smallest ones of their kinds.

Everything runs in a pseudo-terminal of 120x40, in turns with what it is compared to. The
first paint is when words of the screen stand in the terminal's input; settled is the last
output of the same burst.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import Figure, paired, percentile, show
from benchmarks.shipped import REPOSITORY, own_folders
from benchmarks.terminal import Terminal
from tabletop.cli.verbs import VERBS
from tabletop.exercise.desk import Desk
from tabletop.exercise.table import SOLO, Begin, Declare

ROUNDS = 5
OURS = (sys.executable, "-c", "import sys; from tabletop.cli import main; sys.exit(main())")
MINIMAL = (sys.executable, str(REPOSITORY / "benchmarks" / "minimal_app.py"))
BARE = (sys.executable, str(REPOSITORY / "benchmarks" / "bare_click.py"), str(len(VERBS)))


@dataclass(slots=True)
class Program:
    """A program to start, the words by which its first paint is known, and what was measured."""

    name: str
    command: Sequence[str]
    words: str
    paints: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    memory: float = 0.0

    def start(self, folder: Path) -> None:
        """Start it once and note when it paints and settles."""
        with Terminal(self.command, folder=folder) as terminal:
            self.paints.append(terminal.shows(self.words))
            self.settled.append(terminal.settle())
            self.memory = max(self.memory, terminal.memory())


def main() -> None:
    """Print help, first paints, memory, rest and keys."""
    show("Start-up: the command line", _help())
    with own_folders() as folder:
        save, words = asyncio.run(_game(folder))
        ours = (*OURS, "--saves", str(folder / "saves"))
        minimal = Program("a minimal Textual application", MINIMAL, "nothing but this")
        home = Program("home", ours, "New game")
        briefing = Program("briefing, `tabletop play`", (*ours, "play"), "North Korea")
        situation = Program("situation, `--resume`", (*ours, "play", "--resume", str(save)), words)
        programs = [minimal, home, briefing, situation]
        for program in programs:  # once unmeasured: caches of Python and of scenarios
            Program("", program.command, program.words).start(folder)
        for _ in range(ROUNDS):
            for program in programs:
                program.start(folder)
        show("Start-up: the first paint, and settled", _paints(programs))
        show("The situation screen at rest and at work", _at_work(situation, folder))


def _help() -> list[Figure]:
    """`tabletop --help` beside a bare click program of as many commands."""

    def run(command: Sequence[str]) -> float:
        start = time.perf_counter()
        subprocess.run([*command, "--help"], capture_output=True, check=True)
        return time.perf_counter() - start

    bare, ours = paired(15, lambda: run(BARE), lambda: run(OURS))
    return [
        Figure(f"a bare click program of {len(VERBS)} commands", 1000 * bare, " ms"),
        Figure("tabletop --help", 1000 * ours, " ms"),
        Figure("ratio", ours / bare, "x", 1.3),
    ]


def _paints(programs: list[Program]) -> list[Figure]:
    """Times of each and ratios to the first; medians of the rounds stand beside the best."""
    base = programs[0]
    targets = (None, 1.6, 1.6, 2.5)
    figures = []
    for program, target in zip(programs, targets, strict=True):
        paint, settled = 1000 * min(program.paints), 1000 * min(program.settled)
        figures.append(Figure(program.name, paint, " ms", note=f"settled {settled:.0f} ms"))
        if target is not None:
            ratio = min(program.paints) / min(base.paints)
            figures.append(Figure("  ratio", ratio, "x", target))
        figures.append(Figure("  memory", program.memory, " MB", None if target is None else 60))
    return figures


def _at_work(situation: Program, folder: Path) -> list[Figure]:
    """Idle output and the time from a key to the last byte that it leads to."""
    with Terminal(situation.command, folder=folder) as terminal:
        terminal.shows(situation.words)
        terminal.settle(1.0)
        idle = terminal.rest(3.0)
        moves = [terminal.press("\x1b[B") for _ in range(6)] + [
            terminal.press(key) for key in ("\x1b[A", "\x1b[B") * 20
        ]
        sheets = [
            terminal.press(key) for key in ("1", "q", "w", "q", "g", "q", "m", "q", "?", "q") * 3
        ]
        decisions = []
        for _ in range(5):
            terminal.press("1")
            decisions.append(terminal.press("\r"))
            for key in ("\x1b", "q"):  # a lone Escape waits a tenth of a second in the driver
                terminal.press(key, quiet=0.2)
        resting = terminal.cpu()
        terminal.rest(2.0)
        idle_cpu = 100 * (terminal.cpu() - resting) / 2.0
    moved = [1000 * each for each in moves if each]
    opened = [1000 * each for each in sheets if each]
    decided = [1000 * each for each in decisions if each]
    return [
        Figure("idle output in 3 s", idle, " bytes", 0),
        Figure("idle processor", idle_cpu, "%", note="of a core, over 2 s"),
        Figure("moving through responses, p50", percentile(moved, 0.5), " ms"),
        Figure("moving through responses, p95", percentile(moved, 0.95), " ms", 15),
        Figure("opening and closing sheets, p50", percentile(opened, 0.5), " ms"),
        Figure("opening and closing sheets, p95", percentile(opened, 0.95), " ms", 50),
        Figure("opening the decision, p50", percentile(decided, 0.5), " ms"),
    ]


async def _game(folder: Path) -> tuple[Path, str]:
    """A save of the shipped crisis at its first decision, and words that its screen shows."""
    table = Desk(folder / "saves").new("north-korea-2017", seed=7)
    await table.send(Declare(SOLO.name, table.view(SOLO).objectives[0].id), "objective")
    await table.send(Begin(), "begin")
    view = table.view(SOLO)
    await table.close()
    return table.path, view.responses[0].title


if __name__ == "__main__":
    main()
