"""A world to test in: a real PostgreSQL, a clock one can turn, people who are visibly made up.

is          what stories, properties, simulations and packs' own tests stand on
hears       nothing
is asked    `World`, `open_world`, `TurningClock`, `SeededIds`, `SeededDice`; `testing.web` for the
            portal over a world, with members signed in by role
says        nothing
always true nothing of ours is replaced; only time, chance and names are the test's own
"""

from zhouqiao.testing.ports import SeededDice, SeededIds, TurningClock
from zhouqiao.testing.servers import Template, template_server
from zhouqiao.testing.world import World, open_world

__all__ = [
    "SeededDice",
    "SeededIds",
    "Template",
    "TurningClock",
    "World",
    "open_world",
    "template_server",
]
