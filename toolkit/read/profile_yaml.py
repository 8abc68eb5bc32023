"""YAML of a profile as a tree whose every node knows its place; what YAML would silently misread is a fault here.

PyYAML composes the nodes (C loader), this module walks them once.  Scalars stay as written: the core of YAML 1.1 turns ``no`` into
false, ``12:30`` into 750, ``5.000`` into 5 and ``00070`` into 56, and other tools that read the same file will do so; each of these
is reported with what to write instead.  Duplicate keys, empty values, foreign tags, deep nesting and exploding aliases are faults.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toolkit.lexicon import load
from toolkit.model.profile import Mark

if TYPE_CHECKING:
    import yaml

Path = tuple[str | int, ...]

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 40
"""Deepest nesting; the language needs 7.  The C composer itself recurses and would crash on some 50,000 levels."""
MAX_NODES = 50_000
"""Most values of one document, aliases expanded: a shield against the "billion laughs" kind of file."""


@dataclass(slots=True)
class Node:
    """One value with its place; ``value`` is a dict of nodes, a list of nodes, or a scalar as written.

    ``start`` and ``end`` are character offsets in the file; ``keys`` has the place of each key of a mapping; ``hid`` what this
    value replaced in lower layers, latest first.
    """

    value: Any
    mark: Mark
    start: int = 0
    end: int = 0
    layer: str = ""
    keys: dict[str, Mark] = field(default_factory=dict)
    hid: tuple[tuple[object, Mark], ...] = ()
    dated: bool = False
    """YAML reads this plain text as a date; only fields that hold a date take it."""

    def plain(self) -> Any:
        """The value without its places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def get(self, *path: str) -> Node | None:
        """The node under some keys, None when one of them is not there."""
        node: Node | None = self
        for key in path:
            node = node.value.get(key) if node is not None and isinstance(node.value, dict) else None
        return node


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place: ``path`` in the document, ``message`` and ``remedy`` for a person, ``code`` for a program."""

    code: str
    mark: Mark
    path: Path
    message: str
    remedy: str


def read_documents(text: str, file: str, layer: str) -> tuple[list[Node], list[Fault]]:
    """The documents of a profile file as trees, and all faults of its YAML.  Without a tree there is at least one fault."""
    import yaml

    if fault := _refused(text, file):
        return [], [fault]
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        composed = [node for node in yaml.compose_all(text, Loader=loader) if node is not None]
    except yaml.YAMLError as error:
        return [], [_syntax(error, file)]
    faults: list[Fault] = []
    documents = [_Walk(file, layer, faults).document(node) for node in composed if not _is_empty(node)]
    if not documents and not faults:
        faults.append(
            Fault("profile-empty", Mark(file, 1, 1), (), "the file holds nothing", "write the profile, or delete the file")
        )
    return documents, faults


def _is_empty(node: yaml.Node) -> bool:
    return node.tag == "tag:yaml.org,2002:null" and node.value == ""


def _refused(text: str, file: str) -> Fault | None:
    """What must not reach the composer."""
    if len(text) > MAX_CHARACTERS:
        what = f"the file has {len(text)} characters, more than {MAX_CHARACTERS}"
        return Fault("profile-too-large", Mark(file, 1, 1), (), what, "a profile holds settings, not reports: take the reports out")
    if _looks_deep(text) and _depth(text) > MAX_DEPTH:
        what = f"values are nested more than {MAX_DEPTH} deep"
        return Fault("profile-too-deep", Mark(file, 1, 1), (), what, "write the profile with the keys of profiles/README.md")
    return None


_DEEP_LINE = re.compile(rf"^(?:[ ]{{{MAX_DEPTH},}}|(?:[ ]*[-?:] ){{{MAX_DEPTH // 4},}})", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")


def _looks_deep(text: str) -> bool:
    """A cheap test that only asks whether the exact one is worth its time."""
    depth = deepest = 0
    for match in _BRACKET.finditer(text):
        depth += 1 if match[0] in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > MAX_DEPTH // 2 or _DEEP_LINE.search(text) is not None


def _depth(text: str) -> int:
    """Deepest nesting, by events (no recursion); a text that does not parse is left to the composer's own message."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth = deepest = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                deepest = max(deepest, depth)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if deepest > MAX_DEPTH:
                break
    except yaml.YAMLError:
        return 0 if deepest <= MAX_DEPTH else deepest
    return deepest


# --- syntax -----------------------------------------------------------------------------------------------------------------


def _syntax(error: yaml.YAMLError, file: str) -> Fault:
    said = " ".join(str(error).split())
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    opened = getattr(error, "context_mark", None)
    if opened is not None and any(words in said for words in ("unexpected end of stream", "did not find expected ',' or")):
        mark = opened  # where the quote or bracket was opened says more than the end of the file
    place = Mark(file, mark.line + 1, mark.column + 1) if mark is not None else Mark(file, 1, 1)
    for row in load("profile-messages")["syntax"]:
        if row["words"] in said:
            return Fault("profile-yaml", place, (), row["what"], row["remedy"])
    return Fault("profile-yaml", place, (), f"this is not YAML: {said}", "check quotes, colons and indents around this line")


# --- values -----------------------------------------------------------------------------------------------------------------

_TAG = "tag:yaml.org,2002:"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+\Z")
_KNOWN_TAGS = {_TAG + name for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value")}


class _Walk:
    """One walk over a composed document; faults go to the list it was given."""

    def __init__(self, file: str, layer: str, faults: list[Fault]) -> None:
        self.file = file
        self.layer = layer
        self.faults = faults
        self.seen = 0
        self.open: set[int] = set()

    def document(self, node: yaml.Node) -> Node:
        made = self.node(node, ())
        return made if made is not None else Node({}, self.mark(node), layer=self.layer)

    def mark(self, node: yaml.Node) -> Mark:
        return Mark(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def fault(self, code: str, node: yaml.Node, path: Path, message: str, remedy: str) -> None:
        self.faults.append(Fault(code, self.mark(node), path, message, remedy))

    def node(self, node: yaml.Node, path: Path) -> Node | None:
        import yaml

        self.seen += 1
        if self.seen > MAX_NODES or id(node) in self.open:
            if self.seen <= MAX_NODES + 1:
                self.seen = MAX_NODES + 1  # said once, then nothing more is read
                what = "an alias repeats itself" if id(node) in self.open else f"aliases expand to more than {MAX_NODES} values"
                self.fault("profile-alias", node, path, what, "write the values out instead of repeating them by aliases")
                self.seen += 1
            return None
        if node.tag not in _KNOWN_TAGS:
            self.fault(
                "profile-tag",
                node,
                path,
                f"the tag {_short(node.tag)} means nothing here",
                "take the tag out, or put the text in quotes",
            )
            return None
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, path)
        self.open.add(id(node))
        made = self.mapping(node, path) if isinstance(node, yaml.MappingNode) else self.sequence(node, path)
        self.open.discard(id(node))
        return made

    def sequence(self, node: Any, path: Path) -> Node:
        items = [self.node(item, (*path, i)) for i, item in enumerate(node.value)]
        return self.made([item for item in items if item is not None], node)

    def mapping(self, node: Any, path: Path) -> Node:
        made = self.made({}, node)
        merged: dict[str, Node] = {}
        for key, value in node.value:
            if key.tag == _TAG + "merge":
                self.merge(value, path, merged)
                continue
            name = self.key(key, path)
            if name is None:
                continue
            if name in made.value:
                first = made.keys[name]
                self.fault(
                    "profile-duplicate-key", key, (*path, name), f"the key stands twice; the first is in line {first.line}",
                    "keep one of them; list items each begin with “- ”",
                )  # fmt: skip
                continue
            child = self.node(value, (*path, name))
            if child is not None:
                made.value[name] = child
                made.keys[name] = self.mark(key)
        for name, child in merged.items():
            if name not in made.value:
                made.value[name] = child
                made.keys[name] = child.mark
        return made

    def merge(self, value: Any, path: Path, merged: dict[str, Node]) -> None:
        """``<<: *anchor``: the keys of another mapping, under those written here."""
        import yaml

        for one in value.value if isinstance(value, yaml.SequenceNode) else [value]:
            made = self.node(one, (*path, "<<"))
            if made is not None and isinstance(made.value, dict):
                merged.update({key: child for key, child in made.value.items() if key not in merged})
            elif made is not None:
                remedy = "write <<: *name, with the anchor &name at a block of keys"
                self.fault("profile-merge", one, (*path, "<<"), "<< needs the anchor of a mapping", remedy)

    def key(self, key: Any, path: Path) -> str | None:
        import yaml

        if not isinstance(key, yaml.ScalarNode):
            self.fault("profile-key", key, path, "a list or mapping cannot be a key", "write key: value")
            return None
        if key.tag != _TAG + "str" or _CONTROL.search(key.value) or not key.value:
            self.scalar(key, (*path, key.value))
        return str(key.value)

    def made(self, value: Any, node: yaml.Node) -> Node:
        return Node(value, self.mark(node), node.start_mark.index, node.end_mark.index, self.layer)

    def scalar(self, node: Any, path: Path) -> Node:
        text: str = node.value
        kind = node.tag.removeprefix(_TAG)
        if node.style or kind in ("str", "value"):
            return self.text(text, node, path)
        if kind == "null":
            return self.wrong(
                "profile-null", node, path, ("there is no value", "write the value after the colon, or take the line out")
            )
        if kind == "timestamp":
            made = self.made(text, node)
            made.dated = True
            return made
        if kind == "bool" and text in ("true", "false"):
            return self.made(text == "true", node)
        if kind == "int" and _INTEGER.match(text):
            return self.made(int(text), node)
        return self.wrong("profile-misread", node, path, misread(kind, text))

    def wrong(self, code: str, node: Any, path: Path, said: tuple[str, str]) -> Node:
        """A value that is reported here; it stays in the tree, so that nobody calls it missing."""
        self.fault(code, node, path, *said)
        return self.made(node.value, node)

    def text(self, text: str, node: Any, path: Path) -> Node:
        if not text.strip():
            return self.wrong("profile-null", node, path, ("the text is empty", "write the text, or take the line out"))
        if _CONTROL.search(text):
            return self.wrong("profile-control", node, path, ("the text holds a control character", "type the text again"))
        return self.made(text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text), node)


def misread(kind: str, text: str) -> tuple[str, str]:
    """What YAML makes of a plain scalar that a person meant otherwise, and what to write."""
    if kind == "bool":
        truth = "true" if text.lower() in ("yes", "on", "y", "true") else "false"
        return (
            f"YAML reads {text} as the truth value {truth}",
            f'write "{text}" in quotes for the word, or {truth} for the truth value',
        )
    if kind == "int" and ":" in text:
        return f"YAML reads {text} as the number {_sexagesimal(text)}", f'write "{text}" in quotes'
    if kind == "int":
        return f"YAML reads {text} as the number {_number(text)}", f'write "{text}" in quotes'
    if _THOUSANDS.match(text):
        return (
            f"YAML reads {text} as the decimal number {float(text):g}, a Vietnamese reader as {text.replace('.', '')}",
            f'write "{text}" in quotes for {text.replace(".", "")}, or "{_comma(text)}" for the decimal',
        )
    if re.fullmatch(r"-?[0-9]+\.[0-9]+", text):
        return f"YAML reads {text} as a decimal with a point", f'write "{_comma(text)}" in quotes: a comma before decimals'
    return f"YAML reads {text} as a number of its own kind", f'write "{text}" in quotes'


def _comma(text: str) -> str:
    return f"{float(text):g}".replace(".", ",")


def _sexagesimal(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    total = 0
    for part in text.lstrip("+-").replace("_", "").split(":"):
        total = total * 60 + int(part)
    return sign * total


def _number(text: str) -> int:
    bare = text.replace("_", "")
    octal = re.fullmatch(r"([+-]?)0([0-7]+)", bare)
    return int(f"{octal[1]}{octal[2]}", 8) if octal else int(bare, 0)


def _short(tag: str) -> str:
    return "!!" + tag.removeprefix(_TAG) if tag.startswith(_TAG) else tag


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """All scalar nodes of a tree with their paths, in order."""
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from walk(child, (*path, key))
    elif isinstance(node.value, list):
        for i, child in enumerate(node.value):
            yield from walk(child, (*path, i))
    else:
        yield path, node
