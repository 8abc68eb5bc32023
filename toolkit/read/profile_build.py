"""From the merged tree of a profile to the ``Profile`` that merging uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any, TypeVar

from toolkit.model.amount import Amount
from toolkit.model.context import Level, Report, Role, Sector
from toolkit.model.profile import (
    EntryRule,
    FactRule,
    Given,
    GivenLocality,
    Leaf,
    Op,
    Profile,
    Selector,
    SentenceRule,
)
from toolkit.model.text import Quote
from toolkit.read.profile_text import from_roman, span_of, to_date
from toolkit.read.profile_yaml import Node

T = TypeVar("T")
ReadAmount = Callable[[str], Amount | None]

ENTRY_LISTS = ("people", "documents", "awards", "limitations", "lessons", "next_tasks", "initiatives")
_FACT_OPS = (Op.SET, Op.ADD, Op.CORRECT, Op.HIDE)
_ENTRY_OPS = (Op.ADD, Op.CORRECT, Op.HIDE)


class Builder:
    """Builds one profile; ``texts`` are the files by their shown names, for quotes of what a profile itself says."""

    def __init__(self, texts: Mapping[str, str], read_amount: ReadAmount | None) -> None:
        self.texts = texts
        self.read_amount = read_amount

    def profile(self, tree: Node, *, name: str, file: str, slug: str, when: str | None, layers: tuple[str, ...]) -> Profile:
        """The profile of a tree whose form and rules were checked."""
        return Profile(
            name=name,
            file=file,
            slug=slug,
            when=when,
            layers=layers,
            locality=self.locality(tree),
            sources=_texts(tree.get("sources")) or (),
            term=self.given(tree, "term", _term),
            next_term=self.given(tree, "next_term", _term),
            year=self.given(tree, "year", str),
            report=self.given(tree, "report", Report),
            congress=self.given(tree, "congress", _ordinal),
            theme=self.given(tree, "theme", str),
            date=self.given(tree, "date", _iso),
            title=_plain_given(tree.get("title")),
            display=_display(tree.get("display")),
            wording=_wording(tree),
            highlight=_texts(tree.get("highlight")) or (),
            facts=tuple(self.fact(item) for item in _items(tree, "facts")),
            sentences=tuple(_sentence(item) for item in _items(tree, "sentences")),
            entries={field: tuple(self.entry(item) for item in _items(tree, field)) for field in ENTRY_LISTS if tree.get(field)},
            distribution=_distribution(tree.get("distribution")),
            leaves=tuple(leaves(tree)),
        )

    def locality(self, tree: Node) -> GivenLocality:
        block = tree.get("locality")
        if block is None:
            return GivenLocality()
        level = _text(block, "level")
        return GivenLocality(
            name=_text(block, "name"),
            level=Level(level) if level else None,
            parents=_texts(block.get("parents")),
            predecessors=_texts(block.get("predecessors")),
            code=_text(block, "code"),
            reason=_text(block, "reason") or "",
            source=_text(block, "source") or "",
            marks={key: node.mark for key, node in block.value.items()},
        )

    @staticmethod
    def given(tree: Node, key: str, read: Callable[[Any], T]) -> Given[T] | None:
        node = tree.get(key)
        if node is None:
            return None
        value = node.value["value"]
        return Given(read(value.value), _text(node, "reason") or "", value.mark, _text(node, "source") or "")

    def fact(self, item: Node) -> FactRule:
        op = next(one for one in _FACT_OPS if one.value in item.value)
        role, sector, value = _text(item, "role"), _text(item, "sector"), item.get("value")
        return FactRule(
            op=op,
            target=_selector(item.value[op.value]),
            mark=item.mark,
            reason=_text(item, "reason") or "",
            source=_text(item, "source") or "",
            value=str(value.value) if value is not None else None,
            amount=self.amount(_text(item, "value")),
            quote=self.quote(value) if value is not None else None,
            was=_text(item, "was"),
            was_amount=self.amount(_text(item, "was")),
            id=_text(item, "id"),
            label=_text(item, "label"),
            role=Role(role) if role else None,
            period=_period(_text(item, "period")),
            sector=Sector(sector) if sector else None,
            place=_text(item, "place"),
        )

    def entry(self, item: Node) -> EntryRule:
        op = next(one for one in _ENTRY_OPS if one.value in item.value)
        target = item.value[op.value]
        skip = (op.value, "reason", "source")
        fields = {key: _field(key, node) for key, node in item.value.items() if key not in skip}
        reason, source = _text(item, "reason") or "", _text(item, "source") or ""
        return EntryRule(op, str(target.value), item.mark, reason, source, self.quote(target), fields)

    def amount(self, text: str | None) -> Amount | None:
        return self.read_amount(text) if text is not None and self.read_amount is not None else None

    def quote(self, node: Node) -> Quote:
        """The scalar as it stands in its file, without its quotes where the text between them is the value itself."""
        text = self.texts.get(node.mark.file, "")
        start, end = node.start, node.end
        if text[start + 1 : end - 1] == str(node.value):
            start, end = start + 1, end - 1
        return Quote(node.mark.file, start, end, text[start:end])


def leaves(tree: Node, path: str = "") -> list[Leaf]:
    """Every value of the merged tree with its layer, its place, and what it hid; paths as ``facts[2].value``."""
    found: list[Leaf] = []
    if isinstance(tree.value, dict):
        for key, node in tree.value.items():
            found += leaves(node, f"{path}.{key}" if path else key)
    elif isinstance(tree.value, list):
        for i, node in enumerate(tree.value):
            found += leaves(node, f"{path}[{i}]")
    else:
        return [Leaf(path, tree.value, tree.layer, tree.mark, tree.hid)]
    if tree.hid:  # a block or list as a whole took the place of another
        found.append(Leaf(path, tree.plain(), tree.layer, tree.mark, tree.hid))
    return found


# --- single values ----------------------------------------------------------------------------------------------------------


def _text(node: Node, key: str) -> str | None:
    child = node.get(key)
    return str(child.value) if child is not None else None


def _texts(node: Node | None) -> tuple[str, ...] | None:
    return tuple(str(item.value) for item in node.value) if node is not None else None


def _items(tree: Node, key: str) -> list[Node]:
    node = tree.get(key)
    return list(node.value) if node is not None else []


def _term(value: object) -> str:
    span = span_of(str(value))
    assert span is not None
    return f"{span[0]}-{span[1]}"


def _period(value: str | None) -> str | None:
    span = span_of(value) if value else None
    return f"{span[0]}-{span[1]}" if span else value


def _ordinal(value: object) -> int:
    number = value if isinstance(value, int) else from_roman(str(value))
    assert number is not None
    return number


def _iso(value: object) -> str:
    day = to_date(str(value))
    assert day is not None
    return day.isoformat()


def _plain_given(node: Node | None) -> Given[str] | None:
    return Given(str(node.value), "", node.mark) if node is not None else None


def _selector(node: Node) -> Selector:
    if not isinstance(node.value, dict):
        return Selector(name=str(node.value))
    sector, role = _text(node, "sector"), _text(node, "role")
    return Selector(
        id=_text(node, "id"),
        label=_text(node, "label"),
        quote=_text(node, "quote"),
        sector=Sector(sector) if sector else None,
        period=_period(_text(node, "period")),
        role=Role(role) if role else None,
        place=_text(node, "place"),
    )


def _sentence(item: Node) -> SentenceRule:
    op = Op.KEEP if "keep" in item.value else Op.DROP
    return SentenceRule(op, str(item.value[op.value].value), item.mark, _text(item, "reason") or "")


def _field(key: str, node: Node) -> str | tuple[str, ...]:
    if isinstance(node.value, list):
        return tuple(str(item.value) for item in node.value)
    return _iso(node.value) if key == "date" else str(node.value)


def _display(node: Node | None) -> dict[str, object]:
    """The wishes as written; the logo as a path from where the profiles were read."""
    if node is None:
        return {}
    shown = dict(node.plain())
    logo = node.get("logo")
    if logo is not None:
        shown["logo"] = (PurePath(logo.mark.file).parent / str(logo.value)).as_posix()
    return shown


def _wording(tree: Node) -> dict[str, str]:
    """Words of the profile; other titles of sections are words of the standard brief too."""
    titles, words = tree.get("display", "titles"), tree.get("wording")
    merged = dict(titles.plain()) if titles is not None else {}
    return {**merged, **(words.plain() if words is not None else {})}


def _distribution(node: Node | None) -> dict[str, tuple[Mapping[str, str], ...]]:
    if node is None:
        return {}
    return {name: tuple(item.plain() for item in child.value) for name, child in node.value.items()}
