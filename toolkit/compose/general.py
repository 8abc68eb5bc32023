"""Thông tin chung: place, parents, term, congress, kind of report, theme, units before and after a reform, people named."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from toolkit.compose.desk import Desk
from toolkit.compose.headline import place, term_text
from toolkit.compose.places import parents_text
from toolkit.compose.standard import FieldSpec, SectionSpec
from toolkit.compose.wording import NBSP, capitalise, listing, quoted, roman
from toolkit.model.brief import Item, Section
from toolkit.model.context import Level, Successor
from toolkit.model.dossier import OriginKind


def section(desk: Desk, spec: SectionSpec) -> Section:
    """Label and value of each field; what a required field lacks is worded, an optional empty one is left out."""
    items = tuple(item for field in desk.standard.fields if field.id not in desk.length.without for item in _field(desk, field))
    return Section(spec.id, spec.title, spec.kind, items=items)


def _field(desk: Desk, field: FieldSpec) -> Iterator[Item]:
    values = FIELDS[field.id](desk)
    changed = desk.dossier.origins.get(ORIGIN_KEYS.get(field.id, ""))
    settled = changed is not None and changed.kind is OriginKind.PROFILE
    if values:
        for i, value in enumerate(values):
            yield Item(text=(value,), label=field.label if i == 0 else "", settled=settled)
    elif field.required and desk.dossier.report.value not in field.not_for and not _has_no_parent(desk, field):
        yield Item(text=(field.gap,), label=field.label, gap=True)


def _has_no_parent(desk: Desk, field: FieldSpec) -> bool:
    """A province, or a city of its own, belongs to nothing that a source should name."""
    locality = desk.dossier.locality
    return field.id == "truc-thuoc" and (locality.level is Level.TINH or locality.name in desk.standard.top_level)


def _place(desk: Desk) -> list[str]:
    return [place(desk)] if desk.dossier.locality.name else []


def _parents(desk: Desk) -> list[str]:
    parents = parents_text(desk.dossier.locality, (sheet.source.text for sheet in desk.dossier.sheets))
    return [capitalise(", ".join(parents))] if parents else []


def _term(desk: Desk) -> list[str]:
    return [term_text(desk)] if desk.dossier.term else []


def _year(desk: Desk) -> list[str]:
    return [desk.dossier.year] if desk.dossier.year else []


def _congress(desk: Desk) -> list[str]:
    congress = desk.dossier.congress
    if congress is None:
        return []
    return [capitalise(desk.words["congress"].format(ordinal=roman(congress.value))).replace(" ", NBSP)]


def _report(desk: Desk) -> list[str]:
    return [desk.standard.reports[desk.dossier.report]]


def _theme(desk: Desk) -> list[str]:
    return [quoted(desk.dossier.theme.value)] if desk.dossier.theme else []


def _predecessors(desk: Desk) -> list[str]:
    names = desk.dossier.locality.predecessors
    return [capitalise(listing(names))] if names else []


def _successors(desk: Desk) -> list[str]:
    units = desk.dossier.locality.successors
    if not units or any(u.name == desk.dossier.locality.name and u.level is desk.dossier.locality.level for u in units[:1]):
        return []
    named = listing([_unit(u) for u in units])
    return [capitalise(named if len(units) == 1 else desk.words["divided"].format(units=named))]


def _unit(unit: Successor) -> str:
    return f"{unit.level.value} {unit.name}" if unit.level else unit.name


def _people(desk: Desk) -> list[str]:
    people = desk.dossier.people[: desk.length.people]
    desk.left_out.extend(p.value.name for p in desk.dossier.people[desk.length.people :])
    roles = [[role.strip(" ,") for role in p.value.roles if role.strip(" ,")] for p in people]
    return [f"{p.value.name} – {', '.join(held)}" if held else p.value.name for p, held in zip(people, roles, strict=True)]


FIELDS: dict[str, Callable[[Desk], list[str]]] = {
    "dia-phuong": _place,
    "truc-thuoc": _parents,
    "nhiem-ky": _term,
    "nam": _year,
    "dai-hoi": _congress,
    "loai": _report,
    "chu-de": _theme,
    "truoc-sap-xep": _predecessors,
    "sau-sap-xep": _successors,
    "lanh-dao": _people,
}

ORIGIN_KEYS = {"dia-phuong": "locality.name", "truc-thuoc": "locality.parents", "loai": "report", "nam": "year"}
