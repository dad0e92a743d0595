"""Cards to cut out: every response and every support, each with its case and what is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from tabletop.handouts.paper import Sheet, paragraph
from tabletop.handouts.words import cited, fact_line, numbered, open_facts, source_line
from tabletop.scenario.moves import Argument, Response
from tabletop.scenario.schema import Scenario
from tabletop.webpage import plain


def add_cards(main: Element, scenario: Scenario) -> None:
    """Add the cards of responses in the order of the file, and after them those of supports."""
    sheet = Sheet(main, "cards", "Response cards", "deck")
    sheet.text("Cut along the dashed lines. A card is open in the stages that it names.")
    sheet.heading("Responses")
    _deck(sheet, ((each.title, _response(scenario, each)) for each in scenario.responses.values()))
    sheet.heading("What may go with a response")
    supports = scenario.supports.values()
    _deck(sheet, ((each.title, iter([("", each.act)])) for each in supports), "small")


def add_evidence(main: Element, scenario: Scenario) -> None:
    """Add the evidence that cards and sheets point to, without what is sealed."""
    sheet = Sheet(main, "evidence", "The evidence behind the cards", "evidence")
    facts = open_facts(scenario, scenario.facts)
    sources = numbered(facts.values())
    sheet.items(fact_line(*each, sources) for each in facts.items())
    sheet.heading("Sources")
    sheet.items((_source(scenario, name) for name in sources), ordered=True)


def _deck(
    sheet: Sheet, cards: Iterable[tuple[str, Iterator[tuple[str, str]]]], kind: str = ""
) -> None:
    around = SubElement(sheet.element, "div", {"class": f"cards {kind}".strip()})
    for title, texts in cards:
        card = SubElement(around, "div", {"class": "card"})
        SubElement(card, "h4").text = plain(title)
        for label, text in texts:
            if text:
                paragraph(card, text, label)


def _response(scenario: Scenario, response: Response) -> Iterator[tuple[str, str]]:
    """The parts of a card, each with the word before it."""
    stages = ", ".join(scenario.stages[name].title for name in response.stages)
    yield response.instrument.capitalize(), response.act
    yield _speaker(scenario, "For", response.for_), response.for_.text
    yield _speaker(scenario, "Against", response.against), response.against.text
    consent = response.consent
    yield "Who must agree", scenario.actors[consent.by].title if consent else "nobody but you"
    yield "What we do not know", response.unknown or "what will follow"
    yield "Open in", stages
    everything = (*response.cites, *response.for_.cites, *response.against.cites)
    yield "Evidence", cited(scenario, everything)


def _speaker(scenario: Scenario, side: str, case: Argument) -> str:
    """Which office makes a case, if one does."""
    return side if case.by is None else f"{side}, {scenario.roles[case.by].title}"


def _source(scenario: Scenario, name: str) -> str:
    address = scenario.sources[name].address
    return f"{source_line(scenario, name)}. {address or ''}".rstrip()
