"""How the shipped crisis ends, over 10,000 games a doctrine, and whether that is believable.

The bounds are those that the scenario promises: no doctrine is rewarded or punished by
the numbers alone, and history remains likely.
"""

from __future__ import annotations

from benchmarks.figures import Figure, show
from benchmarks.shipped import program
from tabletop.rules.playout import Tally, sample
from tabletop.rules.program import Program

GAMES = 10_000
RECKLESS = "reckless"
RANDOM = "random"
HISTORY = "history"
WAR, FREEZE, ICBM = "war", "negotiated_freeze", "icbm_flown"


def main() -> None:
    """Print the endings of every doctrine and the bounds they keep."""
    compiled = program()
    tallies = {name: sample(compiled, name, GAMES, watch=(ICBM,)) for name in compiled.policies}
    _table(compiled, tallies)
    show("Bounds", bounds(compiled, tallies))


def bounds(compiled: Program, tallies: dict[str, Tally]) -> list[Figure]:
    """Each promise about the mix of endings, in percent or points."""
    sober = {name: tally for name, tally in tallies.items() if name != RECKLESS}
    icbm = 100 * tallies[HISTORY].watched[ICBM] / tallies[HISTORY].games
    endings = compiled.scenario.endings
    rarest = {ending: max(tally.share(ending) for tally in tallies.values()) for ending in endings}
    most = max(endings, key=tallies[RANDOM].share)
    camps = {
        camp.title: 100 * sum(map(tallies[camp.doctrine].share, camp.accepts))
        for camp in compiled.scenario.camps.values()
    }
    accepted = ", ".join(f"{title} {share:.0f}%" for title, share in camps.items())
    return [
        *(Figure(f"war, {name}", 100 * tally.share(WAR), "%", 6) for name, tally in sober.items()),
        *(
            Figure(f"negotiated freeze, {name}", 100 * tally.share(FREEZE), "%", 30)
            for name, tally in tallies.items()
        ),
        Figure("an ICBM flies, history", icbm, "%", 65, "least"),
        Figure("an ICBM flies, history", icbm, "%", 90),
        Figure(
            "endings that no doctrine reaches", sum(not share for share in rarest.values()), "", 0
        ),
        Figure(f"commonest in random games: {most}", 100 * tallies[RANDOM].share(most), "%", 50),
        Figure(
            "camps apart, each by its own doctrine",
            max(camps.values()) - min(camps.values()),
            " pts",
            10,
            note=accepted,
        ),
    ]


def _table(compiled: Program, tallies: dict[str, Tally]) -> None:
    print(f"\nEndings in percent of {GAMES:,} games a doctrine (and games with an ICBM flight)")
    width = max(map(len, compiled.scenario.endings)) + 2
    print("  " + " " * width + "".join(f"{name[:12]:>14}" for name in tallies))
    for ending in compiled.scenario.endings:
        shares = "".join(f"{100 * tally.share(ending):>14.1f}" for tally in tallies.values())
        print(f"  {ending:<{width}}{shares}")
    flown = "".join(
        f"{100 * tally.watched[ICBM] / tally.games:>14.1f}" for tally in tallies.values()
    )
    print(f"  {'(ICBM flown)':<{width}}{flown}", flush=True)


if __name__ == "__main__":
    main()
