"""What a report has beside the look of all our pages: notes below items, and charts."""

from __future__ import annotations

from tabletop import webpage

STYLE = (
    webpage.STYLE
    + """\
.notes { color: var(--quiet); }
.charts { display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); }
figure { margin: 0; break-inside: avoid; }
figcaption { font-size: 0.85rem; }
svg { display: block; width: 100%; height: auto; background: var(--raised); }
svg text { fill: var(--quiet); font-size: 9px; }
.axis { stroke: var(--rule); stroke-width: 1; fill: none; }
.course { stroke: var(--course); stroke-width: 2; fill: none; }
.many { stroke-width: 1; }
.point { fill: var(--course); }
"""
)
