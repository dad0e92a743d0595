"""The control console: the hour, one row a team, and every act of control, by keys.

It is opened by `app.control` with a live exercise and what its room tells; it knows no network.
"""
