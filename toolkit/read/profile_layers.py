"""Layers of profiles laid over each other: package defaults, shared profiles, the locality, a term, ``--set``.

Blocks of keys are merged key by key, values and settled blocks (``term: {value, reason}``) are replaced whole, lists follow their
operators.  Every value keeps its own place and layer, and a list of what it hid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.errors import Issue, Severity
from toolkit.model.profile import Mark
from toolkit.read.profile_faults import did_you_mean
from toolkit.read.profile_yaml import Fault, Node, Path

BLOCKS = {"locality", "display", "wording", "distribution"}
"""Keys of the root whose blocks merge key by key."""
INNER_BLOCKS = {("display", "titles"), ("display", "contact"), ("display", "signer")}
LISTS = {
    ("sources",),
    ("highlight",),
    ("facts",),
    ("sentences",),
    ("people",),
    ("documents",),
    ("awards",),
    ("limitations",),
    ("lessons",),
    ("next_tasks",),
    ("initiatives",),
    ("locality", "parents"),
    ("locality", "predecessors"),
    ("display", "sections"),
    ("display", "recipients"),
}
RULE_LISTS = {"facts", "sentences", "people", "documents", "awards", "limitations", "lessons", "next_tasks", "initiatives"}
"""Lists of rulings: to lose those of a lower layer by a plain list is reported."""
LOCAL = ("for", "extends", "version")
"""Keys that concern their own document only."""


def is_list(path: Path) -> bool:
    return path in LISTS or (len(path) == 2 and path[0] == "distribution")


def lay(layers: Sequence[Node]) -> tuple[Node, list[Fault], list[Issue]]:
    """All layers, lowest first, as one tree; faults of operators that miss, and findings about lists that were lost."""
    laying = _Laying()
    merged = Node({}, Mark(""))
    for layer in layers:
        merged = laying.block(merged, layer, ())
    return merged, laying.faults, laying.issues


def identity(item: Node) -> str:
    """What ``remove``, ``update`` and ``append`` know an item by: its ``id``, its target, its address, or the text itself."""
    if not isinstance(item.value, dict):
        return str(item.value)
    for key in ("id", "set", "add", "correct", "hide", "keep", "drop", "email"):
        node = item.value.get(key)
        if node is not None:
            return str(node.plain())
    return str(item.plain())


class _Laying:
    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.issues: list[Issue] = []

    def block(self, low: Node, high: Node, path: Path) -> Node:
        """Two blocks of keys, key by key."""
        value, keys = dict(low.value), dict(low.keys)
        for key, node in high.value.items():
            where = (*path, key)
            if not path and key in LOCAL:
                continue
            below = value.get(key)
            value[key] = self.one(below, node, where)
            keys[key] = high.keys.get(key, node.mark)
        return replace(high, value=value, keys=keys)

    def one(self, low: Node | None, high: Node, path: Path) -> Node:
        if is_list(path):
            return self.listed(low, high, path)
        if isinstance(high.value, dict) and ((path[0] in BLOCKS and len(path) == 1) or path in INNER_BLOCKS):
            return self.block(low if low is not None else Node({}, high.mark), high, path)
        return self.over(low, high)

    @staticmethod
    def over(low: Node | None, high: Node) -> Node:
        if low is None:
            return high
        return replace(high, hid=((low.plain(), low.mark), *low.hid))

    # --- lists

    def listed(self, low: Node | None, high: Node, path: Path) -> Node:
        below = list(low.value) if low is not None else []
        if isinstance(high.value, list):
            if below and path[0] in RULE_LISTS:
                self.issues.append(_lost(path, low, high, len(below)))
            return self.over(low, high)
        items = below
        for name in ("replace", "remove", "update", "prepend", "append"):
            child = high.value.get(name)
            if child is not None:
                items = getattr(self, f"_{name}")(items, child, (*path, name))
        return replace(high, value=items, hid=((low.plain(), low.mark), *low.hid) if low is not None else ())

    def _replace(self, _items: list[Node], child: Node, _path: Path) -> list[Node]:
        return list(child.value)

    def _remove(self, items: list[Node], child: Node, path: Path) -> list[Node]:
        kept = items
        for i, name in enumerate(child.value):
            left = [item for item in kept if identity(item) != str(name.value)]
            if len(left) == len(kept):
                self.unknown(name, (*path, i), kept)
            kept = left
        return kept

    def _update(self, items: list[Node], child: Node, path: Path) -> list[Node]:
        changed = list(items)
        for i, update in enumerate(child.value):
            wanted = str(update.value["id"].value)
            found = [at for at, item in enumerate(changed) if identity(item) == wanted]
            if not found:
                self.unknown(update.value["id"], (*path, i, "id"), changed)
            for at in found:
                keys = {key: node for key, node in update.value.items() if key != "id"}
                changed[at] = self.updated(changed[at], keys, update)
        return changed

    def updated(self, item: Node, keys: dict[str, Node], update: Node) -> Node:
        if not isinstance(item.value, dict):
            return item
        value = {**item.value, **{key: self.over(item.value.get(key), node) for key, node in keys.items()}}
        return replace(item, value=value, keys={**item.keys, **{key: update.keys[key] for key in keys}})

    def _prepend(self, items: list[Node], child: Node, _path: Path) -> list[Node]:
        new = {identity(item) for item in child.value}
        return [*child.value, *(item for item in items if identity(item) not in new)]

    def _append(self, items: list[Node], child: Node, _path: Path) -> list[Node]:
        """New items go to the end; one with the identity of an old one takes its place."""
        result = list(items)
        for item in child.value:
            at = next((i for i, old in enumerate(result) if identity(old) == identity(item)), None)
            if at is None:
                result.append(item)
            else:
                result[at] = self.over(result[at], item)
        return result

    def unknown(self, name: Node, path: Path, items: Sequence[Node]) -> None:
        known = [identity(item) for item in items]
        what = f"no entry of the layers below is called “{name.value}”"
        remedy = did_you_mean(str(name.value), known) if known else "there is none to change: take the operator out"
        self.faults.append(Fault("profile-unknown-entry", name.mark, path, what, remedy))


def _lost(path: Path, low: Node | None, high: Node, count: int) -> Issue:
    assert low is not None
    return Issue(
        "profile-list-replaced",
        f"{'.'.join(map(str, path))}: this list replaces {count} entr{'ies' if count > 1 else 'y'} of {low.mark}",
        Severity.WARNING,
        where=str(high.mark),
        remedy="write append: to keep them, or replace: when that is meant",
    )
