"""The look of an office: ``word/reference.docx`` in its folder of templates, whose styles, page and theme take the place of ours.

Any Word file will do; its text is not read.  ``word/an-pham.docx`` counts for one house style alone, and only a file of its own
(``word/dang.docx``) changes an official form, whose look is a rule and not a taste.  Styles are matched by their names, since Word
gives them other ids in every language; a style that the file does not have is taken from the house, so that an office brings what
it cares for and nothing more.  A name that is nearly one of ours is a fault: it would be left unused in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.errors import Issue, Severity, TemplateError
from toolkit.render.docx_styles import family_styles, group_of, property_of
from toolkit.render.docx_text import element
from toolkit.styles import names, style

FOLDER = "word"
COMMON = "reference"
LARGEST = 20_000_000
"""Bytes of a reference document; one with pictures is no template."""

_NEAR = 84
"""Likeness of two names from which on one is taken for the other misspelt."""


@dataclass(frozen=True)
class Reference:
    """What is taken from an office's file: elements and bytes of its parts, and the shape of its first page."""

    path: Path
    styles: Any
    numbering: Any | None
    theme: bytes | None
    page: Any


def reference(templates: Path | None, house_style: str) -> Reference | None:
    """The office's file for a house style, read; None where there is none.

    Raises ``TemplateError`` when it cannot be read as a Word file, or with all names that look like one of ours misspelt.
    """
    wanted = (house_style,) if style(house_style).official else (house_style, COMMON)
    path = next((path for path in _files(templates) if path.stem in wanted), None)
    if path is None:
        return None
    found = _read(path)
    issues = tuple(_misspelt(found))
    if issues:
        raise TemplateError(
            f"{len(issues)} misspelt style name(s) in the reference document",
            where=str(path),
            remedy="rename them in Word (Styles, Modify), or start from a document that nhiemky wrote",
            issues=issues,
        )
    return found


def check_references(templates: Path | None) -> tuple[Issue, ...]:
    """All faults of the office's Word files, as ``nhiemky template check`` shows them."""
    issues: list[Issue] = []
    for path in _files(templates):
        if path.stem not in (*names(), COMMON):
            remedy = f"name it {COMMON}.docx, or after a house style: {', '.join(names())}"
            issues.append(
                Issue("template-unused", "no Word document takes its look from this file", where=str(path), remedy=remedy)
            )
            continue
        try:
            issues += _misspelt(_read(path))
        except TemplateError as error:
            issues.append(Issue("template-word", error.what, Severity.ERROR, error.where, error.remedy))
    return tuple(issues)


def is_word(name: str) -> bool:
    """Whether a file of a folder of templates (``word/reference.docx``) is looked after here."""
    return name.startswith(f"{FOLDER}/") and name.endswith(".docx")


def _files(templates: Path | None) -> list[Path]:
    """Word files of a folder of templates, those of one style before the common one; links that lead out are not followed."""
    if templates is None or not (templates / FOLDER).is_dir():
        return []
    root = templates.resolve()
    inside = [path for path in sorted((templates / FOLDER).glob("*.docx")) if path.resolve().is_relative_to(root)]
    return sorted((path for path in inside if not path.name.startswith("~")), key=lambda path: path.stem == COMMON)


def _read(path: Path) -> Reference:
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE as RELATION

    try:
        if path.stat().st_size > LARGEST:
            raise _unfit(path, "the reference document is larger than 20 MB", "take its pictures and text out")
        document = Document(str(path))
        part = document.part
        styles = part.part_related_by(RELATION.STYLES)._element
        page = document.sections[0]._sectPr
    except TemplateError:
        raise
    except Exception as error:  # python-docx, zipfile and lxml each have their own
        raise _unfit(path, "the reference document cannot be read as a Word file", "save it in Word again, as .docx") from error
    related = {relation.reltype: relation.target_part for relation in part.rels.values() if not relation.is_external}
    numbering, theme = related.get(RELATION.NUMBERING), related.get(RELATION.THEME)
    return Reference(path, styles, getattr(numbering, "_element", None), theme.blob if theme else None, page)


def _unfit(path: Path, what: str, remedy: str) -> TemplateError:
    return TemplateError(what, where=str(path), remedy=remedy)


def _misspelt(found: Reference) -> Iterator[Issue]:
    """Names of the office's styles that are nearly one of ours which the file lacks."""
    from rapidfuzz import process

    ours = {_name(one).casefold(): _name(one) for name in names() for one in _all(family_styles(name)) if _own(one)}
    theirs = {_name(one).casefold(): _name(one) for one in _all(found.styles) if _own(one)}
    lacking = [key for key in ours if key not in theirs]
    for key, name in theirs.items():
        near = None if key in ours else process.extractOne(key, lacking, score_cutoff=_NEAR)
        if near:
            remedy = f"did you mean {ours[near[0]]!r}?"
            yield Issue("template-word-style", f"no style is called {name!r}", Severity.ERROR, str(found.path), remedy)


def _own(one: Any) -> bool:
    """Whether somebody made the style: Word's own names come in many neighbours, heading 1 and heading 2."""
    from docx.oxml.ns import qn

    return bool(one.get(qn("w:customStyle")) == "1")


def _all(styles: Any) -> list[Any]:
    return list(styles.findall("{*}style"))


def _name(one: Any) -> str:
    from docx.oxml.ns import qn

    return str(one.find(qn("w:name")).get(qn("w:val")))


# ---------------------------------------------------------------- taking the look over


def dress(document: Any, found: Reference) -> None:
    """Give an empty document of ours the office's styles, list numbers, theme and page."""
    from docx.opc.constants import RELATIONSHIP_TYPE as RELATION

    part = document.part
    ours = part.part_related_by(RELATION.STYLES)
    numbering = part.part_related_by(RELATION.NUMBERING)
    theirs, their_numbers = deepcopy(found.styles), deepcopy(found.numbering)
    changed = _rename(theirs, ours._element)
    if their_numbers is not None:
        _refer(their_numbers, ("pStyle", "styleLink", "numStyleLink"), changed)
    has = {_id(one) for one in _all(theirs)}
    added = [deepcopy(one) for one in _all(ours._element) if _id(one) not in has]
    theirs.extend(added)
    if their_numbers is not None:
        numbering._element = _numbers(theirs, {_id(one) for one in added}, their_numbers, numbering._element)
    ours._element = theirs
    if found.theme is not None:
        part.part_related_by(RELATION.THEME)._blob = found.theme
    _page(document.sections[0]._sectPr, found.page)


def _id(one: Any) -> str:
    from docx.oxml.ns import qn

    return str(one.get(qn("w:styleId")))


def _rename(theirs: Any, ours: Any) -> Mapping[str, str]:
    """Give the office's styles our ids and names, those of the same name; returns the old ids with the new ones."""
    from docx.oxml.ns import qn

    wanted = {(one.get(qn("w:type")), _name(one).casefold()): one for one in _all(ours)}
    taken = {_id(one) for one in _all(ours)}
    changed: dict[str, str] = {}
    for one in _all(theirs):
        old = _id(one)
        own = wanted.get((one.get(qn("w:type")), _name(one).casefold()))
        new = _id(own) if own is not None else f"{old}_" if old in taken else old
        changed[old] = new
        one.set(qn("w:styleId"), new)
        if own is not None:
            one.find(qn("w:name")).set(qn("w:val"), _name(own))
    _refer(theirs, ("basedOn", "next", "link"), changed)
    return changed


def _refer(root: Any, tags: tuple[str, ...], changed: Mapping[str, str]) -> None:
    from docx.oxml.ns import qn

    for tag in tags:
        for node in root.iter(qn(f"w:{tag}")):
            node.set(qn("w:val"), changed.get(node.get(qn("w:val")), node.get(qn("w:val"))))


def _numbers(styles: Any, added: set[str], theirs: Any, ours: Any) -> Any:
    """The office's list numbers and, for our lists that it does not count itself, ours beside them."""
    from docx.oxml.ns import qn

    by_id = {_id(one): one for one in _all(styles)}
    lists = {node.get(qn("w:abstractNumId")): node for node in ours.findall(qn("w:abstractNum"))}
    known = {node.get(qn("w:numId")) for node in theirs.findall(qn("w:num"))}
    next_list = 1 + max((int(node.get(qn("w:abstractNumId"))) for node in theirs.findall(qn("w:abstractNum"))), default=-1)
    next_number = 1 + max((int(number) for number in known), default=0)
    for shift, number in enumerate(ours.findall(qn("w:num"))):
        made = deepcopy(lists[number.find(qn("w:abstractNumId")).get(qn("w:val"))])
        counted_by = by_id[made.find(f".//{qn('w:pStyle')}").get(qn("w:val"))]
        own = counted_by.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if _id(counted_by) not in added and own is not None and own.get(qn("w:val")) in known:
            continue
        made.set(qn("w:abstractNumId"), str(next_list + shift))
        theirs.insert(len(theirs.findall(qn("w:abstractNum"))), made)
        counted = element("num", numId=next_number + shift)
        counted.append(element("abstractNumId", val=next_list + shift))
        theirs.append(counted)
        _count_by(counted_by, next_number + shift)
    return theirs


def _count_by(one: Any, number: int) -> None:
    numbers = property_of(group_of(one, "pPr", before="rPr"), "numPr")
    for old in list(numbers):
        numbers.remove(old)
    numbers.append(element("numId", val=number))


def _page(own: Any, given: Any) -> None:
    """The office's paper and margins in place of ours."""
    from docx.oxml.ns import qn

    for tag in ("pgSz", "pgMar"):
        new, old = given.find(qn(f"w:{tag}")), own.find(qn(f"w:{tag}"))
        if new is not None and old is not None:
            own.replace(old, deepcopy(new))
