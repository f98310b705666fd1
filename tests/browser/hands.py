"""What a hand does on a screen, the same in every browser test."""

from typing import Any


def pen(tab: Any, pad: str) -> None:
    """Write on a pad."""
    box = tab.locator(pad)
    box.evaluate("e => e.scrollIntoView({ block: 'center' })")
    at = box.bounding_box()
    tab.mouse.move(at["x"] + 30, at["y"] + 90)
    tab.mouse.down()
    tab.mouse.move(at["x"] + 90, at["y"] + 70, steps=4)
    tab.mouse.move(at["x"] + 120, at["y"] + 110, steps=4)
    tab.mouse.up()
