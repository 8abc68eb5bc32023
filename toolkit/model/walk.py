"""Everything of one type in a tree of the model's dataclasses and tuples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import TypeVar

T = TypeVar("T")


def every(kind: type[T], value: object) -> Iterator[T]:
    """Each ``kind`` inside ``value``, in the order of fields and items; what is inside a ``kind`` itself is not looked at.

    >>> list(every(str, ("a", 1, ("b", ("c",)))))
    ['a', 'b', 'c']
    """
    if isinstance(value, kind):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from every(kind, part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from every(kind, getattr(value, field.name))
