"""What could have been: exact odds, sampling, and the review of decisions.

All of it runs the one program of `tabletop.rules`, for many worlds at once. numpy is
imported in this layer and nowhere else; it may import `rules` and what lies below, and
knows nothing of exercises and saves.
"""
