"""Addresses of ours: one that can lead nowhere else, and a page's own with one word changed."""

import string
from urllib.parse import parse_qsl, quote, urlencode


def safe_path(path: str) -> str:
    """Return a path of ours as it was written; what could lead elsewhere becomes the home page."""
    return quote(path, safe=string.punctuation) if _is_ours(path) else "/"


def changed(path: str, query: str, name: str, value: str) -> str:
    """Return the address of a page with one word of its query set, and all others kept."""
    others = [one for one in parse_qsl(query, keep_blank_values=True) if one[0] != name]
    return f"{quote(path) if _is_ours(path) else '/'}?{urlencode([*others, (name, value)])}"


def _is_ours(path: str) -> bool:
    """Say whether a browser stays here: it takes a backslash for a slash, and leaves out tabs."""
    ours = path.startswith("/") and not path.startswith("//")
    return ours and path.isprintable() and "\\" not in path
