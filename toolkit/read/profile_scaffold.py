"""Writes the beginning of a profile from what was extracted: everything commented out, every figure ready to correct.

A scaffold changes nothing until a person takes a ``#`` away; a line whose ``reason`` is still ``…`` is refused by the check.  On a
later run only facts that the file does not mention are offered, to be put at its end by whoever asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from toolkit.model.context import Locality, Report, Role
from toolkit.model.fact import FactSheet, Quantity
from toolkit.model.vietnamese import slug

SCHEMA_LINE = "# yaml-language-server: $schema=profile.schema.json"
_PLAIN = re.compile(r"[a-z][a-z0-9.-]*\Z")
_WORDS_OF_YAML = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_MANY = 40
"""Entries of one list in a scaffold at most; a report with more says how many were left out."""


def scaffold(sheets: Sequence[FactSheet], existing: str = "") -> str:
    """YAML for the profile of the locality that ``sheets`` report on.

    ``existing`` is the text of the profile that is already there: then only what it does not mention is returned, as lines to put
    at its end; an empty string when there is nothing new.
    """
    if existing:
        return _additions(sheets, existing)
    parts = [_head(sheets), _times(sheets), _display(), _facts(list(_quantities(sheets)), "facts:")]
    parts += [_entries(sheets), _lists(sheets)]
    return "\n".join(part for part in parts if part) + "\n"


def scaffold_name(sheets: Sequence[FactSheet]) -> str:
    """The file name for a scaffold: ``ha-dinh.yaml``."""
    place = _place(sheets)
    return f"{(place.slug or slug(place.name)) if place else 'dia-phuong'}.yaml"


def quoted(text: str) -> str:
    """A text as YAML takes it in one line, whatever it holds; ids stay bare."""
    if _PLAIN.match(text) and text not in _WORDS_OF_YAML:
        return text
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _place(sheets: Sequence[FactSheet]) -> Locality | None:
    return next((sheet.locality for sheet in sheets if sheet.locality), None)


def _head(sheets: Sequence[FactSheet]) -> str:
    place = _place(sheets)
    name = place.name if place else "…"
    level = f"{place.level} " if place and place.level else ""
    lines = [
        SCHEMA_LINE,
        f"# Hồ sơ của {level}{name}. Bỏ dấu # ở những dòng muốn dùng, ghi lý do vào reason.",
        "# Mọi khóa: README.md.",
    ]
    lines += ["", "locality:", f"  name: {quoted(name)}"]
    lines += [f"  level: {place.level}"] if place and place.level else ["  # level: phường"]
    parents = f"[{', '.join(quoted(parent) for parent in place.parents)}]" if place and place.parents else "[…]"
    lines += [f"  # parents: {parents}", "  # predecessors: […]", '  # reason: "…"']
    paths = ", ".join(quoted(_short(sheet.source.path)) for sheet in sheets)
    return "\n".join([*lines, "", f"# sources: [{paths}]"])


def _short(path: str) -> str:
    """The end of a path, as ``sources`` compares it: ``seeds/ha-dinh-2020.txt``."""
    parts = [part for part in PurePath(path).parts if part not in ("/", ".", "..")]
    return "/".join(parts[-2:])


def _times(sheets: Sequence[FactSheet]) -> str:
    """Term, report, congress, theme as the sources have them, each ready to settle."""
    first = sheets[0]
    report = next((s.report for s in sheets if s.report is not Report.OTHER), first.report)
    rows: list[tuple[str, str | int | None, str]] = [
        ("term", _first(s.term for s in sheets) or _first(s.inferred_term for s in sheets), "2020-2025"),
        ("report", report.value, ""),
        ("congress", _first(s.congress for s in sheets), "22"),
        ("next_term", _first(s.next_term for s in sheets) or _first(s.inferred_next_term for s in sheets), "2025-2030"),
    ]
    if report is Report.ANNUAL:
        rows.insert(1, ("year", _first(s.year for s in sheets), "2022"))
    lines = []
    for key, value, example in rows:
        said = "" if value is not None else "   # nguồn không nêu"
        lines.append(f'# {key}: {{value: {value if value is not None else example}, reason: "…"}}{said}')
    theme = _first(s.theme.text if s.theme else None for s in sheets)
    if theme:
        lines.append(f'# theme: {{value: {quoted(str(theme))}, reason: "…"}}')
    return "\n".join(["", *lines])


def _first(values: Iterable[str | int | None]) -> str | int | None:
    return next((value for value in values if value is not None), None)


def _display() -> str:
    lines = ["", "# display:", "#   length: standard        # one-page, standard, full", '#   colour: "#9b1c1c"']
    lines += ["#   issuer: …", "#   signer: {authority: …, position: …, name: …}"]
    return "\n".join(lines)


def _quantities(sheets: Sequence[FactSheet]) -> Iterator[tuple[FactSheet, Quantity]]:
    return ((sheet, quantity) for sheet in sheets for quantity in sheet.quantities)


def _facts(found: Sequence[tuple[FactSheet, Quantity]], head: str) -> str:
    if not found:
        return ""
    lines = ["", "# Số liệu trong nguồn: giữ dòng cần sửa, ghi số đúng vào value.", f"# {head}"]
    for sheet, quantity in found[:_MANY]:
        lines += _fact(sheet, quantity)
    if len(found) > _MANY:
        lines.append(f"#   … và {len(found) - _MANY} số liệu khác: nhiemky extract")
    return "\n".join(lines)


def _fact(sheet: FactSheet, quantity: Quantity) -> list[str]:
    line, column = sheet.source.line_column(quantity.quote.start)
    what = [quantity.label, *([quantity.period] if quantity.period else []), *([quantity.place] if quantity.place else [])]
    role = "" if quantity.role is Role.RESULT else f", {quantity.role}"
    written = quoted(quantity.quote.text)
    lines = [f"#   # {' · '.join(what)}{role} ({_short(sheet.source.path)}:{line}:{column})"]
    if quantity.review and quantity.why:
        lines.append(f"#   # cần xem lại: {quantity.why}")
    return [
        *lines,
        f"#   - correct: {quoted(quantity.id)}",
        f"#     was: {written}",
        f"#     value: {written}",
        '#     reason: "…"',
    ]


def _entries(sheets: Sequence[FactSheet]) -> str:
    """People and documents by name and number."""
    people = {person.name: person for sheet in sheets for person in sheet.people}
    documents = {d.number: d for sheet in sheets for d in sheet.documents if d.number}
    lines = []
    if people:
        lines += ["", "# people:"]
        for name, person in people.items():
            roles = ", ".join(quoted(role) for role in person.roles if role)
            lines += [f"#   - correct: {quoted(name)}", f"#     roles: [{roles}]", '#     reason: "…"']
    if documents:
        lines += ["", "# documents:"]
        for number, document in documents.items():
            lines += [f"#   - correct: {quoted(number)}", f"#     number: {quoted(number)}", f"#     type: {quoted(document.type)}"]
            lines += ['#     reason: "…"']
    return "\n".join(lines)


def _lists(sheets: Sequence[FactSheet]) -> str:
    """Statements, each to be hidden by its beginning."""
    lines = []
    for field in ("awards", "limitations", "lessons", "next_tasks", "initiatives"):
        statements = [statement for sheet in sheets for statement in getattr(sheet, field)]
        if statements:
            lines += ["", f"# {field}:"]
        for statement in statements[:_MANY]:
            beginning = " ".join(statement.text.split()[:12])
            lines += [f"#   - hide: {quoted(beginning)}", '#     reason: "…"']
        if len(statements) > _MANY:
            lines.append(f"#   … và {len(statements) - _MANY} mục khác: nhiemky extract")
    return "\n".join(lines)


def _additions(sheets: Sequence[FactSheet], existing: str) -> str:
    """Facts whose id the file does not name, in a comment or not."""
    named = set(re.findall(r"[^\s\"'\[\]{},]+", existing))
    new = [(sheet, quantity) for sheet, quantity in _quantities(sheets) if quantity.id not in named]
    return _facts(new, "facts (mới; chép vào dưới facts):").lstrip("\n") + "\n" if new else ""
