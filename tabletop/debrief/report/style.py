"""The look of a report as HTML: light and dark, on a screen and on A4 or Letter paper.

Every pair of colours that text is set in has a contrast of 4.5 or more, and lines of charts
3 or more against their ground (WCAG 2.2, 1.4.3 and 1.4.11); a test works them out.
"""

from __future__ import annotations

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
.notes {{ color: var(--quiet); }}
.wide {{ overflow-x: auto; margin: 0.75rem 0; }}
table {{ border-collapse: collapse; width: 100%; font-size: 0.9rem; }}
caption {{ text-align: left; color: var(--quiet); padding: 0.25rem 0; }}
th, td {{ text-align: left; vertical-align: top; padding: 0.3rem 0.5rem; min-width: 5rem;
  border-bottom: 1px solid var(--rule); }}
thead th {{ background: var(--raised); }}
.charts {{ display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); }}
figure {{ margin: 0; break-inside: avoid; }}
figcaption {{ font-size: 0.85rem; }}
svg {{ display: block; width: 100%; height: auto; background: var(--raised); }}
svg text {{ fill: var(--quiet); font-size: 9px; }}
.axis {{ stroke: var(--rule); stroke-width: 1; fill: none; }}
.course {{ stroke: var(--course); stroke-width: 2; fill: none; }}
.many {{ stroke-width: 1; }}
.point {{ fill: var(--course); }}
@media print {{
  body {{ padding: 0; max-width: none; font-size: 10pt; }}
  p, li {{ max-width: none; orphans: 3; widows: 3; }}
  nav, .skip {{ display: none; }}
  h1, h2, h3, h4, caption {{ break-after: avoid; }}
  tr {{ break-inside: avoid; }}
  thead {{ display: table-header-group; }}
  .wide {{ overflow: visible; }}
  th, td {{ min-width: 0; }}
}}
"""
