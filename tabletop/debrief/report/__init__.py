"""The after-action report of one or many saves: HTML, Markdown, JSON and CSV.

`gather` makes a `Report` of lines of play, `layout` lays it out as blocks, and `page` and
`markdown_page` write those down; `data` and `dataset` give it to programs. A report holds
what its viewers may know and no more.
"""
