"""What every HTML file of ours shares: one file, nothing loaded or run, one look, all text inert.

A page is built as a tree, so that no text can become markup; a policy in its head lets it
load nothing and run nothing, whatever comes to stand in it. Every pair of colours that text is
set in has a contrast of 4.5 or more, and lines of charts 3 or more against their ground
(WCAG 2.2, 1.4.3 and 1.4.11); a test works them out.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from tabletop.clean import clean_text

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
LIGHT = {
    "ground": "#ffffff",
    "raised": "#f3f5f7",
    "text": "#16191d",
    "quiet": "#4d5661",
    "link": "#0a4f94",
    "rule": "#767f89",
    "course": "#0b5cad",
}
DARK = {
    "ground": "#14171b",
    "raised": "#1f242a",
    "text": "#eceff2",
    "quiet": "#b3bcc6",
    "link": "#8cc4ff",
    "rule": "#7d8792",
    "course": "#7cb8f5",
}
_LONGEST = 10_000


def _variables(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in colours.items())


STYLE = f"""
:root {{ color-scheme: light dark; {_variables(LIGHT)} }}
@media (prefers-color-scheme: dark) {{ :root {{ {_variables(DARK)} }} }}
@media print {{ :root {{ color-scheme: light; {_variables(LIGHT)} }} }}
@page {{ margin: 18mm 16mm; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0 auto; padding: 1.5rem; max-width: 60rem; background: var(--ground);
  color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }}
h1 {{ font-size: 1.8rem; line-height: 1.2; }}
h2 {{ font-size: 1.4rem; margin-top: 2.5rem; border-bottom: 1px solid var(--rule); }}
h3 {{ font-size: 1.15rem; margin-top: 1.75rem; }}
h4 {{ font-size: 1rem; margin: 1.25rem 0 0.25rem; }}
p {{ margin: 0.35rem 0; max-width: 44rem; }}
a {{ color: var(--link); }}
:focus-visible {{ outline: 3px solid var(--link); outline-offset: 2px; }}
.skip {{ position: absolute; left: -999rem; }}
.skip:focus {{ position: static; }}
.label {{ color: var(--quiet); font-weight: 600; }}
nav ul {{ columns: 16rem; padding-left: 1.2rem; }}
li {{ margin: 0.2rem 0; max-width: 44rem; }}
.wide {{ overflow-x: auto; margin: 0.75rem 0; }}
table {{ border-collapse: collapse; width: 100%; font-size: 0.9rem; }}
caption {{ text-align: left; color: var(--quiet); padding: 0.25rem 0; }}
th, td {{ text-align: left; vertical-align: top; padding: 0.3rem 0.5rem; min-width: 5rem;
  border-bottom: 1px solid var(--rule); }}
thead th {{ background: var(--raised); }}
@media print {{
  body {{ padding: 0; max-width: none; font-size: 10pt; }}
  p, li {{ max-width: none; orphans: 3; widows: 3; }}
  nav, .skip {{ display: none; }}
  h1, h2, h3, h4, caption, h2 + p, h2 + p + p, p:has(+ ul, + ol) {{ break-after: avoid; }}
  tr {{ break-inside: avoid; }}
  thead {{ display: table-header-group; break-inside: avoid; }}
  tbody tr:first-child {{ break-before: avoid; }}
  .wide {{ overflow: visible; }}
  table {{ font-size: 0.8rem; }}
  th, td {{ min-width: 5.6em; padding: 0.25rem 0.3rem; }}
}}
"""
"""Light and dark, on a screen and on paper; a kind of page adds what it alone has."""


def begun(title: str, style: str, anchor: str, skip: str) -> tuple[Element, Element]:
    """A page and its main part, empty; `skip` is the link before it, which keys find first."""
    html = Element("html", {"lang": "en"})
    head = SubElement(html, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
    SubElement(head, "meta", {"name": "viewport", "content": "width=device-width"})
    SubElement(head, "meta", {"name": "referrer", "content": "no-referrer"})
    SubElement(head, "title").text = plain(title)
    SubElement(head, "style").text = style
    body = SubElement(html, "body")
    SubElement(body, "a", {"class": "skip", "href": f"#{anchor}"}).text = skip
    return html, SubElement(body, "main", {"id": anchor})


def finished(html: Element) -> str:
    """The page as it is written to a file."""
    return f"<!DOCTYPE html>\n{tostring(html, encoding='unicode', method='html')}\n"


def fill(element: Element, text: str) -> None:
    """Text into an empty element, a line of it a line."""
    first, *more = plain(text).split("\n")
    element.text = first
    _break(element, more)


def fill_after(element: Element, before: Element, text: str) -> None:
    """Text into an element after the only one in it, a line of it a line."""
    first, *more = plain(text).split("\n")
    before.tail = first
    _break(element, more)


def labelled(element: Element, label: str, text: str) -> None:
    """Text into an empty element, with a word or two before it that say what it is."""
    before = SubElement(element, "span", {"class": "label"})
    before.text = f"{plain(label)}: "
    fill_after(element, before, text)


def plain(text: str) -> str:
    """Text without anything that could reorder a line or is no character of HTML."""
    return clean_text(text, _LONGEST)


def _break(element: Element, lines: list[str]) -> None:
    for line in lines:
        SubElement(element, "br").tail = line
