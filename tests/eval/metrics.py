"""Metrics of extraction against annotated articles: precision and recall of quantities, accuracy of their fields, document level.

A predicted quantity matches the annotated one that it overlaps most, each used once.  Fields are judged on matched pairs only;
``end_to_end`` is the share of all annotated quantities found with value, kind, label and role all right.  A label is right when
the F1 of its words with the annotated label's is at least 0.5.  Optional annotations count neither way.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

FIELDS = ("value", "kind", "unit", "bound", "label", "role", "sector", "period")
DOCUMENT_FIELDS = ("term", "congress", "report", "published")
STATEMENTS = ("limitations", "next_tasks", "awards")

_TONES = {
    old: new
    for olds, news in (
        ("òa óa ỏa õa ọa", "oà oá oả oã oạ"),
        ("òe óe ỏe õe ọe", "oè oé oẻ oẽ oẹ"),
        ("ùy úy ủy ũy ụy", "uỳ uý uỷ uỹ uỵ"),
    )
    for old, new in zip(olds.split(), news.split(), strict=True)
}


def fold(value: object) -> str:
    """Comparison key: NFC, lower case, single spaces, one placement of tone marks."""
    text = unicodedata.normalize("NFC", "" if value is None else str(value)).lower().strip()
    for old, new in _TONES.items():
        text = text.replace(old, new)
    return re.sub(r"\s+", " ", text)


def words(value: object) -> list[str]:
    return re.findall(r"\w+", fold(value))


def word_f1(a: object, b: object) -> float:
    left, right = Counter(words(a)), Counter(words(b))
    shared = sum((left & right).values())
    return 2 * shared / (left.total() + right.total()) if shared else 0.0


def equal_numbers(a: object, b: object) -> bool:
    if a is None or b is None:
        return a is b
    try:
        x, y = float(str(a)), float(str(b))
    except ValueError:
        return False
    return abs(x - y) <= 1e-6 * max(1.0, abs(x), abs(y))


@dataclass
class Tally:
    """Counts over documents; ``scores`` turns them into shares."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def scores(self) -> dict[str, float]:
        c = self.counts
        found, extra, missed = c["tp"], c["fp"], c["fn"]
        out = {
            "documents": float(c["documents"]),
            "quantities": float(found + missed),
            "precision": _share(found, found + extra),
            "recall": _share(found, found + missed),
            "ungrounded": float(c["ungrounded"]),
        }
        out |= {name: _share(c[name], found) for name in FIELDS}
        out["end_to_end"] = _share(c["joint"], found + missed)
        out["locality"] = _share(c["locality"], c["localities"])
        out["level"] = _share(c["level"], c["localities"])
        out["parents"] = _share(c["parents"], c["parents_all"])
        out |= {name: _share(c[name], c["documents"]) for name in DOCUMENT_FIELDS}
        for name in ("people", "documents"):
            hit, wrong, lost = c[f"{name}_tp"], c[f"{name}_fp"], c[f"{name}_fn"]
            out[f"{name}_f1"] = _share(2 * hit, 2 * hit + wrong + lost)
        out |= {f"{name}_found": _share(c[f"{name}_found"], c["documents"]) for name in STATEMENTS}
        out |= {f"{name}_off_by": c[f"{name}_off"] / max(1, c["documents"]) for name in STATEMENTS}
        return out


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def score_document(name: str, gold: Mapping[str, Any], facts: Mapping[str, Any], text: str, tally: Tally) -> None:
    """Add one document's counts and error lines to ``tally``.  ``facts`` is the contract's object, ``text`` the decoded source."""
    tally.counts["documents"] += 1
    predicted = list(facts.get("quantities") or [])
    tally.counts["ungrounded"] += sum(text[p["start"] : p["end"]] != p["quote"] for p in predicted)
    if not unicodedata.is_normalized("NFC", text):
        predicted = [p | {"start": _composed(text, p["start"]), "end": _composed(text, p["end"])} for p in predicted]
    unused = dict(enumerate(predicted))
    for wanted, span in _placed(gold.get("quantities") or [], text):
        best = max(unused, key=lambda i: _overlap(span, unused[i]), default=None)
        if best is None or _overlap(span, unused[best]) == 0:
            if not wanted.get("optional"):
                tally.counts["fn"] += 1
                tally.errors.append(f"{name} | missed | {wanted['quote']} | {wanted.get('label')} | {wanted.get('role')}")
            continue
        got = unused.pop(best)
        if not wanted.get("optional"):
            _fields(name, wanted, got, tally)
    for extra in unused.values():
        tally.counts["fp"] += 1
        tally.errors.append(f"{name} | extra | {extra['quote']} | {extra.get('label')} | {extra.get('role')}")
    _document_level(name, gold, facts, tally)


def _composed(text: str, offset: int) -> int:
    """An offset into decomposed text as an offset into the same text composed, where the annotations are looked for."""
    return len(unicodedata.normalize("NFC", text[:offset]))


def _placed(golds: Iterable[Mapping[str, Any]], text: str) -> Iterable[tuple[Mapping[str, Any], tuple[int, int]]]:
    """Each annotated quantity with its span: the next occurrence in text order that is no part of a longer number."""
    text = unicodedata.normalize("NFC", text)
    at = 0
    for gold in golds:
        quote = unicodedata.normalize("NFC", str(gold["quote"]))
        start = text.find(quote, at)
        while start > 0 and text[start - 1].isdigit() and quote[0].isdigit():
            start = text.find(quote, start + 1)
        if start < 0:
            start = text.find(quote)
        if start >= 0:
            at = max(at, start + 1)
            yield gold, (start, start + len(quote))


def _overlap(span: tuple[int, int], predicted: Mapping[str, Any]) -> int:
    return max(0, min(span[1], predicted["end"]) - max(span[0], predicted["start"]))


def _fields(name: str, wanted: Mapping[str, Any], got: Mapping[str, Any], tally: Tally) -> None:
    tally.counts["tp"] += 1
    unit_words = set(words(wanted.get("unit"))) & set(words(got.get("unit")))
    right = {
        "value": all(equal_numbers(wanted.get(k), got.get(k)) for k in ("value", "low", "high", "of")),
        "kind": fold(wanted["kind"]) == fold(got.get("kind")),
        "unit": bool(unit_words) or fold(wanted.get("unit")) == fold(got.get("unit")),
        "bound": fold(wanted.get("bound") or "exact") == fold(got.get("bound") or "exact"),
        "label": word_f1(wanted.get("label"), got.get("label")) >= 0.5,
        **{k: fold(wanted.get(k)) == fold(got.get(k)) for k in ("role", "sector", "period")},
    }
    for key, ok in right.items():
        tally.counts[key] += ok
        if not ok:
            tally.errors.append(f"{name} | {key} | {wanted['quote']} | wanted {wanted.get(key)} | got {got.get(key)}")
    tally.counts["joint"] += all(right[k] for k in ("value", "kind", "label", "role"))


def _document_level(name: str, gold: Mapping[str, Any], facts: Mapping[str, Any], tally: Tally) -> None:
    c = tally.counts
    place, got = gold.get("locality") or {}, facts.get("locality") or {}
    if place:
        c["localities"] += 1
        for key, field_ in (("locality", "name"), ("level", "level")):
            ok = fold(place.get(field_)) == fold(got.get(field_))
            c[key] += ok
            if not ok:
                tally.errors.append(f"{name} | {key} | | wanted {place.get(field_)} | got {got.get(field_)}")
        parents = {fold(p) for p in got.get("parents") or []}
        for parent in place.get("parents") or []:
            c["parents_all"] += 1
            c["parents"] += fold(parent) in parents
    for key in DOCUMENT_FIELDS:
        ok = fold(gold.get(key)) == fold(facts.get(key))
        c[key] += ok
        if not ok:
            tally.errors.append(f"{name} | {key} | | wanted {gold.get(key)} | got {facts.get(key)}")
    for kind, key in (("people", "name"), ("documents", "number")):
        want = {_canonical(x.get(key), kind) for x in gold.get(kind) or [] if x.get(key)}
        have = {_canonical(x.get(key), kind) for x in facts.get(kind) or [] if x.get(key)}
        c[f"{kind}_tp"] += len(want & have)
        c[f"{kind}_fn"] += len(want - have)
        c[f"{kind}_fp"] += len(have - want)
        tally.errors += [f"{name} | {kind} missed | {x}" for x in sorted(want - have)]
        tally.errors += [f"{name} | {kind} extra | {x}" for x in sorted(have - want)]
    for kind in STATEMENTS:
        wanted, have_n = gold.get(kind) or 0, len(facts.get(kind) or [])
        wanted_n = wanted if isinstance(wanted, int) else len(wanted)
        c[f"{kind}_found"] += (have_n > 0) == (wanted_n > 0)
        c[f"{kind}_off"] += abs(have_n - wanted_n)


def _canonical(value: object, kind: str) -> str:
    folded = fold(value).replace("/tư", "/tw")
    return folded.replace(" ", "") if kind == "documents" else folded


def key_sentence_hits(gold: Mapping[str, Any], facts: Mapping[str, Any]) -> tuple[int, int, int]:
    """How many of an editor's key sentences come first: (in their sector, in the whole document, all of them)."""
    wanted: Mapping[str, list[list[int]]] = gold.get("key_sentences") or {}
    ranked = sorted(facts.get("sentences") or [], key=lambda s: -s["score"])
    spans = [span for spans in wanted.values() for span in spans]

    def hit(span: list[int], among: list[Mapping[str, Any]]) -> bool:
        return any(max(0, min(span[1], s["end"]) - max(span[0], s["start"])) >= 0.5 * (span[1] - span[0]) for s in among)

    by_sector = 0
    for sector, own in wanted.items():
        best = [s for s in ranked if s.get("sector") == sector][: len(own)]
        by_sector += sum(hit(span, best) for span in own)
    return by_sector, sum(hit(span, ranked[: len(spans)]) for span in spans), len(spans)
