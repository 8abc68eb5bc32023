"""Shows a merged profile: each value, the layer and line that gave it, what it hid; and what it changed in a brief's facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit.model.dossier import Dossier, Origin, OriginKind, Settled
from toolkit.model.fact import CitedDocument, Person, Quantity, Statement
from toolkit.model.profile import Leaf, Profile

LISTS = ("people", "documents", "awards", "limitations", "lessons", "next_tasks", "initiatives")


def show(profile: Profile, dossier: Dossier | None = None) -> str:
    """The merged profile as lines of text; with a dossier, what the profile changed in it and what it could not."""
    lines = [f"{profile.name}: {' ← '.join(reversed(profile.layers))}"]
    width = max((len(leaf.path) for leaf in profile.leaves), default=0)
    for leaf in profile.leaves:
        lines += _leaf(leaf, width)
    if dossier is not None:
        changed = list(changes(dossier))
        lines += ["", f"{len(changed)} change(s) in {dossier.folder}"] + [f"  {change}" for change in changed]
        lines += [f"  ! {issue}" for issue in dossier.issues if issue.code.startswith("profile-")]
    return "\n".join(lines) + "\n"


def show_data(profile: Profile) -> list[dict[str, Any]]:
    """The same for programs: path, value, layer, place and what was hidden, a mapping each."""
    return [
        {
            "path": leaf.path,
            "value": leaf.value,
            "layer": leaf.layer,
            "where": str(leaf.mark),
            "hid": [{"value": value, "where": str(mark)} for value, mark in leaf.hid],
        }
        for leaf in profile.leaves
    ]


def _leaf(leaf: Leaf, width: int) -> list[str]:
    lines = [f"  {leaf.path:<{width}}  {_short(leaf.value)}  ({leaf.mark})"]
    return lines + [f"  {'':<{width}}  hides {_short(value)}  ({mark})" for value, mark in leaf.hid]


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"


def changes(dossier: Dossier) -> Iterator[str]:
    """One line for each value that a profile gave or changed."""
    for name in ("term", "next_term", "congress", "theme"):
        settled = getattr(dossier, name)
        if settled is not None and settled.origin.kind is OriginKind.PROFILE:
            before = ", ".join(_short(value) for value, _ in settled.hidden) or "—"
            yield _line(name, before, _short(settled.value), settled.origin)
    for key, origin in dossier.origins.items():
        if origin.kind is OriginKind.PROFILE:
            yield _line(key, "", _value_of(dossier, key), origin)
    for settled in dossier.quantities:
        if settled.origin.kind is OriginKind.PROFILE:
            yield _line(settled.value.id, _before(settled), _quantity(settled.value), settled.origin)
    for field in LISTS:
        for settled in getattr(dossier, field):
            if settled.origin.kind is OriginKind.PROFILE:
                yield _line(field, _before(settled), _text(settled.value), settled.origin)


def _line(what: str, before: str, after: str, origin: Origin) -> str:
    shown = f"{before} → {after}" if before else after
    return f"{what}: {shown}  ({origin.ref}: {origin.reason})"


def _value_of(dossier: Dossier, key: str) -> str:
    value: Any = dossier
    for part in key.split("."):
        value = getattr(value, part)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _before(settled: Settled[Any]) -> str:
    return _text(settled.hidden[0][0]) if settled.hidden else "—"


def _text(value: Quantity | Person | CitedDocument | Statement) -> str:
    if isinstance(value, Quantity):
        return f"“{value.quote.text}”"
    if isinstance(value, Person):
        return f"{value.name} ({', '.join(value.roles)})"
    if isinstance(value, CitedDocument):
        return f"{value.type} {value.number or ''}".strip()
    return _short(value.text)


def _quantity(quantity: Quantity) -> str:
    amount = quantity.amount
    shown = str(amount.value) if amount.value is not None else f"{amount.low}–{amount.high}"
    whole = f"/{amount.of}" if amount.of is not None else ""
    told = [quantity.label, quantity.role.value, quantity.period, quantity.place]
    return f"{amount.bound} {shown}{whole} {amount.unit} [{' · '.join(part for part in told if part)}]"
