"""Odds as text: shares with bars, who plays and what it is worth, in whole lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap

from tabletop.clean import clean_line
from tabletop.odds.summary import AT_RANDOM, Chance, Moment, Odds, Played, Sheet
from tabletop.plain.console import cells
from tabletop.plain.wording import counted, joined, label, listed, sentence

_LONGEST_LABEL = 36
_WIDEST = 100
_EIGHTHS = " ▏▎▍▌▋▊▉█"


@dataclass(frozen=True, slots=True)
class Paper:
    """What there is to write on."""

    width: int = 80
    """In terminal cells."""
    bars: bool = True
    """Whether to draw bars: a screen reader would spell them out."""
    blocks: bool = True
    """Whether the output can show block elements; else bars are ASCII."""


def page(sheet: Sheet, paper: Paper, came: str | None = None) -> list[str]:
    """The odds in full, line by line; `came` is the id of the ending that a run came to."""
    page = _Page(sheet, paper, came)
    lines = [*page.heading()]
    for text in page.preface():
        lines += page.wrapped(text)
    lines += ["", heading("How it ends, by who plays", paper), *page.endings()]
    lines += ["", heading("What that is worth, of 100, by objective", paper), *page.worth()]
    lines.append("")
    for text in page.epilogue():
        lines += page.wrapped(text)
    return lines


def heading(text: str, paper: Paper) -> str:
    """A heading over a block; a screen reader would spell capitals."""
    return text.upper() if paper.bars else f"{text}."


def wrapped(paragraphs: Iterable[str], paper: Paper) -> list[str]:
    """Paragraphs in lines, in the width of the page."""
    width = _fitting(paper)
    return [line for text in paragraphs for line in wrap(clean_line(text, 4_000), width) or [""]]


def _fitting(paper: Paper) -> int:
    return max(40, min(paper.width, _WIDEST))


class _Page:
    def __init__(self, sheet: Sheet, paper: Paper, came: str | None) -> None:
        self.sheet = sheet
        self.odds: Odds = sheet.odds
        self.paper = paper
        self.came = came
        self.width = _fitting(paper)
        aim = sheet.moment.aim if sheet.moment is not None else None
        aims = list(self.odds.prior)
        self.aim = aims.index(aim) if aim in aims and self.odds.method == "exact" else None
        """The number of the aim that was drawn, where it may be told."""

    def name(self, kind: str, name: str) -> str:
        """The title of something; its id where it has none."""
        if name == AT_RANDOM:
            return "Any open response, at random"
        return clean_line(self.sheet.names[kind].get(name, name), 120)

    def wrapped(self, text: str) -> list[str]:
        """A paragraph in lines."""
        return wrap(text, self.width) or [""]

    def heading(self) -> list[str]:
        """What this is about."""
        lines = self.wrapped(f"Odds in this model: {clean_line(self.sheet.title, 200)}")
        if self.sheet.moment is not None:
            lines += self.wrapped(self._moment(self.sheet.moment))
        return [*lines, ""]

    def _moment(self, moment: Moment) -> str:
        stage = self.name("stages", moment.stage)
        where = f"What is still possible from turn {moment.turn} of the line {moment.line} on"
        return sentence(f"{clean_line(where)}, at the stage {stage}")

    def preface(self) -> Iterator[str]:
        """How the odds were found, and on what they rest."""
        odds = self.odds
        shares = [
            f"{self.name('aims', aim)} {_percent(share)}" for aim, share in odds.prior.items()
        ]
        by = f"What the adversary wants is averaged by the prior of the model: {listed(shares)}"
        if odds.method == "exact":
            yield joined("Exact: every choice and every draw is counted", by)
        else:
            games = counted(odds.games, "game")
            yield joined(
                f"Sampled: {games} by each who plays, with seeds from {odds.seed}",
                "Behind each share stands its Wilson interval of 95%",
                by.replace("averaged", "drawn in each game"),
            )
        if odds.refusal is not None:
            yield sentence(f"Not exact, because the game is too large: {odds.refusal.text}")
        if self.aim is not None:
            aim = self.name("aims", list(odds.prior)[self.aim])
            yield sentence(f"The second share is for what they wanted in this run: {aim}")
        yield self._assumed()
        if self.came is not None:
            yield sentence(f"This run came to: {self.name('endings', self.came)}")

    def _assumed(self) -> str:
        sheet = self.sheet
        dials = [f"{dial} = {sheet.assumptions[dial]}" for dial in sheet.changed]
        changed = f"Assumptions changed: {listed(dials)}" if dials else ""
        plan = f"Timing plan: {sheet.plan}" if sheet.plan else ""
        return joined(changed or "All assumptions stand at their defaults", plan)

    def endings(self) -> Iterator[str]:
        """Who plays, and how it ends then."""
        names = {name: self._ending(name) for name in self.sheet.names["endings"]}
        wide = _widest(names)
        for number, played in enumerate(self.odds.played):
            if number:
                yield ""
            yield f"  {self._who(played)}"
            for name, chance in played.endings.items():
                yield self._row(names[name], wide, chance.average, self._shares(chance))

    def _who(self, played: Played) -> str:
        name = self.name("doctrines", played.doctrine)
        at_random = played.uniform and "random" not in name.casefold()
        return f"{name} (every open response with the same chance)" if at_random else name

    def _ending(self, name: str) -> str:
        mark = " (this run)" if name == self.came else ""
        return _cut(self.name("endings", name), _LONGEST_LABEL - len(mark)) + mark

    def _shares(self, chance: Chance) -> str:
        text = f"{_percent(chance.average):>6}"
        if chance.low is not None and chance.high is not None:
            text += f"  {f'({100 * chance.low:.1f} to {100 * chance.high:.1f})':<16}"
        if self.aim is not None:
            text += f"  {_percent(chance.by_aim[self.aim]):>6}"
        return text

    def worth(self) -> Iterator[str]:
        """What each who plays brings by each objective, between the bounds."""
        odds = self.odds
        doctrines = {each.doctrine: self.name("doctrines", each.doctrine) for each in odds.played}
        doctrines = {key: _cut(name, _LONGEST_LABEL) for key, name in doctrines.items()}
        best, worst = "Best play, upper bound", "Worst play"
        wide = _widest({**doctrines, "best": best, "worst": worst})
        objectives = list(odds.played[0].values) if odds.played else list(odds.bounds)
        for number, objective in enumerate(objectives):
            if number:
                yield ""
            yield f"  {self.name('objectives', objective)}"
            bound = odds.bounds.get(objective)
            rows: list[tuple[str, float, float | None]] = [
                (doctrines[each.doctrine], each.values[objective], self._value(each, objective))
                for each in odds.played
            ]
            if bound is not None:
                rows.insert(0, (best, bound.best, self._of_aim(bound.best_by_aim)))
                rows.append((worst, bound.worst, self._of_aim(bound.worst_by_aim)))
            for name, value, here in rows:
                shown = f"{100 * value:>6.1f}"
                shown += "" if here is None else f"  {100 * here:>6.1f}"
                yield self._row(name, wide, value, shown)

    def _of_aim(self, by_aim: tuple[float, ...]) -> float | None:
        return None if self.aim is None else by_aim[self.aim]

    def _value(self, played: Played, objective: str) -> float | None:
        """What play is worth if they want what they wanted in this run."""
        if self.aim is None:
            return None
        worth: Mapping[str, float] = self.sheet.worth[objective]
        return sum(chance.by_aim[self.aim] * worth[name] for name, chance in played.endings.items())

    def _row(self, name: str, wide: int, share: float, shown: str) -> str:
        start = f"    {name}{' ' * (wide - cells(name))}  {shown}"
        if not self.paper.bars:
            return f"    {label(name)} {' '.join(shown.split())}"
        room = self.width - cells(start) - 2
        bar = _bar(share, room, blocks=self.paper.blocks) if room >= 5 else ""
        return f"{start}  {bar}".rstrip()

    def epilogue(self) -> Iterator[str]:
        """How far to trust it."""
        if self.odds.bounds:
            yield (
                "Best and worst play know what the adversary wants and every chance, which no "
                "player does: they are bounds of what play can do, not goals."
            )
        elif self.odds.method == "sampled":
            yield "Best and worst play are not told: sampling cannot find them."
        yield (
            "All of this is so in this model, under these assumptions; it is no prediction of "
            "the world."
        )


def _percent(share: float) -> str:
    """A share as a percentage; what is not quite nothing or everything is not told as that."""
    if 0 < share < 0.0005:
        return "<0.1%"
    if 0.9995 <= share < 1 - 1e-12:
        return ">99.9%"
    return f"{100 * share:.1f}%"


def _bar(share: float, room: int, *, blocks: bool) -> str:
    if not blocks:
        return "#" * round(share * room)
    eighths = round(min(share, 1) * room * 8)
    whole, rest = divmod(eighths, 8)
    return _EIGHTHS[8] * whole + (_EIGHTHS[rest] if rest else "")


def _cut(text: str, limit: int) -> str:
    if cells(text) <= limit:
        return text
    while cells(text) > limit - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _widest(names: Mapping[str, str]) -> int:
    return max((cells(name) for name in names.values()), default=0)
