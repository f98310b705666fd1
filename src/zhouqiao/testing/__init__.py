"""A world to test in: a real PostgreSQL, a clock one can turn, people who are visibly made up.

is          what stories, properties, simulations and packs' own tests stand on
hears       nothing
is asked    `World`, `open_world`, `TurningClock`, `SeededIds`, `SeededDice`; what stories name:
            `Case`, `Subject`, `Server`, `Heard`, and `Refusal`, whose text begins with its code;
            `testing.web` for the portal over a world, with members signed in by role
says        nothing
always true nothing of ours is replaced; only time, chance and names are the test's own
"""

from zhouqiao.base import Refusal
from zhouqiao.flow.case import Case
from zhouqiao.store import Subject
from zhouqiao.store.engines import Server
from zhouqiao.testing.ports import SeededDice, SeededIds, TurningClock
from zhouqiao.testing.servers import Template, template_server
from zhouqiao.testing.world import Heard, World, open_world

__all__ = [
    "Case",
    "Heard",
    "Refusal",
    "SeededDice",
    "SeededIds",
    "Server",
    "Subject",
    "Template",
    "TurningClock",
    "World",
    "open_world",
    "template_server",
]
