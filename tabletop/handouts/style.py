"""The look of hand-outs: sheets that begin a page, cards to cut out, boxes and lines to write in.

Sizes on paper are those of a Letter sheet within its margins, 184 by 243 millimetres: the
smaller of the two in height, so that what fits it fits A4 too.
"""

from __future__ import annotations

from tabletop import webpage

PAPERS = {"a4": "A4", "letter": "letter"}
"""By name: what CSS calls the size. Without one the printer's own paper is used."""

MARK = "For the facilitator: not for players"
SEALED = "Sealed until EndEx: not to be handed out, but read out after play"
_MARGIN = "font: 700 8pt system-ui, sans-serif; vertical-align: bottom; padding-bottom: 2mm;"

STYLE = (
    webpage.STYLE
    + """\
.sheet { margin-bottom: 3rem; }
.cites, .from { color: var(--quiet); font-size: 0.85em; }
.private, .sealed > h2, .mark { border: 2px solid var(--text); padding: 0.4rem 0.7rem; }
.mark { font-weight: 700; text-transform: uppercase; letter-spacing: 0.04em; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); }
.card { border: 1px dashed var(--rule); padding: 0.7rem 0.9rem; break-inside: avoid; }
.card h4 { margin: 0; font-size: 1.05em; }
.card p { margin: 0.2rem 0; }
.box { display: inline-block; width: 0.9em; height: 0.9em; border: 1.5px solid var(--text);
  vertical-align: -0.1em; }
.boxes { display: block; margin: 0.2rem 0 0.6rem; word-spacing: 0.05em; }
.boxes .box { margin-left: 1.2em; }
.boxes .box:first-child { margin-left: 0; }
.line { border-bottom: 1px solid var(--rule); padding-top: 0.6rem; }
.blank td { height: 3.2em; border: 1px solid var(--rule); }
.blank th { border: 1px solid var(--rule); }
.sheet th { overflow-wrap: break-word; }
.dates th { white-space: nowrap; }
.judged th:last-child { width: 30%; }
.record th:nth-child(1) { width: 22%; }
.record th:nth-child(2) { width: 27%; }
.record th:nth-child(4) { width: 9%; }
@media print {
  main { padding-right: 1px; }
  .title { display: none; }
  .sheet { break-before: page; margin: 0; font-size: 9pt; line-height: 1.35; }
  .title + .sheet { break-before: auto; }
  .sheet h2 { margin: 0 0 2mm; font-size: 15pt; }
  .sheet h3 { margin: 2.5mm 0 0.5mm; font-size: 10.5pt; }
  .sheet p, .sheet ul, .sheet ol { margin: 0.6mm 0; }
  .sheet ul { padding-left: 5mm; }
  .sheet ol { padding-left: 8mm; }
  .sheet li { margin: 0 0 0.6mm; }
  .sheet .wide { margin: 1.5mm 0; }
  .sheet table { font-size: 8.5pt; }
  .sheet th, .sheet td { padding: 0.4mm 1.5mm; }
  .facts, .evidence ul, .evidence ol { columns: 2; column-gap: 6mm; }
  .facts li, .evidence li { break-inside: avoid; }
  .goals { list-style: none; padding-left: 0; }
  .cards { grid-template-columns: 1fr 1fr; font-size: 8pt; line-height: 1.32; }
  .card { min-height: 54mm; padding: 2.5mm 4mm; }
  .small .card { min-height: 0; }
  .record td { height: 9mm; }
  .facilitator { page: facilitator; }
  .sealed { page: sealed; }
  .sheet .line { padding-top: 7mm; }
}
"""
    # Every page of these sheets bears its mark, the later ones in the margin.
    + f'@page facilitator {{ @top-right {{ content: "{MARK}"; {_MARGIN} }} }}\n'
    + f'@page sealed {{ @top-right {{ content: "{SEALED}"; {_MARGIN} }} }}\n'
)


def style(paper: str | None) -> str:
    """The style sheet, for one size of paper or for the printer's own."""
    return STYLE if paper is None else f"{STYLE}@page {{ size: {PAPERS[paper]}; }}\n"
