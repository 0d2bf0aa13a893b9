"""Joining things that are the same, pair by pair (union-find). Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Unions(Generic[T]):
    """Sets of things that were joined, directly or over others. Joining costs time in the size of the smaller set."""

    def __init__(self, things: Iterable[T] = ()) -> None:
        self._sets: dict[T, list[T]] = {thing: [thing] for thing in things}

    def with_(self, thing: T) -> list[T]:
        """All that this one is joined with, itself included; a new thing is alone."""
        return self._sets.setdefault(thing, [thing])

    def join(self, one: T, other: T) -> None:
        """They are the same."""
        smaller, larger = sorted((self.with_(one), self.with_(other)), key=len)
        if smaller is larger:
            return
        larger.extend(smaller)
        for thing in smaller:
            self._sets[thing] = larger

    def groups(self) -> list[list[T]]:
        """What is joined with what."""
        return list({id(group): group for group in self._sets.values()}.values())
