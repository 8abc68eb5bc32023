"""Thông tin chung: place, parents, term, congress, kind of report, theme, units before and after a reform, people named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from toolkit.compose.desk import Desk
from toolkit.compose.headline import place, term_text
from toolkit.compose.leaders import leaders
from toolkit.compose.places import parents_text
from toolkit.compose.standard import FieldSpec, SectionSpec
from toolkit.model.brief import Item, Section
from toolkit.model.context import Level, Successor
from toolkit.model.dossier import Origin, OriginKind
from toolkit.model.wording import NBSP, capitalise, listing, quoted, roman, years


def section(desk: Desk, spec: SectionSpec) -> Section:
    """Label and value of each field; what a required field lacks is worded, an optional empty one is left out."""
    items = tuple(item for field in desk.standard.fields if field.id not in desk.length.without for item in _field(desk, field))
    return Section(spec.id, spec.title, spec.kind, items=items)


def _field(desk: Desk, field: FieldSpec) -> Iterator[Item]:
    values = FIELDS[field.id](desk)
    if values:
        origins = _origins(desk, field)
        for i, value in enumerate(values):
            notes = desk.notes.reason(origins[min(i, len(origins) - 1)])
            yield Item(text=(value,), label=field.label if i == 0 else "", notes=notes, settled=bool(notes))
    elif field.required and desk.dossier.report.value not in field.not_for and not _has_no_parent(desk, field):
        yield Item(text=(field.gap,), label=field.label, gap=True)


def _origins(desk: Desk, field: FieldSpec) -> Sequence[Origin | None]:
    """Who said a field's value: one origin for each of its values, or one for all of them."""
    dossier = desk.dossier
    if field.id == "lanh-dao":
        return [person.origin for person in leaders(desk)[: desk.length.people]]
    settled = {
        "nhiem-ky": dossier.term,
        "nhiem-ky-toi": dossier.next_term,
        "dai-hoi": dossier.congress,
        "chu-de": dossier.theme,
    }.get(field.id)
    if settled:
        return [settled.origin]
    given = [dossier.origins[key] for key in ORIGIN_KEYS.get(field.id, ()) if key in dossier.origins]
    return [next((origin for origin in given if origin.kind is OriginKind.PROFILE), None)]


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


def _next_term(desk: Desk) -> list[str]:
    """The term planned for where the profile settles it; the tasks themselves show it in every other case."""
    term = desk.dossier.next_term
    return [years(term.value)] if term and term.origin.kind is OriginKind.PROFILE else []


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
    named = leaders(desk)
    people = named[: desk.length.people]
    desk.left_out.extend(p.value.name for p in named[desk.length.people :])
    roles = [[role.strip(" ,") for role in p.value.roles if role.strip(" ,")] for p in people]
    return [f"{p.value.name} – {', '.join(held)}" if held else p.value.name for p, held in zip(people, roles, strict=True)]


FIELDS: dict[str, Callable[[Desk], list[str]]] = {
    "dia-phuong": _place,
    "truc-thuoc": _parents,
    "nhiem-ky": _term,
    "nhiem-ky-toi": _next_term,
    "nam": _year,
    "dai-hoi": _congress,
    "loai": _report,
    "chu-de": _theme,
    "truoc-sap-xep": _predecessors,
    "sau-sap-xep": _successors,
    "lanh-dao": _people,
}

ORIGIN_KEYS = {
    "dia-phuong": ("locality.name", "locality.level"),
    "truc-thuoc": ("locality.parents",),
    "truoc-sap-xep": ("locality.predecessors",),
    "loai": ("report",),
    "nam": ("year",),
}
