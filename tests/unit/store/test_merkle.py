"""Merkle trees, against the published vectors of RFC 6962 and RFC 9162 implementations."""

import pytest

from zhouqiao.store import merkle

# The eight entries and roots of certificate-transparency's reference test (merkle_tree_test).
ENTRIES = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [merkle.leaf_hash(bytes.fromhex(entry)) for entry in ENTRIES]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert merkle.root([]).hex().startswith("e3b0c44298fc1c149afbf4c8996fb924")


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference(size: int) -> None:
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize("size", range(1, 20))
def test_every_leaf_is_proved_and_no_other_in_its_place(size: int) -> None:
    leaves = [merkle.leaf_hash(bytes((n,))) for n in range(size)]
    top = merkle.root(leaves)

    for index in range(size):
        shown = merkle.path(leaves, index)
        assert merkle.root_by_path(leaves[index], index, size, shown) == top
        for other in range(size):
            if other != index:
                assert merkle.root_by_path(leaves[other], index, size, shown) != top
                assert merkle.root_by_path(leaves[index], other, size, shown) != top


def test_a_path_too_long_or_too_short_leads_nowhere() -> None:
    shown = merkle.path(LEAVES, 3)

    assert merkle.root_by_path(LEAVES[3], 3, 8, shown[:-1]) is None
    assert merkle.root_by_path(LEAVES[3], 3, 8, (*shown, LEAVES[0])) is None
    assert merkle.root_by_path(LEAVES[3], 8, 8, shown) is None


def test_a_node_does_not_pass_for_a_leaf() -> None:
    assert merkle.leaf_hash(LEAVES[0] + LEAVES[1]) != merkle.node_hash(LEAVES[0], LEAVES[1])
