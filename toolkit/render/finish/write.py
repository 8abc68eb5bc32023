"""The tree as structure elements, in place of those that WeasyPrint wrote."""

from __future__ import annotations

from typing import Any

import pydyf

from toolkit.render.finish.tree import Annotation, Node, Tree

OWNERS = {
    "ColSpan": "/Table",
    "RowSpan": "/Table",
    "Headers": "/Table",
    "Scope": "/Table",
    "ListNumbering": "/List",
    "BBox": "/Layout",
}
"""Which standard owns an attribute (ISO 32000-1, 14.8.5.2)."""


def object_of(pdf: Any, reference: bytes) -> Any:
    """The object that a reference names."""
    return pdf.objects[int(reference.split()[0])]


def write_tree(pdf: Any, tree: Tree, *, groups_rows: bool) -> None:
    """Replace WeasyPrint's structure by ``tree``, hide the artifacts, and name the links."""
    root = _forget_structure(pdf)
    writer = _Writer(pdf, root)
    document = writer.element(tree.root, root.reference)
    if "Namespaces" in root:
        document["NS"] = root["Namespaces"][0]
    root["K"] = pydyf.Array([document.reference])
    if not groups_rows:
        # PDF 1.4, which PDF/A-1 is, knows rows of tables and no groups of them (PDF/A-1, 6.8.3.4: map what is not standard).
        root["RoleMap"] = pydyf.Dictionary(dict.fromkeys(("THead", "TBody", "TFoot"), "/NonStruct"))
    writer.close()
    for page, hidden in tree.artifacts.items():
        _as_artifacts(object_of(pdf, object_of(pdf, pdf.page_references[page])["Contents"]).stream, hidden)


def _forget_structure(pdf: Any) -> Any:
    """Drop WeasyPrint's structure elements; they are the last objects but for the metadata, and nothing else refers to them."""
    root = object_of(pdf, pdf.catalog["StructTreeRoot"])
    first = object_of(pdf, root["ParentTree"]).number
    kept = [made for made in pdf.objects[first:] if made is not root and not _is_structure(made)]
    del pdf.objects[first:]
    renumbered = {}
    for made in (root, *kept):
        old = made.reference
        pdf.add_object(made)
        renumbered[old] = made.reference
    for name, value in pdf.catalog.items():
        if isinstance(value, bytes):
            pdf.catalog[name] = renumbered.get(value, value)
    if "Namespaces" in root:
        root["Namespaces"][:] = [renumbered[reference] for reference in root["Namespaces"]]
    return root


def _is_structure(made: Any) -> bool:
    return isinstance(made, dict) and (made.get("Type") in ("/StructElem", "/OBJR") or "Nums" in made)


class _Writer:
    def __init__(self, pdf: Any, root: Any) -> None:
        self.pdf = pdf
        self.root = root
        self.pages = pdf.page_references
        self.owners: list[dict[int, bytes]] = [{} for _ in self.pages]
        self.annotations: list[tuple[Any, bytes]] = []
        self.names: dict[str, bytes] = {}
        self.homes: dict[Node, int] = {}

    def element(self, node: Node, parent: bytes) -> Any:
        """Write a node and all below it."""
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.role}", "P": parent})
        self.pdf.add_object(element)
        home = _first_page(node)
        self._say(node, element)
        kids = pydyf.Array(self._kid(kid, element, home, node.words) for kid in node.kids)
        if kids:
            element["K"] = kids
        if home is None:  # an element without content of its own is where its first child is
            home = next((self.homes[kid] for kid in node.kids if isinstance(kid, Node) and kid in self.homes), None)
        if home is not None:
            self.homes[node] = home
            element["Pg"] = self.pages[home]
        return element

    def _kid(self, kid: Node | tuple[int, int] | Annotation, element: Any, home: int | None, words: str) -> Any:
        if isinstance(kid, Node):
            return self.element(kid, element.reference).reference
        if isinstance(kid, Annotation):
            if words:
                kid.dictionary["Contents"] = pydyf.String(words)  # WeasyPrint says the address, as "#n3"
            self.annotations.append((kid.dictionary, element.reference))
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.dictionary.reference, "Pg": self.pages[kid.page]})
        page, mcid = kid
        self.owners[page][mcid] = element.reference
        if page == home:
            return mcid
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self.pages[page], "MCID": mcid})

    def _say(self, node: Node, element: Any) -> None:
        """Language, words and attributes of an element."""
        if node.parent is not None and node.lang != node.parent.lang:
            element["Lang"] = pydyf.String(node.lang)
        if node.words and node.role == "Figure":
            element["Alt"] = pydyf.String(node.words)
        own: dict[str, Any] = {}
        for name, value in node.attributes.items():
            if name in OWNERS:
                own.setdefault(OWNERS[name], pydyf.Dictionary({"O": OWNERS[name]}))[name] = _value(value)
            else:
                element[name] = pydyf.String(value)
        if own:
            (element["A"],) = own.values()
        if "ID" in node.attributes:
            self.names[node.attributes["ID"]] = element.reference

    def close(self) -> None:
        """The ways back: from marked content and annotations to their elements, and from identifiers."""
        numbers = pydyf.Array()
        for page, owners in enumerate(self.owners):
            last = max(owners, default=-1)
            numbers += [page, pydyf.Array(owners.get(mcid, "null") for mcid in range(last + 1))]
        for key, (annotation, reference) in enumerate(self.annotations, len(self.pages)):
            annotation["StructParent"] = key
            numbers += [key, reference]
        parents = pydyf.Dictionary({"Nums": numbers})
        self.pdf.add_object(parents)
        self.root["ParentTree"] = parents.reference
        self.root["ParentTreeNextKey"] = len(self.pages) + len(self.annotations)
        if self.names:
            # Required as soon as one element has an identifier (ISO 32000-1, table 322); WeasyPrint leaves it out.
            pairs = sorted((name.encode("ascii"), reference) for name, reference in self.names.items())
            names = pydyf.Array(part for name, reference in pairs for part in (pydyf.String(name), reference))
            self.root["IDTree"] = pydyf.Dictionary({"Names": names})


def _first_page(node: Node) -> int | None:
    """The page of the first content of its own, else None: only an element with content needs to say where it stands."""
    for kid in node.kids:
        if isinstance(kid, tuple):
            return kid[0]
        if isinstance(kid, Annotation):
            return kid.page
    return None


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.startswith("/") else pydyf.String(value)
    if isinstance(value, tuple):
        return pydyf.Array(_value(part) for part in value)
    return value


def _as_artifacts(stream: list[Any], hidden: dict[int, str]) -> None:
    """Rewrite ``/Span <</MCID n>> BDC`` of the given numbers in a page's operators."""
    for i, operator in enumerate(stream):
        if operator == b"BDC" and (kind := hidden.get(stream[i - 1].get("MCID"))):
            stream[i - 2] = "/Artifact"
            stream[i - 1].clear()
            stream[i - 1]["Type"] = kind
