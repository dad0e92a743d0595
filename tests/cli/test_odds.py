"""`tabletop odds`: exact, sampled where that is said, and sealed while a game is played."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabletop.exercise.samples import find_sample
from tabletop.odds import store
from tests.cli.terminal import MINIMAL, REPOSITORY, Result, run


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What these tests solve is kept apart."""
    monkeypatch.setenv("TABLETOP_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def data(*arguments: str | int | Path) -> Any:
    result = run("odds", *arguments, "--json")
    assert (result.code, result.err) == (0, "")
    return json.loads(result.out)


def running_save(folder: Path) -> Path:
    """A game of two decisions that was left."""
    save = folder / "running.jsonl"
    answers = "1\n1\n1\n\n3\n1\n1\n\n3\n"
    result = run("play", MINIMAL, "--plain", "--seed", 4, "--save", save, answers=answers)
    assert result.code == 0
    assert save.exists()
    return save


def test_every_ending_is_told_for_everybody_who_plays() -> None:
    """With its share, and the bounds by objective; the shares of one who plays add up."""
    found = data(MINIMAL)["whole"]
    odds = found["odds"]
    assert odds["method"] == "exact"
    assert [each["doctrine"] for each in odds["played"]] == list(found["names"]["doctrines"])
    for each in odds["played"]:
        assert list(each["endings"]) == list(found["names"]["endings"])
        assert sum(chance["average"] for chance in each["endings"].values()) == pytest.approx(1)
        for objective, value in each["values"].items():
            bound = odds["bounds"][objective]
            assert bound["worst"] - 1e-9 <= value <= bound["best"] + 1e-9


def test_the_page_says_what_it_is() -> None:
    """In this model, exact, averaged by the prior, with bounds that are labelled."""
    said = " ".join(run("odds", MINIMAL).out.split())
    for words in (
        "Odds in this model: The lighthouse",
        "Exact: every choice and every draw is counted.",
        "averaged by the prior of the model",
        "Best play, upper bound",
        "they are bounds of what play can do, not goals",
        "it is no prediction of the world",
    ):
        assert words in said


def test_bars_are_as_long_as_the_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider than 80 cells where there is no terminal."""
    lines = run("odds", MINIMAL).out.splitlines()
    assert max(map(len, lines)) <= 80
    rows = [re.match(r"    .*?(\d+\.\d)%(?: *)(█*)", line) for line in lines]
    drawn = [(float(row[1]), len(row[2])) for row in rows if row]
    longest = max(length for _, length in drawn)
    assert longest > 10
    full = max(drawn)[1] / max(drawn)[0]
    assert all(abs(length - share * full) <= 1.5 for share, length in drawn)


def test_line_by_line_there_are_no_bars() -> None:
    """A screen reader would spell them."""
    said = run("--plain", "odds", MINIMAL).out
    assert not set("█▏▎▍▌▋▊▉#") & set(said)
    assert "How it ends, by who plays." in said


def test_an_output_without_blocks_gets_ascii_bars(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a terminal of sixteen colours and old fonts has it."""
    from tests.cli.terminal import start

    done = start(
        "odds", str(MINIMAL), folder=folder, environment={"PYTHONIOENCODING": "ascii:strict"}
    )
    assert done.returncode == 0
    assert b"####" in done.stdout
    assert done.stdout.isascii()


def test_doctrines_and_an_objective_are_picked_out() -> None:
    """From what was worked out as a whole, so that asking for less solves nothing anew."""
    everything = data(MINIMAL)["whole"]["odds"]
    some = data(MINIMAL, "--doctrine", "random", "--objective", "a_paper")["whole"]["odds"]
    assert [each["doctrine"] for each in some["played"]] == ["random"]
    assert list(some["bounds"]) == ["a_paper"]
    theirs = next(each for each in everything["played"] if each["doctrine"] == "random")
    assert some["played"][0]["endings"] == theirs["endings"]
    assert list(some["played"][0]["values"]) == ["a_paper"]


def test_dials_presets_and_plans_change_the_odds() -> None:
    """And the page names what was changed."""
    plain = data(MINIMAL)["whole"]
    changed = data(MINIMAL, "--preset", "hard_world", "--plan", "short")["whole"]
    assert changed["odds"]["program"] != plain["odds"]["program"]
    assert changed["odds"]["played"] != plain["odds"]["played"]
    assert (changed["plan"], plain["plan"]) == ("short", None)
    assert changed["changed"]
    said = run("odds", MINIMAL, "--assume", "patrols_provoke=strong").out
    assert "Assumptions changed: patrols_provoke = strong." in said


def test_what_was_shown_once_is_shown_again_without_solving(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To the letter, and a changed file is not taken for the one it was."""
    first = run("odds", MINIMAL).out

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("solved again")

    monkeypatch.setattr(store, "odds_of", fail)
    assert run("odds", MINIMAL).out == first
    assert run("odds", MINIMAL, "--doctrine", "random").code == 0
    copy = Path("copy.yaml")
    copy.write_bytes(MINIMAL.read_bytes() + b"# another\n")
    with pytest.raises(AssertionError, match="solved again"):
        run("odds", copy)


@pytest.mark.parametrize(
    "arguments,faults",
    [
        (
            ("--doctrine", "randm", "--objective", "paper"),
            [
                "--doctrine: unknown doctrine 'randm' (did you mean random?)",
                "--objective: unknown objective 'paper' (did you mean a_paper?)",
            ],
        ),
        (("--turn", "2"), ["tabletop odds: --turn belongs to a save"]),
        (("--control",), ["tabletop odds: --control belongs to a save"]),
        (("--seed", "2"), ["tabletop odds: --seed belongs to --sample"]),
        (("--cluster", "x"), ["tabletop odds: --cluster belongs to --sample"]),
        (("-o", "x.csv"), ["tabletop odds: --output belongs to --sweep"]),
    ],
)
@pytest.mark.parametrize("known", [False, True])
def test_wrong_wishes_are_one_line_each(
    arguments: tuple[str, ...], faults: list[str], known: bool
) -> None:
    """Also where the scenario was shown before."""
    if known:
        run("odds", MINIMAL)
    result = run("odds", MINIMAL, *arguments)
    assert (result.code, result.out, result.faults) == (2, "", faults)


@pytest.mark.parametrize(
    "subject,fault",
    [
        ("first-gam", "unknown scenario 'first-gam' (did you mean first-game?)"),
        ("nosuch.jsonl", "nosuch.jsonl: no such file or directory"),
        ("nosuch.yaml", "there is no file 'nosuch.yaml'"),
    ],
)
def test_what_is_neither_scenario_nor_save_is_one_line(subject: str, fault: str) -> None:
    """With the nearest name."""
    result = run("odds", subject)
    assert (result.code, result.out, result.faults) == (2, "", [fault])


def test_a_name_stands_for_a_scenario_and_with_its_ending_for_a_save() -> None:
    """Where both are there."""
    assert data("first-game")["happened"] is None
    assert data("first-game.jsonl")["happened"]["ending"] is not None


def test_an_ended_save_shows_its_game_its_ending_and_what_decisions_cost() -> None:
    """The sum of luck, choice and control is shown to hold."""
    found = data("first-game.jsonl")
    review, ending = found["review"], found["happened"]["ending"]
    assert found["whole"]["odds"] == data("first-game")["whole"]["odds"]
    assert review["ending"] == ending
    told = review["start"] + review["luck"] - review["loss"] + review["control"]
    assert told == pytest.approx(review["end"], abs=1e-9)
    assert sum(each["loss"] for each in review["decisions"]) == pytest.approx(review["loss"])
    said = run("odds", "first-game.jsonl").out
    title = found["whole"]["names"]["endings"][ending]
    assert f"This run came to: {title}." in said
    assert f"{title} (this run)" in said
    assert "WHAT THE DECISIONS COST" in said


def test_from_a_turn_of_an_ended_save_both_averages_and_the_aim_of_the_run_are_told() -> None:
    """The second share is one of those by aim."""
    found = data("first-game.jsonl", "--turn", "2")
    here = found["from_here"]
    assert found["whole"] is None
    assert here["moment"]["turn"] == 2
    assert here["moment"]["aim"] in here["odds"]["prior"]
    assert "for what they wanted in this run" in " ".join(
        run("odds", "first-game.jsonl", "--turn", "2").out.split()
    )


def test_later_turns_know_more_until_the_end_is_certain() -> None:
    """The bounds close in on one another along a game: the last decision decides nearly all."""
    gaps = []
    for turn in (1, 2, 3):
        bounds = data("first-game.jsonl", "--turn", turn)["from_here"]["odds"]["bounds"]
        gaps.append(sum(each["best"] - each["worst"] for each in bounds.values()))
    assert gaps[0] > gaps[-1]


def test_a_running_game_is_sealed(folder: Path) -> None:
    """In one line that says how control opens it; control sees from where the game stands."""
    save = running_save(folder)
    for arguments in ((), ("--turn", "1"), ("--sample", "100")):
        result = run("odds", save, *arguments)
        assert (result.code, result.out) == (2, "")
        assert len(result.faults) == 1
        assert "sealed until EndEx; control opens them with --control" in result.err
    opened = data(save, "--control")
    assert opened["whole"] is None
    assert opened["review"] is None
    assert opened["from_here"]["moment"]["turn"] > 1


def test_a_save_has_its_own_dials_and_its_own_turns(folder: Path) -> None:
    """One line each."""
    sample = find_sample("first-game")
    assert sample is not None
    assert run("odds", sample, "--preset", "radio_world").faults == [
        "tabletop odds: --preset belongs to a scenario"
    ]
    assert run("odds", sample, "--turn", "9").faults == [
        f"{sample}: no decision of turn 9 in solo: there is one in 1, 2, 3"
    ]


def sampled_within(exact: Any, sampled: Any) -> float:
    """The share of intervals that hold the exact share."""
    hits = [
        chance["low"] - 1e-9 <= true["endings"][name]["average"] <= chance["high"] + 1e-9
        for each, true in zip(sampled["played"], exact["played"], strict=True)
        for name, chance in each["endings"].items()
    ]
    return float(sum(hits) / len(hits))


def test_sampling_says_so_and_its_intervals_hold_the_exact_odds() -> None:
    """Nearly all: each holds it in nineteen of twenty cases."""
    exact = data(MINIMAL)["whole"]["odds"]
    sampled = data(MINIMAL, "--sample", "4000", "--seed", "5")["whole"]["odds"]
    assert (sampled["method"], sampled["games"], sampled["seed"]) == ("sampled", 4000, 5)
    assert (sampled["bounds"], sampled["refusal"]) == ({}, None)
    assert sampled_within(exact, sampled) >= 0.8
    said = run("odds", MINIMAL, "--sample", "100").out
    assert "Sampled: 100 games by each who plays, with seeds from 0." in said
    assert "sampling cannot find them" in said


def test_a_game_that_is_too_large_is_sampled_and_the_reason_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The turn, the track and the inject to blame; whole or from a moment of a save."""
    from tabletop.cli import odds_asked
    from tabletop.odds import size

    monkeypatch.setattr(size, "MOST", 60)
    monkeypatch.setattr(odds_asked, "GAMES", 300)
    monkeypatch.setattr(odds_asked, "GAMES_FROM_HERE", 60)
    odds = data(MINIMAL)["whole"]["odds"]
    assert (odds["method"], odds["games"]) == ("sampled", 300)
    assert odds["refusal"]["turn"] >= 1
    assert odds["refusal"]["track"]
    said = " ".join(run("odds", MINIMAL).out.split())
    assert "Not exact, because the game is too large: turn " in said
    here = data("first-game.jsonl", "--turn", "2")["from_here"]["odds"]
    assert (here["method"], here["games"]) == ("sampled", 60)
    # What cannot be solved cannot be reviewed.
    assert data("first-game.jsonl")["review"] is None


def test_a_cluster_is_not_asked_for_what_it_would_not_do() -> None:
    """It plays whole games; what is left of one is sampled without it, not silently."""
    sample = ("--sample", "10", "--turn", "2")
    assert run("odds", "first-game.jsonl", *sample).code == 0
    refused = run("odds", "first-game.jsonl", *sample, "--cluster", "tcp://localhost:1")
    assert (refused.code, refused.out, len(refused.faults)) == (2, "", 1)
    assert "--cluster samples whole games" in refused.err


@pytest.mark.parametrize("name", ["rows.xlsx", "no/rows.csv", "no/rows.parquet", ""])
def test_a_sweep_that_could_not_be_written_plays_no_game(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Hours of games are not lost to a slip in the name of the file."""

    def played(*_: object) -> None:
        raise AssertionError("games were played")

    grid = folder / "grid.toml"
    grid.write_text('scenarios = ["first-game"]\ngames = 5\n', encoding="utf-8")
    monkeypatch.setattr("tabletop.odds.sweep.run", played)
    refused = run("odds", "--sweep", grid, "-o", folder / name)
    assert refused.code == 2
    assert refused.err.startswith(str(folder / name))


@pytest.mark.parametrize(
    "line",
    ['scenarios = ["nowhere"]', 'scenarios = ["first-game"]\nassumptions.rodio = ["much"]'],
)
def test_an_unknown_name_in_a_sweep_is_told_with_its_file(folder: Path, line: str) -> None:
    """In one line, since the command line does not show that name."""
    grid = folder / "grid.toml"
    grid.write_text(line, encoding="utf-8")
    refused = run("odds", "--sweep", grid)
    assert refused.code == 2
    assert refused.err.startswith(f"{grid}: unknown ")
    assert refused.err.count("\n") == 1


def test_a_sweep_writes_its_rows(folder: Path) -> None:
    """To stdout as CSV, or to a file; a subject beside it is refused."""
    grid = folder / "grid.toml"
    grid.write_text(f"scenarios = [{json.dumps(str(MINIMAL))}]\ngames = 40\n")
    shown = run("odds", "--sweep", grid)
    assert (shown.code, shown.err) == (0, "")
    header, *rows = shown.out.splitlines()
    assert header.startswith("scenario,version,program,preset,plan,doctrine,")
    assert len(rows) == 4 * 4
    assert run("odds", "--sweep", grid, "-o", folder / "rows.csv").code == 0
    assert (folder / "rows.csv").read_text().splitlines() == shown.out.splitlines()
    refused = run("odds", MINIMAL, "--sweep", grid)
    assert (refused.code, len(refused.faults)) == (2, 1)


def test_nothing_at_all_is_refused() -> None:
    """As any missing argument is."""
    assert run("odds").faults == ["tabletop odds: missing argument 'SCENARIO|SAVE'"]


def test_the_guide_names_every_key_of_the_json() -> None:
    """docs/odds.md tells the shape that programs can rely on."""
    guide = (REPOSITORY / "docs" / "odds.md").read_text(encoding="utf-8")
    found = data("first-game.jsonl")
    here = data("first-game.jsonl", "--turn", "2")
    sheet = found["whole"]
    by_id = {*sheet["assumptions"], *(name for kind in sheet["names"].values() for name in kind)}
    keys = set(_keys(found)) | set(_keys(here))
    # Of the sums, draws and rulings of the review the guide tells the chief ones.
    keys -= set(_keys(found["review"])) - set(_keys(found["review"]["decisions"]))
    assert keys - by_id - set(re.findall(r"`([a-z_]+)`", guide)) == set()


def _keys(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from part
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _keys(each)


def result_of(*arguments: str) -> Result:
    return run("odds", *arguments)


@pytest.mark.parametrize("hostile", ["\x1b]52;c;aGk=\x07", "a\u202eb", "x" * 9999, "\0"])
def test_hostile_names_are_quoted_harmlessly(hostile: str) -> None:
    """As a subject and as a wish."""
    for arguments in ((hostile,), (str(MINIMAL), "--doctrine", hostile)):
        result = result_of(*arguments)
        assert result.code == 2
        assert len(result.faults) == 1
        assert not set("\x1b\x07\u202e") & set(result.err)
