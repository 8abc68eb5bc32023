"""People, documents and statements of several sources: one entry each, however often and in whatever form they are named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from toolkit.model.dossier import Origin, OriginKind, Settled
from toolkit.model.fact import CitedDocument, FactSheet, Person, Statement
from toolkit.model.vietnamese import name_key

T = TypeVar("T")

NEAR = 94
"""Least similarity (rapidfuzz ratio of the folded texts, 0-100) of two statements that are one with a typing fault."""


def _origin(source: str) -> Origin:
    return Origin(OriginKind.SOURCE, source)


def settle_people(sheets: Sequence[FactSheet]) -> tuple[Settled[Person], ...]:
    """One entry a name; the posts of all sources in order, each once."""
    return _by_key(sheets, lambda s: s.people, lambda p: name_key(p.name), _join_person)  # posts in the first source's words


def _join_person(one: Person, other: Person) -> Person:
    known = {name_key(role) for role in one.roles}
    roles = one.roles + tuple(role for role in other.roles if name_key(role) not in known)
    return replace(one, roles=roles, quotes=one.quotes + other.quotes)


def settle_documents(sheets: Sequence[FactSheet]) -> tuple[Settled[CitedDocument], ...]:
    """One entry a canonical number (without one: a type and date); what one source leaves out another gives."""
    return _by_key(sheets, lambda s: s.documents, document_key, _join_document)


def document_key(document: CitedDocument) -> str:
    number = (document.number or "").upper().replace("Ư", "W").replace(" ", "")  # TƯ and TW are one office
    return f"{name_key(document.type)}|{number}" if number else f"{name_key(document.type)}|{document.date}|{document.issuer}"


def _join_document(one: CitedDocument, other: CitedDocument) -> CitedDocument:
    quotes = one.quotes + other.quotes
    return replace(one, date=one.date or other.date, issuer=one.issuer or other.issuer, quotes=quotes)


def _by_key(
    sheets: Iterable[FactSheet], read: Callable[[FactSheet], tuple[T, ...]], key: Callable[[T], str], join: Callable[[T, T], T]
) -> tuple[Settled[T], ...]:
    found: dict[str, tuple[T, str, tuple[T, ...]]] = {}
    for sheet in sheets:
        for item in read(sheet):
            name = key(item)
            if name in found:
                value, source, support = found[name]
                found[name] = (join(value, item), source, (*support, item))
            else:
                found[name] = (item, sheet.source.id, ())
    return tuple(Settled(value, _origin(source), support) for value, source, support in found.values())


def settle_statements(sheets: Sequence[FactSheet], field: str) -> tuple[Settled[Statement], ...]:
    """Statements of one kind in order of the sources' rank; equal texts, and across sources nearly equal ones, become one entry."""
    kept: list[Settled[Statement]] = []
    keys: dict[str, int] = {}
    for sheet in sheets:
        earlier = list(keys.items())  # within one source only the same words are the same statement
        for statement in getattr(sheet, field):
            key = name_key(statement.text)
            at = keys.get(key)
            if at is None:
                at = next((i for other, i in earlier if _one_statement(key, other)), None)
            if at is None:
                keys[key] = len(kept)
                kept.append(Settled(statement, _origin(sheet.source.id)))
            else:
                keys.setdefault(key, at)
                kept[at] = _fuller(kept[at], Settled(statement, _origin(sheet.source.id)))
    return tuple(kept)


def _fuller(one: Settled[Statement], other: Settled[Statement]) -> Settled[Statement]:
    """The longer wording speaks, the other supports it."""
    if len(name_key(other.value.text)) > len(name_key(one.value.text)):
        one, other = other, one
    return replace(one, support=(*one.support, *other.support, other.value))


def _one_statement(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if shorter in longer:
        return len(shorter) > 0.8 * len(longer)
    if len(shorter) < 0.9 * len(longer) or _digits(one) != _digits(other):
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other, score_cutoff=NEAR) > 0


def _digits(text: str) -> str:
    # The folded key has tone digits inside syllables; only numbers that stand alone tell statements apart.
    return " ".join(word for word in text.split() if word[0].isdigit())
