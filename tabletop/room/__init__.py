"""The classroom on the network: a server in the host's own loop, its pages, the terminal client.

May import debrief, exercise and scenario through their plain data, and the web libraries, which
nothing else may; only the command line imports it. The terminal interface, the line front end
and this never import each other.
"""
