"""A finished summary: sentences of the texts with their places, and for the curious every candidate with its reasons."""

from __future__ import annotations

import json
from dataclasses import dataclass

from toolkit.lexicon import load


@dataclass(frozen=True, slots=True)
class Kept:
    """One sentence kept: index of its text, half-open interval in that text, the verbatim words."""

    document: int
    start: int
    end: int
    quote: str

    def place(self) -> dict[str, object]:
        """The sentence as the JSON forms write it."""
        return {"document": self.document, "start": self.start, "end": self.end, "quote": self.quote}


@dataclass(frozen=True, slots=True)
class Candidate(Kept):
    """One sentence weighed.  ``rank`` counts from 1 by ``score``; ``why`` says in Vietnamese why it was kept or dropped."""

    score: float
    rank: int
    kept: bool
    why: str
    features: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """``sentences`` in reading order, together at most ``budget`` syllables; ``candidates`` only when they were asked for."""

    budget: int
    sentences: tuple[Kept, ...]
    candidates: tuple[Candidate, ...] = ()

    def text(self) -> str:
        """The sentences, a line each; line ends inside a sentence become spaces."""
        return "\n".join(" ".join(kept.quote.split()) for kept in self.sentences)

    def to_json(self) -> str:
        """One JSON object a summary: ``budget``, ``sentences`` and, where asked for, ``candidates``."""
        data: dict[str, object] = {"budget": self.budget, "sentences": [kept.place() for kept in self.sentences]}
        if self.candidates:
            data["candidates"] = [
                {
                    **c.place(),
                    "score": round(c.score, 4),
                    "rank": c.rank,
                    "kept": c.kept,
                    "why": c.why,
                    "features": {name: round(value, 4) for name, value in c.features},
                }
                for c in self.candidates
            ]
        return json.dumps(data, ensure_ascii=False)

    def explained(self) -> str:
        """Every candidate by rank: kept or not and why, where it stands, its words, its features."""
        words = load("vi/summarise")["explain"]
        out: list[str] = []
        for c in sorted(self.candidates, key=lambda c: c.rank):
            mark = words["kept"] if c.kept else words["dropped"]
            place = words["place"].format(document=c.document + 1, start=c.start, end=c.end)
            out.append(f"{c.rank:>3}. {mark} {c.score:+.3f}  {place}: {c.why}")
            out.append("     " + " ".join(c.quote.split()))
            out.append("     " + "  ".join(f"{name}={value:.2f}" for name, value in c.features if value))
        return "\n".join(out)
