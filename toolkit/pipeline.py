"""The way from an article to a brief, step by step; the only module that knows all stages.

    read → clean → extract → summarise → merge → compose → render → audit → deliver

``read_facts`` goes from one source to its facts, ``make_brief`` from one locality's settled facts to finished files.  Between
them stands ``settle``, which sees all sources at once because sources find their locality and term together.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import Issue
from toolkit.model.amount import Amount
from toolkit.model.artifact import Artifact
from toolkit.model.brief import Brief
from toolkit.model.dossier import Dossier
from toolkit.model.fact import FactSheet
from toolkit.model.text import CleanText, Source

if TYPE_CHECKING:
    from toolkit.model.profile import ProfileSet

STAGES = ("read", "clean", "extract", "summarise", "merge", "compose", "render", "audit", "deliver")


@dataclass
class Timings:
    """Seconds of wall time spent in each stage; added up over localities and processes."""

    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - start

    def add(self, other: Timings) -> None:
        for name, spent in other.seconds.items():
            self.seconds[name] += spent


def clean_source(path: Path, timings: Timings | None = None) -> CleanText:
    """One file read and repaired.  Raises ``ReadError``."""
    from toolkit.clean import clean
    from toolkit.read import read_source

    clock = timings or Timings()
    with clock.stage("read"):
        source = read_source(path)
    with clock.stage("clean"):
        return clean(source)


def facts_of(text: CleanText, timings: Timings | None = None) -> FactSheet:
    """All facts of one repaired text, its sentences ranked."""
    from toolkit.extract import extract
    from toolkit.summarise import rank

    clock = timings or Timings()
    with clock.stage("extract"):
        sheet = extract(text)
    with clock.stage("summarise"):
        return replace(sheet, sentences=rank(text, sheet.sentences))


def read_facts(path: Path, timings: Timings | None = None) -> FactSheet:
    """The facts of one file: read, clean, extract, rank.  Raises ``ReadError``."""
    return facts_of(clean_source(path, timings), timings)


def read_amounts(text: str) -> tuple[Amount, ...]:
    """The amounts written in a short text: how profiles and the audit read figures, by the extractor's own grammar."""
    from toolkit.extract.quantities import read_quantities

    return tuple(mention.amount for mention in read_quantities(text))


def settle(
    sheets: Sequence[FactSheet], profiles: ProfileSet, timings: Timings | None = None
) -> tuple[tuple[Dossier, ...], tuple[Issue, ...]]:
    """Group sources by locality and term and merge each group with its profile; issues of grouping come beside the dossiers."""
    raise NotImplementedError


@dataclass(frozen=True)
class Making:
    """What ``make_brief`` needs besides the facts."""

    formats: tuple[str, ...] = ("html", "pdf")
    length: str | None = None
    templates: Path | None = None


@dataclass(frozen=True)
class Made:
    """A finished brief: the composed form, the files, how many printed numbers the audit traced."""

    brief: Brief
    artifacts: tuple[Artifact, ...]
    audited: int


Digest = Callable[[Dossier], object]


def sources_of(dossier: Dossier) -> tuple[Source, ...]:
    return tuple(sheet.source for sheet in dossier.sheets)
