"""What a pack's function says it reads and makes."""

import inspect
import typing
from collections.abc import Callable
from typing import Any


def reads(function: Callable[..., Any], nth: int = 0) -> Any:
    """Return the type of a parameter, or None where it is not said."""
    names = list(inspect.signature(function).parameters)
    return _hints(function).get(names[nth]) if nth < len(names) else None


def makes(function: Callable[..., Any]) -> Any:
    """Return the type of what it returns, or None where it is not said."""
    return _hints(function).get("return")


def asks(function: Callable[..., Any]) -> int:
    """Return how many parameters it has."""
    return len(inspect.signature(function).parameters)


def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    try:
        return typing.get_type_hints(function)
    except (NameError, TypeError):
        return {}
