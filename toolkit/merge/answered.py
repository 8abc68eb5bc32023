"""Findings that a person has already answered: a warning about a figure or document that the profile settled asks nothing any more.

The finding stays, as information with the place of the answer; only its severity says that nobody needs to look again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from toolkit.errors import Issue, Severity
from toolkit.merge import precedence
from toolkit.model.dossier import Conflict, Dossier, OriginKind, Settled
from toolkit.model.fact import Quantity
from toolkit.model.text import Quote, Span

OWN = "profile-"
"""Codes of findings about the profile itself: those are never answered by it."""


def settle_findings(issues: Iterable[Issue], dossier: Dossier, before: Sequence[Settled[Quantity]]) -> tuple[Issue, ...]:
    """``issues`` with those answered by the profile turned into information; ``before`` are the figures as the sources had them."""
    paths = {sheet.source.id: sheet.source.path for sheet in dossier.sheets}
    answers = [(paths[quote.source], quote.span, ref) for quote, ref in _answers(dossier, before) if quote.source in paths]
    return tuple(_answered(issue, answers) for issue in issues)


def settle_conflicts(found: Sequence[Conflict], figures: Sequence[Settled[Quantity]]) -> tuple[Conflict, ...]:
    """Conflicts of the sources as they stand after the profile: what it set won by the first rule, what it hid is gone."""
    by_id = {one.value.id: one for one in figures}
    rule = precedence.rule("profile").text
    kept = []
    for conflict in found:
        settled = by_id.get(conflict.chosen.id)
        if settled is not None and settled.origin.kind is OriginKind.PROFILE:
            kept.append(Conflict(conflict.what, settled.value, (conflict.chosen, *conflict.others), rule))
        elif settled is not None:
            kept.append(conflict)
    return tuple(kept)


def _answers(dossier: Dossier, before: Sequence[Settled[Quantity]]) -> Iterator[tuple[Quote, str]]:
    """The quotes of everything that the profile changed or hid, with the place where it did."""
    everything: tuple[Settled[Any], ...] = (*dossier.quantities, *dossier.documents, *dossier.people)
    for settled in everything:
        if settled.origin.kind is OriginKind.PROFILE:
            yield from ((quote, settled.origin.ref) for one in _all(settled) for quote in _quotes(one))
    alive = {one.value.id for one in dossier.quantities}
    for one in before:
        if one.value.id not in alive:
            yield from ((quantity.quote, "the profile") for quantity in _all(one))


def _all(settled: Settled[Any]) -> tuple[Any, ...]:
    return (settled.value, *settled.support, *(value for value, _ in settled.hidden))


def _quotes(fact: Any) -> tuple[Quote, ...]:
    return (fact.quote,) if isinstance(fact, Quantity) else tuple(fact.quotes)


def _answered(issue: Issue, answers: Sequence[tuple[str, Span, str]]) -> Issue:
    if issue.severity is Severity.INFO or issue.code.startswith(OWN) or not issue.spans:
        return issue
    refs = [ref for path, span, ref in answers if path == issue.source and any(span.overlaps(Span(*one)) for one in issue.spans)]
    if not refs:
        return issue
    return replace(issue, severity=Severity.INFO, message=f"{issue.message} (settled by {refs[0]})", remedy="")
