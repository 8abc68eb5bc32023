"""The profile's last word on people, documents and statements: add, correct, hide; a rule that finds nothing is reported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from toolkit.errors import Issue, Severity
from toolkit.merge.entries import document_key
from toolkit.model.context import Sector
from toolkit.model.dossier import Dossier, Origin, OriginKind, Settled
from toolkit.model.fact import CitedDocument, Person, Statement, StatementKind
from toolkit.model.profile import EntryRule, Op, Profile
from toolkit.model.vietnamese import name_key


@dataclass(frozen=True)
class _Shape:
    """How one list of a dossier is named, changed and extended."""

    name: Callable[[Any], str]
    change: Callable[[Any, EntryRule], Any]
    new: Callable[[EntryRule], Any]
    whole: bool = True
    """Whether a target must be the whole name, or may be the beginning of a text."""


def apply_entries(profile: Profile, dossier: Dossier) -> tuple[Dossier, list[Issue]]:
    """All rules of all lists, in their order."""
    issues: list[Issue] = []
    changed: dict[str, Any] = {}
    for field, rules in profile.entries.items():
        settled = list(getattr(dossier, field))
        for rule in rules:
            issues += _apply(field, rule, settled)
        changed[field] = tuple(settled)
    return replace(dossier, **changed), issues


def _apply(field: str, rule: EntryRule, settled: list[Settled[Any]]) -> list[Issue]:
    shape = SHAPES[field]
    origin = Origin(OriginKind.PROFILE, str(rule.mark), rule.reason, rule.source)
    found = [i for i, one in enumerate(settled) if _means(rule.target, shape, one.value)]
    if rule.op is Op.ADD:
        if found:
            return [_issue(field, rule, "a source names it now", "take the entry out of the profile", "profile-stale")]
        settled.append(Settled(shape.new(rule), origin))
        return []
    if not found:
        return [_missing(field, rule, shape, settled)]
    if rule.op is Op.HIDE:
        names = "; ".join(f"“{shape.name(settled[i].value)[:60]}”" for i in found)
        settled[:] = [one for i, one in enumerate(settled) if i not in found]
        return [Issue("profile-hidden", f"{field}: hidden: {names} ({rule.reason})", Severity.INFO, where=str(rule.mark))]
    for i in found:
        old = settled[i]
        value = shape.change(old.value, rule)
        settled[i] = replace(old, value=value, origin=origin, hidden=((old.value, rule.reason), *old.hidden))
    if field == "documents":
        _join_equal_documents(settled)
    return []


def _means(target: str, shape: _Shape, value: object) -> bool:
    wanted, has = name_key(target), name_key(shape.name(value))
    return has == wanted if shape.whole else has.startswith(wanted)


def _join_equal_documents(settled: list[Settled[Any]]) -> None:
    """A corrected number may now be that of another entry: then both are one document, with the corrected one's reason."""
    seen: dict[str, int] = {}
    for i, one in enumerate(list(settled)):
        key = document_key(one.value)
        if key not in seen:
            seen[key] = i
            continue
        first = settled[seen[key]]
        quotes = first.value.quotes + one.value.quotes
        marked = one if one.origin.kind is OriginKind.PROFILE else first
        value = replace(first.value, number=marked.value.number, quotes=quotes)
        settled[seen[key]] = replace(marked, value=value, support=(*first.support, *one.support), hidden=first.hidden + one.hidden)
        settled[i] = None  # type: ignore[call-overload]
    settled[:] = [one for one in settled if one is not None]


def _missing(field: str, rule: EntryRule, shape: _Shape, settled: list[Settled[Any]]) -> Issue:
    from rapidfuzz import fuzz

    key = name_key(rule.target)
    names = sorted((shape.name(one.value) for one in settled), key=lambda n: fuzz.ratio(key, name_key(n)), reverse=True)
    near = "; ".join(f"“{name[:60]}”" for name in names[:3]) or "the list is empty"
    return _issue(
        field,
        rule,
        f"not found; the nearest: {near}",
        "write it as the source has it, or its beginning",
    )


def _issue(field: str, rule: EntryRule, what: str, remedy: str, code: str = "profile-unknown-entry") -> Issue:
    return Issue(code, f"{field}: {rule.op} “{rule.target}”: {what}", Severity.WARNING, where=str(rule.mark), remedy=remedy)


# --- the three shapes -------------------------------------------------------------------------------------------------------


def _text(rule: EntryRule, key: str, default: str) -> str:
    value = rule.fields.get(key, default)
    return value if isinstance(value, str) else default


def _roles(rule: EntryRule, default: tuple[str, ...]) -> tuple[str, ...]:
    value = rule.fields.get("roles", default)
    return (value,) if isinstance(value, str) else tuple(value)


def _quotes(rule: EntryRule) -> tuple[Any, ...]:
    return (rule.quote,) if rule.quote else ()


def _change_person(person: Person, rule: EntryRule) -> Person:
    return replace(person, name=_text(rule, "name", person.name), roles=_roles(rule, person.roles))


def _new_person(rule: EntryRule) -> Person:
    return Person(rule.target, _roles(rule, ()), _quotes(rule))


def _document_name(document: CitedDocument) -> str:
    return document.number or document.type


def _change_document(document: CitedDocument, rule: EntryRule) -> CitedDocument:
    number, date, issuer = (_text(rule, key, getattr(document, key) or "") or None for key in ("number", "date", "issuer"))
    return replace(document, type=_text(rule, "type", document.type), number=number, date=date, issuer=issuer)


def _new_document(rule: EntryRule) -> CitedDocument:
    date, issuer = (_text(rule, key, "") or None for key in ("date", "issuer"))
    return CitedDocument(_text(rule, "type", "Văn bản"), rule.target, date, issuer, _quotes(rule))


def _change_statement(statement: Statement, rule: EntryRule) -> Statement:
    sector = Sector(_text(rule, "sector", statement.sector.value))
    return replace(statement, text=_text(rule, "text", statement.text), sector=sector)


def _new_statement(kind: StatementKind) -> Callable[[EntryRule], Statement]:
    def make(rule: EntryRule) -> Statement:
        assert rule.quote is not None
        return Statement(kind, rule.quote, rule.target, Sector(_text(rule, "sector", Sector.CHUNG.value)))

    return make


def _statements(kind: StatementKind) -> _Shape:
    return _Shape(lambda s: s.text, _change_statement, _new_statement(kind), whole=False)


SHAPES = {
    "people": _Shape(lambda p: p.name, _change_person, _new_person),
    "documents": _Shape(_document_name, _change_document, _new_document),
    "awards": _statements(StatementKind.AWARD),
    "limitations": _statements(StatementKind.LIMITATION),
    "lessons": _statements(StatementKind.LESSON),
    "next_tasks": _statements(StatementKind.TASK),
    "initiatives": _statements(StatementKind.INITIATIVE),
}
