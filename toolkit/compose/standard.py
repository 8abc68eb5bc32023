"""The standard brief as data: ``data/brief.yaml`` read once and frozen, and laid over with a profile's own words.

Everything compose prints of its own accord comes from here, so that a change of wording never needs a change of code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from toolkit.errors import DataError
from toolkit.lexicon import load
from toolkit.model.context import Report, Sector
from toolkit.model.dossier import Display
from toolkit.model.fact import Status

LESS = 5 / 6
"""How much of its room for sentences a length keeps at each step in which it is made tighter."""


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A section of the standard: ``gap`` words its absence in place, ``missing`` names it in the list of what is missing."""

    id: str
    title: str
    kind: str
    required: bool = False
    gap: str = ""
    missing: str = ""
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of the general information."""

    id: str
    label: str
    required: bool = False
    gap: str = ""
    not_for: tuple[str, ...] = ()
    """Kinds of report that do without this field when nothing fills it."""


@dataclass(frozen=True, slots=True)
class Length:
    """How much a length holds; the keys are explained in ``brief.yaml``."""

    name: str
    digest: int
    key: int
    rows: int
    syllables: int
    chung: int
    figures: int
    items: int
    item_syllables: int
    targets: int
    people: int
    documents: int
    note: int
    without: tuple[str, ...] = ()

    def tighter(self, step: int) -> Length:
        """The same length with less in it: sentences lose a sixth of their room a step, lists and the table a row or an entry."""
        if not step:
            return self
        less = {name: max(1, round(getattr(self, name) * LESS**step)) for name in ("digest", "syllables", "chung")}
        fewer = {name: max(1, getattr(self, name) - (step + 1) // 2) for name in ("rows", "items")}
        return replace(self, **less, **fewer, item_syllables=max(12, self.item_syllables - 3 * step))


@dataclass(frozen=True)
class Standard:
    """``brief.yaml`` in one frozen value."""

    sections: tuple[SectionSpec, ...]
    fields: tuple[FieldSpec, ...]
    sectors: Mapping[Sector, str]
    lengths: Mapping[str, Length]
    titles: Mapping[Report, str]
    titles_undated: Mapping[Report, str]
    reports: Mapping[Report, str]
    status: Mapping[Status, str]
    words: Mapping[str, str]
    bounds: Mapping[str, tuple[str, ...]]
    plan_objects: tuple[str, ...]
    casing: tuple[str, ...]
    bare_labels: frozenset[str]
    shred_starts: frozenset[str]
    listed_units: frozenset[str]
    verdict_units: frozenset[str]
    verdicts: tuple[str, ...]
    attendance_units: frozenset[str]
    attendance_words: tuple[str, ...]
    plan_givers: tuple[str, ...]
    part_starts: tuple[str, ...]
    plural_words: frozenset[str]
    hoped_verdicts: tuple[str, ...]
    weak_verdicts: tuple[str, ...]
    measures: tuple[str, ...]
    post_levels: tuple[tuple[str, ...], ...]
    unfinished_ends: frozenset[str]
    shred_ends: frozenset[str]
    additions: tuple[str, ...]
    top_level: frozenset[str]
    margin_rules: frozenset[str]
    missed_words: tuple[str, ...]
    whole_label: int
    label_stops: frozenset[str]
    appendix: Mapping[str, str]

    def names(self, label: str) -> bool:
        """Whether a label names something: ``Bán``, ``Của các chương trình`` are shreds of a sentence and no indicator."""
        words = label.lower().split()
        return len(words) > 1 and words[0] not in self.shred_starts and words[-1] not in self.shred_ends

    def length(self, name: str) -> Length:
        """The length called ``name``; an unknown name is a fault of whoever checked the options before."""
        try:
            return self.lengths[name]
        except KeyError:
            raise ValueError(f"no such length: {name} (there are {', '.join(self.lengths)})") from None


@cache
def standard() -> Standard:
    """The packaged standard; raises ``DataError`` when the file lacks something."""
    try:
        return _read(load("brief"))
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"brief.yaml is not as it should be: {error}", where="toolkit/data/brief.yaml", remedy="install nhiemky again"
        ) from error


def _read(data: Mapping[str, Any]) -> Standard:
    return Standard(
        sections=tuple(SectionSpec(**row) for row in data["sections"]),
        fields=tuple(FieldSpec(**{**row, "not_for": tuple(row.get("not_for", ()))}) for row in data["fields"]),
        sectors={Sector(key): title for key, title in data["sectors"].items()},
        lengths={key: _length(key, row) for key, row in data["lengths"].items()},
        titles={Report(key): text for key, text in data["titles"].items()},
        titles_undated={Report(key): text for key, text in data["titles_undated"].items()},
        reports={Report(key): text for key, text in data["reports"].items()},
        status={Status(key): text for key, text in data["status"].items()},
        words=dict(data["words"]),
        bounds={key: tuple(sorted(words, key=len, reverse=True)) for key, words in data["bounds"].items()},
        plan_objects=tuple(sorted(data["plan_objects"], key=len, reverse=True)),
        casing=tuple(data["casing"]),
        bare_labels=frozenset(data["bare_labels"]),
        verdict_units=frozenset(data["verdict_units"]),
        verdicts=tuple(sorted(data["verdicts"], key=len, reverse=True)),
        attendance_units=frozenset(data["attendance_units"]),
        attendance_words=tuple(data["attendance_words"]),
        plan_givers=tuple(sorted(data["plan_givers"], key=len, reverse=True)),
        part_starts=tuple(data["part_starts"]),
        plural_words=frozenset(data["plural_words"]),
        hoped_verdicts=tuple(data["hoped_verdicts"]),
        weak_verdicts=tuple(data["weak_verdicts"]),
        measures=tuple(data["measures"]),
        post_levels=tuple(tuple(words) for words in data["post_levels"]),
        unfinished_ends=frozenset(data["unfinished_ends"]),
        listed_units=frozenset(data["listed_units"]),
        shred_starts=frozenset(data["shred_starts"]),
        shred_ends=frozenset(data["shred_ends"]),
        additions=tuple(data["additions"]),
        top_level=frozenset(data["top_level"]),
        margin_rules=frozenset(data["margin_rules"]),
        missed_words=tuple(data["missed_words"]),
        whole_label=int(data["whole_label"]),
        label_stops=frozenset(data["label_stops"]),
        appendix=dict(data["appendix"]),
    )


def _length(name: str, row: Mapping[str, Any]) -> Length:
    return Length(name=name, **{**row, "without": tuple(row.get("without", ()))})


def worded(base: Standard, display: Display) -> Standard:
    """The standard in a profile's words and order.

    A key of ``display.wording`` is a section id, ``<section>.gap``, ``sectors.<sector>``, ``fields.<id>`` or a key of ``words``.
    ``display.sections`` gives choice and order of sections; the list of what is missing and the sources cannot be chosen away.
    """
    wording = display.wording
    sections = tuple(
        replace(spec, title=wording.get(spec.id, spec.title), gap=wording.get(f"{spec.id}.gap", spec.gap)) for spec in base.sections
    )
    if display.sections:
        chosen = {spec.id: spec for spec in sections}
        order = [*display.sections, *(s for s in ("con-thieu", "nguon") if s not in display.sections)]
        sections = tuple(chosen[name] for name in order if name in chosen)
    return replace(
        base,
        sections=sections,
        fields=tuple(replace(f, label=wording.get(f"fields.{f.id}", f.label)) for f in base.fields),
        sectors={s: wording.get(f"sectors.{s.value}", title) for s, title in base.sectors.items()},
        words={key: wording.get(key, text) for key, text in base.words.items()},
    )
