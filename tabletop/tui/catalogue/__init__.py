"""The catalogue of what can be done, part by part; `tabletop.tui.actions` puts it together."""
