"""Texts and queries as grams: two characters of Chinese, three of Latin and digits, hashed.

A text is folded (NFKC: full width becomes half width; then casefolded) and cut into overlapping
grams with their positions, so that a query matches exactly where its characters stand side by
side. What is stored is a hash of 32 bits a gram, in a space of its own for each cell and kind
(short lists in the index); grams of personal values are hashed under the cell's key, and carry
the weight A, by which they can be taken out again.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from zhouqiao.base import Personal

LONGEST = 8_000  # characters of one entry; a tsvector knows 16,383 positions
WORD = re.compile(r"[^\W_]+")
LATIN = re.compile(r"[0-9a-z]+")
CUT = re.compile(r"[^/]+/?|[^/]+/(?:\d{2}|\d{4}|\d{6}|\d{9}|\d{12})")
LEAD = 4  # Latin letters or digits, which are asked for by two grams and more
PARTS = 4  # each is looked up apart, and that is not free
PERIODS = ("%Y%m", "%Y%m%d")
CODES = (2, 4, 6, 9, 12)  # digits of a division code: province, city, county, town, village


@dataclass(frozen=True)
class Space:
    """The hashes of one cell and kind; `key` (32 bytes) for what is personal, if there is one."""

    cell: str
    kind: str
    key: bytes | None = None

    def plain(self, gram: str) -> str:
        """Return the lexeme of a gram of ordinary text."""
        return _hashed(self._told(gram), b"")

    def keyed(self, gram: str) -> str:
        """Return the lexeme of a gram of a personal value; only the key can make it."""
        if self.key is None:
            raise ValueError("a personal value can only be indexed with a key")
        return _hashed(self._told(gram), self.key)

    def _told(self, gram: str) -> str:
        return f"{self.cell}\n{self.kind}\n{gram}"


def words_of(space: Space, texts: Iterable[str | Personal[str]], scope: str, at: datetime) -> str:
    """Return the tsvector literal of an entry: texts, the reaches above it, month and day."""
    lexemes = [f"{space.plain(_reach_gram(cut))}:1" for cut in cuts(scope)]
    lexemes += [f"{stem_of(space)}{at.astimezone(UTC):{period}}:1" for period in PERIODS]
    start = 1
    for text in texts:
        personal = isinstance(text, Personal)
        plain = folded(text.value if isinstance(text, Personal) else text)[: LONGEST - start]
        name, weight = (space.keyed, "A") if personal else (space.plain, "")
        lexemes += [f"{name(gram)}:{start + n}{weight}" for n, gram in grams(plain)]
        start += len(plain) + 1
    return " ".join(lexemes)


def query_of(space: Space, query: str) -> list[str]:
    """Return the tsquery literals that must all match: one a word of `query`; [] if it has none.

    The last run of four or more Latin letters or digits comes first: ends of codes and numbers are
    rare, what stands before them is in every entry. Beyond `PARTS` they are joined in one.
    """
    words = WORD.findall(folded(query))
    runs = [run for word in words for run in LATIN.findall(word) if len(run) >= LEAD]
    in_turn = list(dict.fromkeys([*runs[-1:], *words]))
    parts = [_asked(space, word) for word in in_turn]
    return parts[:PARTS] + ([" & ".join(parts[PARTS:])] if len(parts) > PARTS else [])


def reach_of(space: Space, reach: str | None) -> str:
    """Return the lexeme that entries under this reach carry; "" where they carry none."""
    return space.plain(_reach_gram(reach)) if reach and CUT.fullmatch(reach) else ""


def stem_of(space: Space) -> str:
    """Return what the words of months and days begin with."""
    return space.plain("@")


def folded(text: str) -> str:
    """Return the form in which texts are compared."""
    return unicodedata.normalize("NFKC", text).casefold()


def cuts(scope: str) -> list[str]:
    """Return the reaches, at the joints people have, under which a scope lies."""
    body, slash, code = scope.partition("/")
    under = [f"{body}/{code[:n]}" for n in CODES if len(code) >= n]
    return [body, *([f"{body}/"] if slash else []), *under]


def grams(text: str) -> Iterator[tuple[int, str]]:
    """Yield position and gram, of a folded text.

    Pairs wherever a character is not Latin, triples within Latin and digits, and the beginning
    of every run (`^1`, `^12`), so that shorter queries find what begins with them.
    """
    for word in WORD.finditer(text):
        for at, run, latin in _runs(word.group()):
            start = word.start() + at
            yield start, "^" + run[0]
            if latin and len(run) > 1:
                yield start, "^" + run[:2]
        yield from ((word.start() + at, gram) for at, gram in _inner(word.group()))


def _asked(space: Space, word: str) -> str:
    needed = list(_needed(word))
    ways = [_phrase(needed, [space.plain(gram) for _, gram in needed])]
    if space.key is not None:
        ways.append(_phrase(needed, [space.keyed(gram) for _, gram in needed]))
    return f"({' | '.join(ways)})"


def _needed(word: str) -> Iterator[tuple[int, str]]:
    """Yield the grams a word of a query asks for, in order of position.

    As few as cover every character, from the left: where they stand at their distances, so does all
    of the word. Of a run that no gram covers to its end, the beginning is asked for.
    """
    held = dict(_inner(word))
    ends = {at: at + len(gram) for at, gram in held.items()}
    begins = {start + n: (start, run) for start, run, _ in _runs(word) for n in range(len(run))}
    covered = 0
    while covered < len(word):
        at = next((n for n in range(covered, covered - 3, -1) if ends.get(n, 0) > covered), None)
        if at is not None:
            yield at, held[at]
            covered = ends[at]
        else:
            start, run = begins[covered]
            yield start, "^" + run[:2]
            covered = start + len(run)


def _runs(word: str) -> Iterator[tuple[int, str, bool]]:
    """Yield position, characters, and whether they are Latin or digits."""
    end = 0
    for found in LATIN.finditer(word):
        if found.start() > end:
            yield end, word[end : found.start()], False
        yield found.start(), found.group(), True
        end = found.end()
    if end < len(word):
        yield end, word[end:], False


def _inner(word: str) -> Iterator[tuple[int, str]]:
    latin = [_is_latin(char) for char in word]
    for at in range(len(word) - 1):
        if not (latin[at] and latin[at + 1]):
            yield at, word[at : at + 2]
        elif at + 2 < len(word) and latin[at + 2]:
            yield at, word[at : at + 3]


def _is_latin(char: str) -> bool:
    return char.isascii()


def _reach_gram(reach: str) -> str:
    return "/" + reach


def _phrase(needed: Sequence[tuple[int, str]], names: Sequence[str]) -> str:
    phrase = names[0]
    for ((at, _), (then, _)), name in zip(pairwise(needed), names[1:], strict=True):
        phrase += f" <{then - at}> {name}"
    return f"({phrase})"


def _hashed(told: str, key: bytes) -> str:
    return hashlib.blake2b(told.encode(), digest_size=4, key=key).hexdigest()
