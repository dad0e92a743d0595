"""Replay of a long save: how long it takes to open, to step and to jump, and to debrief.

The save is a class of 24 teams in which control went back again and again, of some 5,000
events. Each figure stands beside reading the same file and folding it once, in this run.
The screen is the real one, in a pseudo-terminal of 120x40: a step lasts from the key to the
last byte that it paints, and beside it stands what the program worked for it, since the
first figure grows with whatever else the machine does.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from benchmarks.figures import Figure, paired, percentile, show
from benchmarks.shipped import REPOSITORY, SCENARIO, program
from benchmarks.terminal import Terminal
from tabletop.debrief.sheet import debrief_of
from tabletop.exercise.conduct import carry_out, catch_up
from tabletop.exercise.events import Draft
from tabletop.exercise.folding import fold
from tabletop.exercise.header import Header, ScenarioRef, new_id, now
from tabletop.exercise.journal import Journal
from tabletop.exercise.record import REWOUND, Record
from tabletop.exercise.replay import ReplayTable
from tabletop.exercise.save import read_save
from tabletop.exercise.table import CONTROL, Action, Answer, Begin, Decide, Join, Moment
from tabletop.rules import RULES_VERSION
from tabletop.rules.program import Program

EVENTS = 5_000
TEAMS = 24
JUMPS = 400
AWAY, ROUNDS = 7, 5
"""Steps to one side before going back, within the newest line of the first team."""
RIGHT, LEFT = "\x1b[C", "\x1b[D"
OURS = (sys.executable, "-c", "import sys; from tabletop.cli import main; sys.exit(main())")


def main() -> None:
    """Play the class, then open its save and move about in it."""
    with tempfile.TemporaryDirectory(prefix="tabletop-bench-") as folder:
        path = Path(folder) / "class.jsonl"
        count = play_class(path, TEAMS, EVENTS)
        show(f"Replay: a save of {count:,} events", _figures(path))
        show("Replay: the screen on the same save", _on_the_screen(path, Path(folder)))


def _figures(path: Path) -> list[Figure]:
    compiled = program()
    opened, plain = paired(
        5,
        lambda: _seconds(lambda: ReplayTable(path)),
        lambda: _seconds(partial(_folded, path, compiled)),
    )
    table = ReplayTable(path)
    last = table.record.number
    forward, back = range(last // 2, last // 2 + JUMPS), range(last, last - JUMPS, -1)
    lots = random.Random(1)
    anywhere = [lots.randrange(TEAMS * 3, last) for _ in range(JUMPS)]
    line = table.line(CONTROL)
    return [
        Figure("opened", 1000 * opened, " ms", 500),
        Figure("read and folded once, for comparison", 1000 * plain, " ms"),
        Figure("ratio", opened / plain, "x"),
        Figure("a step forward, 95 of 100", _p95(table, forward), " ms", 50),
        Figure("a step back, 95 of 100", _p95(table, back), " ms", 50),
        Figure("a jump anywhere, 95 of 100", _p95(table, anywhere), " ms", 50),
        Figure("all stops of a line", _ms(lambda: table.turns(CONTROL, line)), " ms", 50),
        Figure("a search through every line", _ms(lambda: table.search("x", CONTROL)), " ms"),
        Figure("a debrief of one line for control", _ms(lambda: debrief_of(table, CONTROL)), " ms"),
    ]


def _on_the_screen(path: Path, folder: Path) -> list[Figure]:
    """Keys of the replay screen, and what it does when nobody presses one."""
    command = (*OURS, "--saves", str(folder / "saves"), "replay", str(path))
    with Terminal(command, folder=REPOSITORY) as terminal:
        opened = terminal.shows("The public")
        terminal.settle(1.0)
        keys = {
            "a step there and back": [*[RIGHT] * AWAY, *[LEFT] * AWAY] * ROUNDS,
            "a turn there and back": ["n", "p"] * AWAY,
        }
        taken = {name: [_press(terminal, key) for key in pressed] for name, pressed in keys.items()}
        terminal.press(" ")
        terminal.press(" ")
        idle = terminal.rest(3.0)
    figures = [Figure("from nothing to the first words", 1000 * opened, " ms")]
    for name, pairs in taken.items():
        painted = [1000 * each for each, _ in pairs if each]
        figures.append(Figure(f"{name}, 50 of 100", percentile(painted, 0.5), " ms"))
        figures.append(Figure(f"{name}, 95 of 100", percentile(painted, 0.95), " ms", 50))
        worked = [1000 * each for painted, each in pairs if painted]
        figures.append(Figure("  on a processor, 50 of 100", percentile(worked, 0.5), " ms"))
        figures.append(Figure("  on a processor, 95 of 100", percentile(worked, 0.95), " ms"))
    return [*figures, Figure("output in 3 s when paused", idle, " bytes", 0)]


def _press(terminal: Terminal, key: str) -> tuple[float, float]:
    """Seconds from a key to the last of what it paints, and seconds on a processor for it."""
    before = terminal.processor()
    painted = terminal.press(key)
    return painted, terminal.processor() - before


def _folded(path: Path, compiled: Program) -> None:
    save = read_save(path)
    fold(Record(compiled, save.header.seed), save.events)


def _p95(table: ReplayTable, numbers: Iterable[int]) -> float:
    """Milliseconds for the record and the whole view of control at each place."""
    return percentile([_ms(partial(_look, table, number)) for number in numbers], 0.95)


def _look(table: ReplayTable, number: int) -> None:
    table.view(CONTROL, Moment("team1", number))


def _ms(work: Callable[[], object]) -> float:
    return 1000 * _seconds(work)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def play_class(path: Path, teams: int, events: int | None = None) -> int:
    """Write a class in which every team plays at random; how many events it has.

    With `events` so many at least: whoever has ended begins anew, and the exercise stays open.
    """
    compiled, lots = program(), random.Random(1)
    record, drafts = Record(compiled, 7), list[Draft]()

    def do(action: Action) -> None:
        nonlocal record
        record, made = carry_out(record, action, f"op{len(drafts)}")
        drafts.extend(made)

    role = next(name for name, part in compiled.scenario.roles.items() if part.decides)
    for number in range(teams):
        do(Join(f"seat{number}", f"Ann {number}", f"team{number}", role))
    do(Begin())
    while not record.over if events is None else len(drafts) < events:
        for number in range(teams):
            line = [each for each in record.lines.values() if each.team == f"team{number}"][-1]
            if line.over and events is None:
                continue
            if line.over:
                draft = _rewind(record, line.name, f"team{number}", lots.randrange(1, 2**60))
                record, made = catch_up(record.folded(draft))
                drafts += [draft, *made]
            elif line.play.prompt is not None and line.play.prompt.kind == "flash":
                answers = compiled.injects[line.play.prompt.id].answers
                do(Answer(f"seat{number}", lots.choice(answers).id, "We were asked, and had to."))
            else:
                opened = [(n, under) for n, under in line.play.openings().items() if under]
                chosen, under = lots.choice(opened)
                response, support = compiled.responses[chosen].id, compiled.supports[under[0]].id
                forecast = lots.choice([10, 30, 50, 70, 90])
                do(Decide(f"seat{number}", response, support, "Seoul asked for time.", forecast))
            # The exercise stays open: no team that has ended waits for the last one.
    with Journal.create(path, _header(compiled.hash)) as journal:
        journal.append(drafts)
    return len(drafts)


def _rewind(record: Record, line: str, team: str, luck: int) -> Draft:
    """Control opens a line of its own at the second turn."""
    number = 1 + sum(each.team == team for each in record.lines.values())
    data = {"from": line, "turn": 2, "luck": luck}
    return Draft(REWOUND, data, "control", f"{team}.{number}")


def _header(fingerprint: str) -> Header:
    text = SCENARIO.read_text("utf-8")
    return Header(
        rules=RULES_VERSION,
        id=new_id(),
        scenario=ScenarioRef(SCENARIO.stem, "1.0", "0" * 64),
        files={SCENARIO.name: text},
        seed=7,
        created=now(),
        program=fingerprint,
        assumptions={},
    )


if __name__ == "__main__":
    main()
