"""Merkle trees over SHA-256 as in RFC 9162 §2.1: roots, inclusion proofs and their check."""

import hashlib
from collections.abc import Sequence

LEAF, NODE = b"\x00", b"\x01"  # domain separation: no leaf can pass for a node
SIZE = 32  # bytes of a hash


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one entry."""
    return hashlib.sha256(LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees."""
    return hashlib.sha256(NODE + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the Merkle tree hash of leaf hashes (of none: SHA-256 of nothing)."""
    if not leaves:
        return hashlib.sha256().digest()
    row = list(leaves)
    while len(row) > 1:
        row = _parents(row)
    return row[0]


def path(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return what a proof that leaf `index` is in the tree has to show, leaf side first."""
    row, found = list(leaves), []
    while len(row) > 1:
        beside = index ^ 1
        if beside < len(row):
            found.append(row[beside])
        row, index = _parents(row), index // 2
    return tuple(found)


def root_by_path(leaf: bytes, index: int, size: int, shown: Sequence[bytes]) -> bytes | None:
    """Return the root that `shown` leads to from `leaf` (RFC 9162 §2.1.3.2); None: no way."""
    if not 0 <= index < size:
        return None
    at, last, found = index, size - 1, leaf
    for beside in shown:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = node_hash(beside, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        at, last = at >> 1, last >> 1
    return found if last == 0 else None


def split(hashes: bytes) -> list[bytes]:
    """Cut a row of hashes into single ones."""
    return [hashes[at : at + SIZE] for at in range(0, len(hashes), SIZE)]


def _parents(row: list[bytes]) -> list[bytes]:
    """Return the row above; the last of an odd row goes up as it is."""
    sha, ones = hashlib.sha256, iter(row)
    above = [sha(NODE + left + right).digest() for left, right in zip(ones, ones, strict=False)]
    return above + row[len(row) & ~1 :]
