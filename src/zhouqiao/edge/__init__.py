"""The edge of the platform: where people, machines and other nodes come in.

is          portal (pages for people) · gateway (one standard an adapter) · node (federation)
hears       requests; messages of devices and of other nodes
is asked    by the world outside, in its own formats
says        what the flow says, translated
always true the only package that imports the web framework; it decides nothing
"""

__all__: list[str] = []
