"""What authors write: the schema, the reader of files, and the language of guards.

Imported by every layer above; imports only `tabletop.errors` and `tabletop.clean`.
Holds no rules of play: what a scenario means when it is played is in `tabletop.rules`.
"""
