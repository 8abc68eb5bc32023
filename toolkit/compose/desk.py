"""What every part of composing needs at hand: the dossier, the standard in the profile's words, the length, the notes.

One ``Desk`` is made for one brief and passed along; the only thing that grows on it are the notes, numbered in reading order.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.compose.citations import Notes
from toolkit.compose.cover import Cover
from toolkit.compose.labels import display_label, read_on, read_on_apart, read_on_behind, with_names
from toolkit.compose.standard import Length, Standard
from toolkit.compose.verbatim import Figures
from toolkit.model import wording
from toolkit.model.amount import Bound
from toolkit.model.brief import Figure
from toolkit.model.dossier import Dossier, OriginKind, Settled
from toolkit.model.fact import Mode, Quantity
from toolkit.model.text import Quote
from toolkit.model.vietnamese import name_key
from toolkit.model.wording import amount

UP_TO = "trở lên"
"""A bound that stands after its figure: ``90% trở lên``."""

TAIL = 8
"""Words after a figure that may stand in for a label; more would be a sentence."""

BEHIND = 160
"""Characters after a figure in which a label that was cut may go on."""

_TY = re.compile(r"\d[\d.]*,\d+\s*t[ỷỉ](?:\s*(?:đồng|đ|vnđ))?", re.IGNORECASE)
"""Money that its source writes with a comma (``43,854 tỷ đồng``): it keeps that form, which the sentence beside it has as well."""

_TY_TRIEU = re.compile(r"\d[\d.]*\s*t[ỷỉ]\s*\d+\s*triệu", re.IGNORECASE)
"""Money in two parts (``5 tỷ 570 triệu đồng``)."""

_PAUSE = re.compile(r"[,;:.()\n]")


@dataclass(frozen=True)
class Desk:
    """Read-only but for what is remembered on the way.

    ``notes`` hands out numbers, ``left_out`` keeps what a length did not hold, ``listed`` the places of statements already printed.
    """

    dossier: Dossier
    standard: Standard
    length: Length
    notes: Notes
    figures: Figures
    by_id: Mapping[str, Settled[Quantity]]
    plan_spans: Mapping[str, Sequence[tuple[int, int]]]
    left_out: list[str] = field(default_factory=list)
    listed: Cover = field(default_factory=Cover)

    @classmethod
    def of(cls, dossier: Dossier, standard: Standard, length: Length) -> Desk:
        return cls(
            dossier=dossier,
            standard=standard,
            length=length,
            notes=Notes(dossier.sheets, length.note),
            figures=Figures(dossier.quantities, dossier.sheets),
            by_id={s.value.id: s for s in dossier.quantities},
            plan_spans={
                sheet.source.id: sorted((p.quote.start, p.quote.end) for p in sheet.sentences if p.mode is Mode.PLAN)
                for sheet in dossier.sheets
            },
        )

    @property
    def words(self) -> Mapping[str, str]:
        return self.standard.words

    @property
    def last_year(self) -> int | None:
        """Last year of the period reported on, as far as anything says it."""
        term = self.dossier.year or (self.dossier.term.value if self.dossier.term else "")
        return int(term[-4:]) if term[-4:].isdigit() else None

    def known_names(self) -> tuple[str, ...]:
        locality = self.dossier.locality
        return (*self.standard.casing, locality.name, *locality.parents, *locality.predecessors)

    def label(self, quantity: Quantity, label: str | None = None) -> str:
        """A quantity's label (or its indicator's) with the capitals that its source gives it."""
        names = self.known_names() if quantity.place is None else (*self.known_names(), quantity.place)
        given = any(trace.rule == "profile-label" for trace in quantity.traces)  # a person's words are whole as they are
        sentence, text = self.notes.sentence(quantity.quote), quantity.label if given else label or quantity.label
        if not given and len(text.split()) >= self.standard.whole_label:
            whole = read_on(text, self.notes.before(quantity.quote, len(sentence)), self.standard.label_stops)
            if whole == text:
                whole = read_on_behind(text, self.notes.after(quantity.quote, BEHIND), self.standard.label_stops)
            if whole == text:
                whole = read_on_apart(text, self.notes.before(quantity.quote, BEHIND), self.standard.label_stops)
            text = whole
        return display_label(text, sentence, names)

    def figure(self, settled: Settled[Quantity], *, note: bool = True, text: str | None = None) -> Figure:
        """The printed figure of a settled quantity, with its note unless another figure of the entry carries it."""
        return Figure(
            text=text if text is not None else self.words_of(settled),
            fact=settled.value.id,
            amount=settled.value.amount,
            note=self.notes.number(settled) if note else None,
            settled=settled.origin.kind is OriginKind.PROFILE,
            inferred=settled.origin.kind is OriginKind.INFERRED,
        )

    def why(self, fact: str) -> tuple[int, ...]:
        """The note that tells why a profile settled a figure."""
        settled = self.by_id.get(fact)
        number = self.notes.number(settled) if settled and settled.origin.kind is OriginKind.PROFILE else None
        return () if number is None else (number,)

    def doubts(self, quote: Quote) -> tuple[int, ...]:
        """Notes on the figures of a passage that lost against another source's, or that the profile hides."""
        found = self.figures.doubtful(quote.source, quote.start, quote.end)
        texts = [self.words["lost"].format(rule=rule) if rule else self.words["hidden"] for rule in found]
        return tuple(self.notes.remark(text) for text in dict.fromkeys(texts))

    def tail(self, quantity: Quantity) -> str:
        """The words after a figure to the next pause, when they are few: what a figure without a label is about."""
        after = self.notes.after(quantity.quote, 80)
        words = _PAUSE.split(after)[0]
        whole = len(words) < len(after) and not any(c.isdigit() for c in words) and not words.strip()[:1].isupper()
        return f" {' '.join(words.split())}" if words.strip() and whole and len(words.split()) <= TAIL else ""

    def words_of(self, settled: Settled[Quantity]) -> str:
        """As ``_worded``, with abbreviations in their capitals: the contract keeps units small (``sản phẩm ocop``)."""
        return with_names(self._worded(settled), self.standard.casing)

    def _worded(self, settled: Settled[Quantity]) -> str:
        """The amount in words and digits, with the source's own word for its bound (``gần``, ``hơn``, ``trở lên``)."""
        value = settled.value.amount
        quote = settled.value.quote
        decimal = True if _TY.fullmatch(quote.text.strip()) else False if _TY_TRIEU.match(quote.text.strip()) else None
        if value.bound is Bound.EXACT or settled.origin.kind is OriginKind.PROFILE:
            return amount(value, decimal=decimal)
        before = " ".join(self.notes.before(quote, 16).lower().split())
        for word in self.standard.bounds[value.bound.value]:
            if before.endswith(word) and not before[: -len(word)][-1:].isalpha():
                return amount(value, word, decimal=decimal)
        if value.bound is Bound.OVER and self.notes.after(quote, 12).strip().lower().startswith(UP_TO):
            return f"{amount(replace(value, bound=Bound.EXACT), decimal=decimal)} {UP_TO}"
        return amount(value, decimal=decimal)

    def in_plan_passage(self, quantity: Quantity) -> bool:
        """Whether a quantity stands in a passage about what is still to come."""
        quote = quantity.quote
        spans = self.plan_spans.get(quote.source, ())
        at = bisect_right(spans, (quote.start, sys.maxsize)) - 1
        return at >= 0 and quote.end <= spans[at][1]

    def is_own_place(self, place: str) -> bool:
        """Whether a figure's place is the locality itself or one of the units that it was made of."""
        locality = self.dossier.locality
        own = {name_key(name) for name in (locality.name, *locality.predecessors)}
        key = name_key(place)
        return any(key == name or key.endswith(" " + name) or name.endswith(" " + key) for name in own)

    def place_name(self, place: str | None) -> str:
        """A predecessor unit as the table names it, ``Phú La (cũ)``; nothing for figures of the locality as a whole."""
        if not place:
            return ""
        return self.words["predecessor"].format(name=place) if self.is_own_place(place) else place

    def when(self, period: str | None) -> str:
        """A period as a caption tells it; nothing where it is the very term or year that the whole brief is about."""
        dossier = self.dossier
        told = {dossier.year, dossier.term.value if dossier.term else None}
        return "" if not period or period in told else wording.period(period)
