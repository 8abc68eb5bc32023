"""What a person settled about a locality: the profile after reading, layering and checking.

Frozen and free of YAML and pydantic, so that stages can import it for nothing.  Every value that a profile gives carries its
``Mark`` (file, line, column) and its reason; ``Profile.leaves`` tells for each value of the merged result which layer gave it and
what it hid.  ``toolkit.read.profiles`` makes these from files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import PurePath
from typing import Generic, TypeVar

from toolkit.errors import Issue
from toolkit.model.amount import Amount
from toolkit.model.context import Level, Report, Role, Sector
from toolkit.model.text import Quote
from toolkit.model.vietnamese import name_key, slug

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a profile: file as shown to the user, 1-based line and column; line 0 for ``--set`` and package defaults."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Given(Generic[T]):
    """A value that a profile settles, with why (``reason``), on what ground (``source``) and where it is written."""

    value: T
    reason: str
    mark: Mark
    source: str = ""


@dataclass(frozen=True, slots=True)
class GivenLocality:
    """What a profile says about the locality; None: not said.  ``marks`` has the place of each value given."""

    name: str | None = None
    level: Level | None = None
    parents: tuple[str, ...] | None = None
    predecessors: tuple[str, ...] | None = None
    code: str | None = None
    reason: str = ""
    source: str = ""
    marks: Mapping[str, Mark] = field(default_factory=dict)


class Op(StrEnum):
    """What a rule of a profile does."""

    SET = "set"
    ADD = "add"
    CORRECT = "correct"
    HIDE = "hide"
    KEEP = "keep"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Selector:
    """Which facts a rule means; every field given must agree.  ``name`` is an id, a label or a quote, whichever fits."""

    name: str = ""
    id: str | None = None
    label: str | None = None
    quote: str | None = None
    sector: Sector | None = None
    period: str | None = None
    role: Role | None = None
    place: str | None = None

    def __str__(self) -> str:
        if self.name:
            return self.name
        named = {key: getattr(self, key) for key in ("id", "label", "quote", "sector", "period", "role", "place")}
        return ", ".join(f"{key}: {value}" for key, value in named.items() if value)


@dataclass(frozen=True, slots=True)
class FactRule:
    """One entry of ``facts``.  ``value`` as the clerk wrote it, ``amount`` what it amounts to, ``quote`` its place in the profile.

    ``was`` is the source's value when the rule was written: another value there today makes the rule stale.
    """

    op: Op
    target: Selector
    mark: Mark
    reason: str
    source: str = ""
    value: str | None = None
    amount: Amount | None = None
    quote: Quote | None = None
    was: str | None = None
    was_amount: Amount | None = None
    id: str | None = None
    label: str | None = None
    role: Role | None = None
    period: str | None = None
    sector: Sector | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class EntryRule:
    """One entry of ``people``, ``documents``, ``awards``, ``limitations``, ``lessons``, ``next_tasks`` or ``initiatives``.

    ``target`` is the name, number or beginning of the text meant (for ``add`` the new one); ``fields`` holds what is set.
    """

    op: Op
    target: str
    mark: Mark
    reason: str
    source: str = ""
    quote: Quote | None = None
    fields: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SentenceRule:
    """Keep or drop the sentences that begin with ``text``."""

    op: Op
    text: str
    mark: Mark
    reason: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value of the merged profile: its path, the layer and place that gave it, and what it hid (value, place), latest first."""

    path: str
    value: object
    layer: str
    mark: Mark
    hid: tuple[tuple[object, Mark], ...] = ()


@dataclass(frozen=True)
class Profile:
    """All that the layers of one profile settle.

    ``name`` is ``ha-dinh`` or ``ha-dinh/2015-2020``; ``slug`` the locality's folder; ``when`` the term or year of a term layer.
    ``display`` and ``wording`` hold finished values under the keys of the profile language; ``distribution`` maps a list's name to
    its addresses.  ``entries`` maps ``people``, ``documents``, ``awards``, ... to their rules.
    """

    name: str = ""
    file: str = ""
    slug: str = ""
    when: str | None = None
    layers: tuple[str, ...] = ()
    locality: GivenLocality = field(default_factory=GivenLocality)
    sources: tuple[str, ...] = ()
    term: Given[str] | None = None
    next_term: Given[str] | None = None
    year: Given[str] | None = None
    report: Given[Report] | None = None
    congress: Given[int] | None = None
    theme: Given[str] | None = None
    date: Given[str] | None = None
    title: Given[str] | None = None
    display: Mapping[str, object] = field(default_factory=dict)
    wording: Mapping[str, str] = field(default_factory=dict)
    highlight: tuple[str, ...] = ()
    facts: tuple[FactRule, ...] = ()
    sentences: tuple[SentenceRule, ...] = ()
    entries: Mapping[str, tuple[EntryRule, ...]] = field(default_factory=dict)
    distribution: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    leaves: tuple[Leaf, ...] = ()

    def claims(self, path: str) -> bool:
        """Whether one of the ``sources`` globs matches a source's path, compared from its end (``seeds/*.txt``, ``a.txt``)."""
        pure = _path(path)
        return any(pure.match(glob) for glob in self.sources)


@dataclass(frozen=True)
class ProfileSet:
    """All profiles of a folder, each with its layers merged; ``issues`` are findings that are no faults.

    Look-ups are indexed: a batch asks once for each of some thousand sources.
    """

    profiles: tuple[Profile, ...] = ()
    issues: tuple[Issue, ...] = ()
    fallback: Profile | None = None
    """What ``--set`` settles for localities that have no profile of their own; None without ``--set``."""

    @cached_property
    def _by_slug(self) -> dict[str, list[Profile]]:
        return _index((p.slug, p) for p in self.profiles)

    @cached_property
    def _by_name(self) -> dict[str, list[Profile]]:
        return _index((name_key(p.locality.name or "") or p.slug, p) for p in self._firsts)

    @cached_property
    def _firsts(self) -> list[Profile]:
        """The profile by which a locality is known: its own, or where it has none the first of its terms."""
        return [next((p for p in same if p.when is None), same[0]) for same in self._by_slug.values()]

    @cached_property
    def _by_beginning(self) -> dict[str, list[Profile]]:
        """Profiles by what every file name they claim begins with: the name in a glob up to its first wild card."""
        return _index((_WILD.split(PurePath(glob).name, maxsplit=1)[0], p) for p in self.profiles for glob in p.sources)

    def of(self, slug_: str, when: str | None = None) -> Profile | None:
        """The profile of a locality's folder; its term layer when there is one for ``when``."""
        found = self._by_slug.get(slug_, [])
        exact = [p for p in found if p.when is not None and p.when == when]
        base = [p for p in found if p.when is None]
        return next(iter(exact or base), None)

    def claiming(self, path: str) -> tuple[Profile, ...]:
        """The profiles whose ``sources`` name a source, in file order."""
        name = _path(path).name
        candidates = [p for end in range(len(name) + 1) for p in self._by_beginning.get(name[:end], ())]
        claimed = {p.name: p for p in candidates if p.claims(path)}
        return tuple(sorted(claimed.values(), key=lambda p: p.name))

    def called(self, text: str) -> tuple[Profile, ...]:
        """Every layer set that a person may mean by ``text``: a folder name (``ha-dinh``) or a locality's name."""
        return tuple(self._by_slug.get(slug(text), [])) or self.named(text)

    def named(self, name: str, level: Level | None = None) -> tuple[Profile, ...]:
        """The profiles of a locality by its name, whatever the spelling, one a folder; ``level`` must not contradict."""
        found = self._by_name.get(name_key(name), []) + [p for p in self._by_name.get(slug(name), []) if not p.locality.name]
        return tuple(p for p in found if level is None or p.locality.level in (None, level))


def _path(path: str) -> PurePath:
    """A path for comparison: some systems give file names decomposed, profiles are read composed."""
    return PurePath(unicodedata.normalize("NFC", path))


_WILD = re.compile(r"[*?\[]")

NO_PROFILES = ProfileSet()


def _index(pairs: Iterable[tuple[str, Profile]]) -> dict[str, list[Profile]]:
    found: dict[str, list[Profile]] = {}
    for key, profile in pairs:
        found.setdefault(key, []).append(profile)
    return found
