"""Who gets the briefs: lists from CSV and YAML files and from profiles, and the list of those who want none.

Every address is checked when it is read, and all faults of all files are said at once with file, line and column.  What is read
here is only what was written; ``toolkit.mailing`` decides who gets which brief.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.lexicon import load
from toolkit.model.mail import Mailbox, Recipient
from toolkit.model.profile import Mark, Profile
from toolkit.model.vietnamese import slug
from toolkit.read.mail_address import read_mailbox, read_words
from toolkit.read.profile_faults import did_you_mean
from toolkit.read.profile_yaml import Node, read_documents
from toolkit.read.sending_faults import Faults

FIELDS = ("email", "name", "title", "office", "list", "locality")
ADDRESS = "write one address, as in vanphong@example.vn"
WORDS = "type it again, on one line"


def read_recipients(paths: Iterable[Path]) -> tuple[Recipient, ...]:
    """The recipients of CSV and YAML files, in their order.  Raises ``SendingError`` with all faults of all files."""
    faults = Faults()
    found: list[Recipient] = []
    for path in paths:
        text = faults.text(path)
        if text is not None:
            reader = _from_yaml if path.suffix.lower() in (".yaml", ".yml") else _from_csv
            found += reader(text, path.as_posix(), faults)
    faults.stop()
    return tuple(found)


def recipients_of(profile: Profile, lists: Sequence[str]) -> tuple[Recipient, ...]:
    """The recipients of a profile's distribution lists of these names.  Raises ``SendingError`` with all faults."""
    faults = Faults()
    marks = {leaf.path: leaf.mark for leaf in profile.leaves}
    found: list[Recipient | None] = []
    for name in lists:
        for i, row in enumerate(profile.distribution.get(name, ())):
            mark = marks.get(f"distribution.{name}[{i}].email", Mark(profile.file))
            found.append(_recipient({**row, "list": name}, dict.fromkeys(FIELDS, mark), faults))
    faults.stop()
    return tuple(one for one in found if one is not None)


def _recipient(row: Mapping[str, str], marks: Mapping[str, Mark], faults: Faults) -> Recipient | None:
    """One checked recipient, or None and at least one fault."""
    before = len(faults.found)
    box = faults.attempt("list-address", marks["email"], lambda: read_mailbox(row["email"]), ADDRESS)
    words = {
        key: faults.attempt("list-words", marks.get(key, marks["email"]), lambda key=key: read_words(row.get(key, "")), WORDS)  # type: ignore[misc]
        for key in FIELDS[1:]
    }
    if box is None or len(faults.found) > before:
        return None
    said = {key: value or "" for key, value in words.items()}
    return Recipient(
        Mailbox(box.address, said["name"]), said["title"], said["office"], said["list"], said["locality"], marks["email"]
    )


# --- CSV --------------------------------------------------------------------------------------------------------------------


def _from_csv(text: str, file: str, faults: Faults) -> list[Recipient]:
    rows = _rows(text, file, faults)
    head = next(rows, None)
    if head is None:
        faults.add("list-empty", Mark(file, 1, 1), "the list holds nothing", "write a first line: email,name,title,office,locality")
        return []
    columns = _columns(head, faults)
    if columns is None:
        return []
    found = []
    for row in rows:
        cells = dict(zip(columns, row, strict=False))
        cells.pop("", None)
        if len(row) > len(columns) and any(cell for cell, _ in row[len(columns) :]):
            what = f"the line has {len(row)} cells, the first line {len(columns)}"
            faults.add("list-cells", row[len(columns)][1], what, "put texts that hold a separator in double quotes")
        elif "email" not in cells or not cells["email"][0]:
            faults.add("list-no-address", row[0][1], "the line has no address", f"{ADDRESS}, or take the line out")
        else:
            values, marks = ({key: cell[i] for key, cell in cells.items()} for i in (0, 1))
            one = _recipient(values, marks, faults)  # type: ignore[arg-type]
            found += [one] if one is not None else []
    return found


def _rows(text: str, file: str, faults: Faults) -> Iterator[list[tuple[str, Mark]]]:
    """The rows that hold anything, each cell with its place."""
    lines = text.splitlines(keepends=True)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    before = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            line = min(before + 1, max(len(lines), 1))
            faults.add("list-csv", Mark(file, line, 1), f"this is not CSV: {error}", "check the double quotes of this line")
            return
        line, before = before + 1, reader.line_num
        if any(cell.strip() for cell in row):
            yield _placed(row, lines[line - 1] if line <= len(lines) else "", file, line)


def _placed(row: list[str], written: str, file: str, line: int) -> list[tuple[str, Mark]]:
    placed, at = [], 0
    for cell in row:
        found = written.find(cell, at) if cell else at
        at = found if found >= 0 else at
        placed.append((cell.strip(), Mark(file, line, at + 1)))
        at += len(cell) + 1
    return placed


def _delimiter(text: str) -> str:
    """Excel separates by semicolons where the comma is the decimal sign, as in Vietnam, and by tabs in its Unicode text."""
    head = text.lstrip().partition("\n")[0]
    return max(",;\t", key=head.count)


def _columns(head: list[tuple[str, Mark]], faults: Faults) -> list[str] | None:
    """The field of each column, empty for one that is left out; None and faults when the heads cannot be understood."""
    known, ignored = _heads()
    columns: list[str] = []
    before = len(faults.found)
    for words, mark in head:
        key = slug(words)
        field = known.get(key)
        if field is not None and field in columns:
            faults.add("list-column-twice", mark, f"two columns hold the {field}", "take one of them out")
        elif field is None and key and key not in ignored:
            remedy = did_you_mean(words, {name for names in load("mail")["columns"].values() for name in names})
            faults.add("list-column", mark, f"the column “{words}” is not known", remedy)
        columns.append(field or "")
    if "email" not in columns and len(faults.found) == before:
        remedy = "write the heads into the first line: email,name,title,office,locality"
        faults.add("list-no-column", head[0][1], "no column holds the addresses", remedy)
    return columns if len(faults.found) == before else None


@cache
def _heads() -> tuple[dict[str, str], frozenset[str]]:
    words: Any = load("mail")
    known = {slug(name): field for field, names in words["columns"].items() for name in names}
    return known, frozenset(slug(name) for name in words["ignored"])


# --- YAML -------------------------------------------------------------------------------------------------------------------


def _from_yaml(text: str, file: str, faults: Faults) -> list[Recipient]:
    documents, wrong = read_documents(text, file, "list")
    faults.found += wrong
    found = []
    for document in documents:
        lists = document.value if isinstance(document.value, dict) else {"": document}
        for name, node in lists.items():
            if not isinstance(node.value, list):
                faults.add("list-form", node.mark, "a list of recipients is needed here", "write each as “- email: …”")
                continue
            found += [one for item in node.value if (one := _from_node(item, name, faults)) is not None]
    return found


def _from_node(item: Node, name: str, faults: Faults) -> Recipient | None:
    if isinstance(item.value, str):
        return _recipient({"email": item.value, "list": name}, {"email": item.mark}, faults)
    if not isinstance(item.value, dict):
        faults.add("list-form", item.mark, "a list of recipients is needed here", "write each as “- email: …”")
        return None
    before = len(faults.found)
    for key, node in item.value.items():
        if key not in FIELDS:
            faults.add("list-key", item.keys.get(key, item.mark), f"there is no key “{key}” here", did_you_mean(key, set(FIELDS)))
        elif isinstance(node.value, dict | list):
            faults.add("list-form", node.mark, "a text is needed here", "write it on this line")
    if "email" not in item.value:
        faults.add("list-no-address", item.mark, "“email” is missing", "write email: vanphong@example.vn")
    if len(faults.found) > before:
        return None
    values = {key: str(node.value) for key, node in item.value.items()}
    return _recipient({"list": name, **values}, {key: node.mark for key, node in item.value.items()}, faults)


# --- those who want none ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Mailboxes (by ``Mailbox.key``) and whole domains that get nothing, whatever list they stand on."""

    keys: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()

    def holds(self, box: Mailbox) -> bool:
        """Whether this mailbox gets nothing."""
        return box.key in self.keys or box.domain in self.domains


def read_suppressed(paths: Iterable[Path]) -> Suppressed:
    """One address or ``@domain`` a line, ``#`` before a remark.  Raises ``SendingError``: a line that is not understood may be
    somebody who asked for silence."""
    faults = Faults()
    keys, domains = set(), set()
    for path in paths:
        for number, line in enumerate((faults.text(path) or "").splitlines(), 1):
            written = line.partition("#")[0].strip().strip(",;")
            mark = Mark(path.as_posix(), number, 1)
            if not written:
                continue
            whole = written.startswith("@")
            address = f"x{written}" if whole else written
            box = faults.attempt("list-address", mark, lambda address=address: read_mailbox(address), ADDRESS)  # type: ignore[misc]
            if box is not None and whole:
                domains.add(box.domain)
            elif box is not None:
                keys.add(box.key)
    faults.stop()
    return Suppressed(frozenset(keys), frozenset(domains))
