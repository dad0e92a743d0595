"""All hand-outs of a scenario, or some of them, as one HTML file to print."""

from __future__ import annotations

from collections.abc import Callable, Collection
from xml.etree.ElementTree import Element, SubElement

from tabletop.handouts.cards import add_cards, add_evidence
from tabletop.handouts.facilitator import add_facilitator, add_rubric
from tabletop.handouts.reading import add_reading
from tabletop.handouts.roles import add_roles
from tabletop.handouts.style import MARK, PAPERS, SEALED, style
from tabletop.scenario.schema import Scenario, Timing
from tabletop.webpage import begun, finished, plain

_Adder = Callable[[Element, Scenario, Timing | None], None]

_ADDERS: dict[str, _Adder] = {
    "reading": lambda main, scenario, _: add_reading(main, scenario),
    "roles": add_roles,
    "cards": lambda main, scenario, _: add_cards(main, scenario),
    "evidence": lambda main, scenario, _: add_evidence(main, scenario),
    "facilitator": add_facilitator,
    "rubric": lambda main, _, __: add_rubric(main),
}
SECTIONS = tuple(_ADDERS)
"""What can be printed, in its order; only the facilitator's sheets hold what is sealed."""


def booklet(
    scenario: Scenario,
    sections: Collection[str] = SECTIONS,
    paper: str | None = None,
    plan: str | None = None,
) -> str:
    """The page with these sections, for a size of paper and a timing plan if they are named.

    Raises `KeyError` for a section, a paper or a plan that there is not.
    """
    adders = {name: _ADDERS[name] for name in sections}
    timing = None if plan is None else scenario.timings[plan]
    title = f"Hand-outs: {scenario.title}"
    html, main = begun(title, style(paper), "hand-outs", "To the hand-outs")
    if scenario.language != "en":
        main.set("lang", scenario.language)
    _title(main, title, scenario, sealed="facilitator" in adders)
    for name in SECTIONS:
        if name in adders:
            adders[name](main, scenario, timing)
    return finished(html)


def _title(main: Element, title: str, scenario: Scenario, *, sealed: bool) -> None:
    """What the file is; on paper every sheet has its own heading and this one is left out."""
    head = SubElement(main, "div", {"class": "title"})
    SubElement(head, "h1").text = plain(title)
    about = (
        f"{scenario.id}, version {scenario.version}. Print this page: each sheet begins a new one."
    )
    SubElement(head, "p").text = plain(about)
    if sealed:
        told = "The facilitator's sheets are in this file: keep it, and hand out paper."
        SubElement(head, "p", {"class": "mark"}).text = told


__all__ = ["MARK", "PAPERS", "SEALED", "SECTIONS", "booklet"]
