"""A brief's page as typst markup: the same words in a template of the same parts (masthead, cards, table, lists, notes)."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "br", "link", "rect", "img"}
DROPPED = {"head", "svg", "style", "script"}
BLOCKS = {
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "td",
    "th",
    "tr",
    "thead",
    "tbody",
    "table",
    "ul",
    "ol",
    "section",
    "div",
    "main",
    "header",
}
SPECIAL = "\\#$*_`<>@[]~/"
TEMPLATE = Path(__file__).with_name("brief.typ")


class _Node:
    def __init__(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tag, self.attributes, self.inside = tag, attributes, []  # type: ignore[var-annotated]

    @property
    def classes(self) -> list[str]:
        return (self.attributes.get("class") or "").split()

    def of(self, tag: str) -> list[_Node]:
        """Descendants of one tag, in order."""
        found = []
        for child in self.inside:
            if isinstance(child, _Node):
                found += [child] * (child.tag == tag) + child.of(tag)
        return found


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = _Node("root", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, dict(attrs))
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:  # the parser reports <rect/> as opened and closed
            return
        while len(self.open) > 1 and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def markup(page: str) -> str:
    """The whole document, template included."""
    tree = _Tree()
    tree.feed(page)
    title = "".join(part for node in tree.root.of("title")[:1] for part in node.inside if isinstance(part, str))
    head = f"#set document(title: {_string(title)}, date: datetime(year: 2025, month: 1, day: 1))\n"
    return head + TEMPLATE.read_text("utf-8") + "\n" + _blocks(tree.root)


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    return "".join("\\" + char if char in SPECIAL else char for char in text.replace("\n", " "))


def _line(node: _Node) -> str:
    """Everything inside as one run of text."""
    parts = []
    for child in node.inside:
        if isinstance(child, str):
            parts.append(_escaped(child))
        elif child.tag == "sup":
            parts.append(f"#super[{_line(child)}]")
        elif child.tag == "br":
            parts.append(" \\ ")
        elif child.tag not in DROPPED:
            parts.append((" " if child.tag in BLOCKS else "") + _line(child))
    return "".join(parts).strip(" ") if node.tag in BLOCKS else "".join(parts)


def _blocks(node: _Node) -> str:
    made = []
    for child in node.inside:
        if isinstance(child, str) or child.tag in DROPPED:
            continue
        made.append(_block(child))
    return "\n".join(part for part in made if part)


def _block(node: _Node) -> str:
    if node.tag in ("h1", "h2", "h3"):
        return f"#heading(level: {node.tag[1]})[{_line(node)}]\n"
    if node.tag == "p":
        return f"#par[{_line(node)}]\n"
    if node.tag == "table":
        return _table(node)
    if node.tag == "ul" and "key" in node.classes:
        return f"#cards({', '.join(f'[{_line(card)}]' for card in node.inside if isinstance(card, _Node))})\n"
    if node.tag in ("ul", "ol"):
        kind = "enum" if node.tag == "ol" else "list"
        items = ", ".join(f"[{_line(item)}]" for item in node.inside if isinstance(item, _Node))
        listed = f"#{kind}({items})\n"
        return f"#columns(2)[{listed}]\n" if len(node.inside) > 12 else listed
    return _blocks(node)


def _table(node: _Node) -> str:
    rows = node.of("tr")
    width = max(len([c for c in row.inside if isinstance(c, _Node)]) for row in rows)
    head = [cell for row in rows[:1] for cell in row.of("th")]
    cells = []
    for row in rows[1:]:
        for cell in row.inside:
            if isinstance(cell, _Node):
                span = cell.attributes.get("rowspan") or "1"
                cells.append(f"table.cell(rowspan: {span})[{_line(cell)}]")
    heading = f"table.header({', '.join(f'[{_line(cell)}]' for cell in head)})"
    return f"#table(columns: {width}, {heading}, {', '.join(cells)})\n"
