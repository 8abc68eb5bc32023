"""The laid out boxes of all pages as one logical tree.

WeasyPrint splits an element over pages and columns into boxes that share the element, and wraps boxes without a meaning around
lines and columns that carry the element of their parent.  So one rule joins them all: one node for one element (and
pseudo-element), whichever box comes first; a node enters the tree when it gets its first content, so nothing empty stands in it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from toolkit.render.finish.marks import Marks
from toolkit.render.finish.roles import BLOCKS, GROUPS, INLINES, NUMBERING, SVG, TABLE_PARTS

LOGGER = logging.getLogger("weasyprint")
"""Faults in a document are told where WeasyPrint tells its own."""

PX_TO_PT = 0.75


@dataclass(eq=False, slots=True)
class Node:
    """One structure element.  ``kids`` are nodes, ``(page, mcid)`` of marked content, or link annotations with their page."""

    role: str
    parent: Node | None = None
    lang: str = ""
    """The language in force inside, whether it is said here or around."""
    words: str = ""
    """What stands for a figure, what a link is called."""
    kids: list[Node | tuple[int, int] | Annotation] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)
    implicit: bool = False
    """A paragraph or item that no element asked for, made because text needs one."""
    attached: bool = False
    element: Any = None
    item: Node | None = None
    """Of a list made of terms and descriptions: the item that is open."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link's annotation, as WeasyPrint made it."""

    page: int
    dictionary: Any


@dataclass(frozen=True, slots=True)
class Tree:
    """The root, and the marked content of each page that is to be read by no one: ``{page: {mcid: kind}}``."""

    root: Node
    artifacts: dict[int, dict[int, str]]


def build_tree(document: Any, marks: Marks) -> Tree:
    """The logical tree of a painted document."""
    builder = _Builder(marks)
    for index, page in enumerate(document.pages):
        builder.page, builder.height = index, page.height
        builder.walk(page._page_box, builder.root)
    return Tree(builder.root, builder.artifacts)


class _Builder:
    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.root = Node("Document", attached=True)
        self.nodes: dict[tuple[int, str], Node] = {}
        self.artifacts: dict[int, dict[int, str]] = {}
        self.page = 0
        self.height = 0.0

    def walk(self, box: Any, node: Node) -> None:
        """Add a box and all below it to the node that stands for the element around it."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            self._content(box, node)
            return
        if isinstance(box, boxes.MarginBox):
            self._hide(box, "/Pagination")
            return
        if box.element is not None:
            key = (id(box.element), box.element_tag)
            known = self.nodes.get(key)
            if known is not None and (getattr(box, "is_header", False) or getattr(box, "is_footer", False)):
                self._hide(box, "/Pagination")  # the head of a table, said again where it goes on
                return
            if known is None and _decorative(box):
                self._hide(box, "/Layout")
                return
            node = known or self.nodes.setdefault(key, self._new(box, node))
        if box.link_annotation is not None:
            node = self._link(box, node)
        if isinstance(box, boxes.ReplacedBox):
            self._figure(box, node)
        for child in box.children:
            self.walk(child, node)

    def _new(self, box: Any, parent: Node) -> Node:
        """The node of an element that is met for the first time; ``parent`` itself when the element is seen through."""
        tag = box.element_tag
        if "::" in tag:
            return _label(parent, box) if tag in ("li::marker", "li::before") else parent
        lang = box.element.get("lang") or parent.lang
        if tag == "html":
            parent.lang = lang
            return parent
        if tag in ("li", "dt", "dd"):
            return self._item(tag, box, parent, lang)
        role = BLOCKS.get(tag)
        if role is None:
            role = INLINES.get(tag) or ("Span" if lang != parent.lang or tag == "abbr" else "")
            if not role:
                return parent
            parent = _paragraph(parent) if parent.role in GROUPS else parent
        elif parent.role == "L" and role not in ("L", "Caption"):
            return parent  # such as a div around a term and its description
        node = Node(role, parent, lang, element=box.element)
        if role in TABLE_PARTS:
            _cell_spans(box, node)
            self._attach(node)
        if tag == "abbr" and box.element.get("title"):
            node.attributes["E"] = box.element.get("title")
        return node

    def _item(self, tag: str, box: Any, parent: Node, lang: str) -> Node:
        """The part of a list item that takes an element's content: a term is the label, everything else the body."""
        if parent.role != "L":
            parent = Node("L", parent, parent.lang, implicit=True)
        item = parent.item
        if tag == "li" or item is None or (tag == "dt" and any(isinstance(k, Node) and k.role == "LBody" for k in item.kids)):
            item = parent.item = Node("LI", parent, lang, element=box.element)
        return Node("Lbl" if tag == "dt" else "LBody", item, lang)

    def _link(self, box: Any, node: Node) -> Node:
        """The node for what stands in a box that is a link, or part of one: every fragment has an annotation of its own."""
        link: Node | None = node
        while link is not None and link.role != "Link":
            link = link.parent
        if link is None:
            parent = _paragraph(node) if node.role in GROUPS else node
            node = link = Node("Link", parent, node.lang, _words(box.element))
            self.nodes[id(box.element), box.element_tag] = link
        link.kids.append(Annotation(self.page, box.link_annotation))
        self._attach(link)
        return node

    def _figure(self, box: Any, node: Node) -> None:
        words = _alternative(box.element)
        if not words:
            LOGGER.error(
                "An image has no words for those who cannot see it: %s", box.element.get("src", box.element.tag.rpartition("}")[2])
            )
        x, y = box.content_box_x(), box.content_box_y()
        corners = (x, self.height - y - box.height, x + box.width, self.height - y)
        figure = Node("Figure", node, node.lang, words)
        figure.attributes["BBox"] = tuple(round(value * PX_TO_PT, 3) for value in corners)
        self._content(box, figure)

    def _content(self, box: Any, node: Node) -> None:
        mark = self.marks.get(box)
        if mark is None:
            return
        if node.role in GROUPS:
            node = _paragraph(node)
        elif node.role == "L":
            node = self._item("li", box, node, node.lang)
        node.kids.append(mark)
        self._attach(node)

    def _attach(self, node: Node) -> None:
        """Put a node into the tree, behind what is there; a label before the body that it belongs to."""
        while not node.attached:
            node.attached = True
            assert node.parent is not None
            node.parent.kids.insert(0 if node.role == "Lbl" else len(node.parent.kids), node)
            node = node.parent

    def _hide(self, box: Any, kind: str) -> None:
        """All marked content of a box becomes an artifact.  A link inside stays with the link that is read."""
        if box in self.marks:
            page, mcid = self.marks[box]
            self.artifacts.setdefault(page, {})[mcid] = kind
        if box.link_annotation is not None:
            link = self.nodes.get((id(box.element), box.element_tag))
            if link is not None and link.role == "Link":
                link.kids.append(Annotation(self.page, box.link_annotation))
        for child in box.children:
            self._hide(child._box if isinstance(child, AbsolutePlaceholder) else child, kind)


def _paragraph(group: Node) -> Node:
    """The paragraph that holds the text of a group: the one begun last, or a new one."""
    last = group.kids[-1] if group.kids else None
    if isinstance(last, Node) and last.implicit and last.role == "P":
        return last
    return Node("P", group, group.lang, implicit=True)


def _label(body: Node, box: Any) -> Node:
    """The label of a list item: its marker, or what the style sheet puts before it instead of one."""
    if body.role != "LBody" or body.parent is None or body.parent.parent is None:
        return body
    entries = body.parent.parent
    style = box.style["list_style_type"]
    usual = "Decimal" if entries.element is not None and entries.element.tag == "ol" else "Disc"
    entries.attributes.setdefault("ListNumbering", "/" + (NUMBERING.get(style, usual) if isinstance(style, str) else usual))
    return Node("Lbl", body.parent, body.lang)


def _decorative(box: Any) -> bool:
    """Whether a box is there for the eye only: an image with empty words, or what ARIA hides, or an image of a style sheet."""
    if box.element is None:
        return False
    if isinstance(box, boxes.ReplacedBox):
        return "::" in box.element_tag or box.element.get("alt") == "" or _hidden(box.element)
    return "::" not in box.element_tag and _hidden(box.element)


def _hidden(element: Any) -> bool:
    return element.get("aria-hidden") == "true" or element.get("role") in ("presentation", "none")


def _alternative(element: Any) -> str:
    """The words that stand for an image."""
    if label := element.get("aria-label") or element.get("alt"):
        return str(label)
    title = element.find(SVG.replace("}svg", "}title")) if element.tag == SVG else None
    return (title.text or "").strip() if title is not None else ""


def _words(link: Any) -> str:
    """What a link is called: its label for assistive technology, its title, its own text, or the words of an image in it."""
    if said := link.get("aria-label") or link.get("title") or " ".join("".join(link.itertext()).split()):
        return str(said)
    return next((words for image in link.iter() if (words := _alternative(image))), "")


def _cell_spans(box: Any, node: Node) -> None:
    if node.role in ("TH", "TD"):
        if box.colspan != 1:
            node.attributes["ColSpan"] = box.colspan
        if box.rowspan != 1:
            node.attributes["RowSpan"] = box.rowspan
