"""The master key and what is wrapped under it."""

import pytest

from zhouqiao.store import Vault
from zhouqiao.store.vault import NoMasterKey, lock, unlock

OLD, NEW, KEY, NONCE = bytes(32), bytes([1] * 32), bytes([2] * 32), bytes(12)


def test_what_is_locked_opens_at_its_place_only() -> None:
    locked = lock(KEY, b"x", "here", NONCE)

    assert unlock(KEY, locked, "here") == b"x"
    with pytest.raises(NoMasterKey):
        unlock(KEY, locked, "there")


def test_a_former_master_still_opens_what_it_wrapped() -> None:
    wrapped = Vault(OLD).wrap(KEY, "p", NONCE)

    assert Vault(NEW, former=(OLD,)).unwrap(wrapped, "p") == KEY
    with pytest.raises(NoMasterKey):
        Vault(NEW).unwrap(wrapped, "p")


@pytest.mark.parametrize("master", [b"", bytes(16), bytes(33)])
def test_a_master_of_another_length_locks_nothing(master: bytes) -> None:
    with pytest.raises(NoMasterKey):
        Vault(master).wrap(KEY, "p", NONCE)
