"""Values about a person, which never enter a fact or a log in the clear."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Personal(Generic[T]):
    """A value about a person, of grade `grade`: prints as ‹personal›, is stored encrypted.

    In a fact it stands as a salted commitment; the value itself lies under the key of its
    subject, in `zhouqiao.store.personal`. `value` is the only way in, and easy to search for.
    """

    __slots__ = ("grade", "value")

    def __init__(self, value: T, grade: int = 3) -> None:
        self.value = value
        self.grade = grade

    def __repr__(self) -> str:
        return "‹personal›"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Personal) and self.value == other.value

    def __hash__(self) -> int:
        return hash((Personal, self.value))
