"""The people that a brief names: those of the place itself before guests from above it."""

from __future__ import annotations

import re

from toolkit.compose.desk import Desk
from toolkit.model.context import Level
from toolkit.model.dossier import OriginKind, Settled
from toolkit.model.fact import Person
from toolkit.model.vietnamese import fold_tones

_OF_PLACE = {
    Level.PHUONG: 1,
    Level.XA: 1,
    Level.THI_TRAN: 1,
    Level.DAC_KHU: 1,
    Level.QUAN: 2,
    Level.HUYEN: 2,
    Level.THI_XA: 2,
    Level.THANH_PHO: 3,
    Level.TINH: 3,
}


def leaders(desk: Desk) -> list[Settled[Person]]:
    """The dossier's people in its order, but those whose posts are all above the place behind all others.

    Whoever a profile names stays where it has them.
    """
    level = desk.dossier.locality.level
    own = _OF_PLACE[level] if level else max(_OF_PLACE.values())

    def above(person: Settled[Person]) -> bool:
        return person.origin.kind is not OriginKind.PROFILE and _rank(desk, person.value) > own

    return sorted(desk.dossier.people, key=above)


def _rank(desk: Desk, person: Person) -> int:
    """The lowest level that a person's posts name, 1 for a commune; 0 where they name none.

    A member of the district's committee who leads a ward is the ward's own.
    """
    posts = fold_tones(", ".join(person.roles)).lower()
    found = {rank for rank, words in enumerate(desk.standard.post_levels, start=1) if _names(posts, words)}
    return min(found, default=0)


def _names(posts: str, words: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<!\w)(?<!thị ){re.escape(fold_tones(one))}(?!\w)", posts) for one in words)
