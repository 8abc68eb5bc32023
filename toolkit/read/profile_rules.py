"""What the values of one document mean together: operations, reasons, readable figures, names of the standard brief.

Runs on documents whose form is right (``profile_check``).  Each rule is a function over the tree that yields faults; the table at
the end is the order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from toolkit.model.amount import Amount
from toolkit.model.profile import Mark
from toolkit.read.profile_faults import did_you_mean
from toolkit.read.profile_text import span_of
from toolkit.read.profile_yaml import Fault, Node, Path, walk

ReadAmount = Callable[[str], Amount | None]


@dataclass(frozen=True)
class Setting:
    """Where a document stands: in a shared layer, as a later document of a file; and how figures are read."""

    shared: bool = False
    later: bool = False
    read_amount: ReadAmount | None = None


def check_rules(document: Node, setting: Setting) -> list[Fault]:
    """All faults of meaning of one document."""
    return [fault for rule in RULES for fault in rule(document, setting)]


def items(document: Node, *path: str) -> Iterator[tuple[Path, Node]]:
    """The items of a list with their paths as written, whether it is plain or changed by operators (without ``remove``)."""
    node = document.get(*path)
    if node is None:
        return
    here: Path = path
    if isinstance(node.value, list):
        for i, item in enumerate(node.value):
            yield (*here, i), item
    elif isinstance(node.value, dict):
        for operator, child in node.value.items():
            if operator not in ("remove", "update"):
                for i, item in enumerate(child.value):
                    yield (*here, operator, i), item


def _fault(code: str, mark: Mark, path: Path, message: str, remedy: str) -> Fault:
    return Fault(f"profile-{code}", mark, path, message, remedy)


# --- the document as a whole ------------------------------------------------------------------------------------------------


def _placed(document: Node, setting: Setting) -> Iterator[Fault]:
    """``for`` belongs to later documents; what names one locality belongs to no shared layer."""
    keys = document.value
    if setting.later and "for" not in keys:
        remedy = "write for: 2015-2020 (or a year) as its first key"
        yield _fault("missing", document.mark, (), "a further document does not say which term it is for", remedy)
    if "for" in keys and not setting.later:
        remedy = "take it out, or put --- on a line before it"
        yield _fault(
            "place", document.keys["for"], ("for",), "only a further document of a file (after ---) is for one term", remedy
        )
    if "extends" in keys and setting.later:
        remedy = "write it into the first document of the file"
        yield _fault("place", document.keys["extends"], ("extends",), "a further document already extends the first one", remedy)
    if not setting.shared:
        return
    for path in (("sources",), ("locality", "name")):
        if document.get(*path) is not None:
            owner = document.get(*path[:-1]) or document
            what = "a shared layer belongs to many localities and names none"
            yield _fault("place", owner.keys[path[-1]], path, what, "move it to the profile of the locality")


def _dates(document: Node, _setting: Setting) -> Iterator[Fault]:
    for path, node in walk(document):
        if node.dated and path[-1] != "date" and path[-2:] != ("date", "value"):
            yield _fault("misread", node.mark, path, f"YAML reads {node.value} as a date", f'write "{node.value}" in quotes')


def _locality(document: Node, _setting: Setting) -> Iterator[Fault]:
    """What the text seldom says needs a reason; the name and level only say which locality is meant."""
    block = document.get("locality")
    if block is None or "reason" in block.value:
        return
    for key in ("parents", "predecessors", "code"):
        if key in block.value:
            what = f"“{key}” is settled here, and locality.reason does not say why"
            yield _fault("missing", block.keys[key], ("locality", key), what, 'write reason: "…" beside it')
            return


def _times(document: Node, _setting: Setting) -> Iterator[Fault]:
    """Terms in their order; a year only for an annual report."""
    term, following = document.get("term", "value"), document.get("next_term", "value")
    spans = [span_of(str(node.value)) if node is not None else None for node in (term, following)]
    if following is not None and spans[0] and spans[1] and spans[1][0] < spans[0][1]:
        what = f"the next term begins in {spans[1][0]}, before {spans[0][1]}, when the term ends"
        yield _fault("value", following.mark, ("next_term", "value"), what, f"write {spans[0][1]}-{spans[0][1] + 5}, or mend term")
    report, year = document.get("report", "value"), document.get("year")
    if year is not None and report is not None and report.value != "annual":
        what = f"a report of kind {report.value} has a term, not a year"
        yield _fault("place", document.keys["year"], ("year",), what, "write report: {value: annual, …}, or take the year out")


def _standard_keys(document: Node, _setting: Setting) -> Iterator[Fault]:
    """Sections and words are those of the standard brief."""
    from toolkit.read.profile_schema import brief_keys

    sections, words = brief_keys()
    for path, item in items(document, "display", "sections"):
        if item.value not in sections:
            yield _fault("value", item.mark, path, f"“{item.value}” is no section", did_you_mean(str(item.value), sections))
    for path, known, what in ((("display", "titles"), sections, "section"), (("wording",), words, "part of the standard brief")):
        node = document.get(*path)
        for key in node.value if node is not None else ():
            if key not in known:
                assert node is not None
                remedy = did_you_mean(key, known) if len(known) < 20 else _near_or_file(key, known)
                yield _fault("unknown-key", node.keys[key], (*path, key), f"“{key}” is no {what}", remedy)


def _near_or_file(key: str, known: frozenset[str]) -> str:
    said = did_you_mean(key, known)
    return said if said.startswith("did") else "profiles/README.md lists the keys: sections, sectors.<id>, fields.<id>, words"


def _style(document: Node, _setting: Setting) -> Iterator[Fault]:
    """A house style is one that there is."""
    from toolkit.styles import names

    node = document.get("display", "style")
    if node is not None and node.value not in names():
        what = f"“{node.value}” is no house style"
        yield _fault("value", node.mark, ("display", "style"), what, did_you_mean(str(node.value), frozenset(names())))


# --- entries ----------------------------------------------------------------------------------------------------------------

_OPERATIONS: dict[str, tuple[str, ...]] = {
    "facts": ("set", "add", "correct", "hide"),
    "sentences": ("keep", "drop"),
    **dict.fromkeys(
        ("people", "documents", "awards", "limitations", "lessons", "next_tasks", "initiatives"), ("add", "correct", "hide")
    ),
}
_ALWAYS = {"reason", "source"}
_FACT_KEYS = {
    "set": {"value", "was", "id", "label", "role", "period", "sector", "place"},
    "add": {"value", "id", "role", "period", "sector", "place"},
    "correct": {"value", "was", "label", "role", "period", "sector", "place"},
    "hide": set[str](),
}


def _operations(document: Node, _setting: Setting) -> Iterator[Fault]:
    """Exactly one operation an entry, with the keys that it can use."""
    for name, operations in _OPERATIONS.items():
        for path, item in items(document, name):
            if not isinstance(item.value, dict):
                continue
            said = [operation for operation in operations if operation in item.value]
            if len(said) == 1:
                yield from _keys_of(name, said[0], path, item)
            elif said:
                what = f"“{said[0]}” and “{said[1]}” stand in one entry"
                yield _fault("operation", item.keys[said[1]], path, what, "make two entries of it, each with its own “- ”")
            else:
                what = "the entry does not say what to do"
                yield _fault("operation", item.mark, path, what, f"begin it with one of: {', '.join(operations)}")


def _keys_of(name: str, operation: str, path: Path, item: Node) -> Iterator[Fault]:
    given = set(item.value) - {operation} - _ALWAYS
    if name == "facts":
        allowed = _FACT_KEYS[operation]
        needs_value = operation in ("set", "add")
    else:
        allowed = given if operation in ("add", "correct") else set()
        needs_value = False
    for key in sorted(given - allowed, key=list(item.value).index):
        yield _fault("operation", item.keys[key], (*path, key), f"“{operation}” cannot use “{key}”", "take it out")
    if needs_value and "value" not in given:
        yield _fault("missing", item.mark, path, f"“{operation}” needs a value", 'write value: "143%"')
    if operation == "correct" and not given - {"was"}:
        what = "“correct” says nothing new"
        yield _fault("missing", item.mark, path, what, f"write {_SOMETHING.get(name, 'text: …')}")
    if operation == "add" and name == "documents" and "type" not in given:
        yield _fault("missing", item.mark, path, "“type” is missing", "write type: Nghị quyết")


_SOMETHING = {
    "facts": 'value: "…", or another label, role, period, sector or place',
    "people": "name: … or roles: […]",
    "documents": "number: …",
}


def _targets(document: Node, _setting: Setting) -> Iterator[Fault]:
    """A selector selects something; one fact is not settled twice in one list."""
    seen: dict[object, Mark] = {}
    for path, item in items(document, "facts"):
        if not isinstance(item.value, dict):
            continue
        for operation in ("set", "correct", "hide"):
            target = item.get(operation)
            if target is None:
                continue
            if target.value == {}:
                remedy = "write {sector: kinh-te}, {period: 2019}, …"
                yield _fault("value", target.mark, (*path, operation), "this selects every fact", remedy)
            key = str(target.plain())
            if key in seen:
                what = f"this fact is already settled in line {seen[key].line}"
                yield _fault("duplicate-entry", target.mark, (*path, operation), what, "keep one of the two entries")
            seen.setdefault(key, target.mark)


def _figures(document: Node, setting: Setting) -> Iterator[Fault]:
    """Each value is one figure that the extractor's own grammar reads (``was`` is the source's wording, readable or not)."""
    if setting.read_amount is None:
        return
    for path, item in items(document, "facts"):
        node = item.get("value")
        if node is not None and setting.read_amount(str(node.value)) is None:
            what = f"“{node.value}” is not read as one figure"
            remedy = "write it as an office does: 143%, 11 tỷ 708 triệu đồng, 77,3 ha, 12/13 chỉ tiêu"
            yield _fault("value", node.mark, (*path, "value"), what, remedy)


def _addresses(document: Node, _setting: Setting) -> Iterator[Fault]:
    lists = document.get("distribution")
    for name in lists.value if lists is not None else ():
        seen: dict[str, Mark] = {}
        for path, item in items(document, "distribution", name):
            address = item.get("email")
            if address is None:
                continue
            folded = str(address.value).lower()
            if folded in seen:
                what = f"this address already stands in line {seen[folded].line}"
                yield _fault("duplicate-entry", address.mark, (*path, "email"), what, "keep one of the two")
            seen.setdefault(folded, address.mark)


RULES: tuple[Callable[[Node, Setting], Iterator[Fault]], ...] = (
    _placed,
    _dates,
    _locality,
    _times,
    _standard_keys,
    _style,
    _operations,
    _targets,
    _figures,
    _addresses,
)
