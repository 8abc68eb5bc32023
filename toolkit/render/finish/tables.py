"""Header cells and what they head, over the whole of a table that may stand on several pages.

A header cell gets a name and a ``/Scope``, a data cell the names of its headers: readers know the one or the other.  WeasyPrint
writes names only, anew for each fragment of a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from toolkit.render.finish.tree import Node, Tree

ORDER = {"Caption": 0, "THead": 1, "TFoot": 3}
"""Parts of a table in the order of reading; a foot is laid out on every page, before the rows of the next."""


def relate_cells(tree: Tree) -> None:
    """Order the parts of all tables and relate their cells."""
    for number, table in enumerate(_tables(tree.root), 1):
        table.kids.sort(key=lambda part: ORDER.get(part.role, 2) if isinstance(part, Node) else 2)
        _relate(table, number)


def _tables(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        found = waiting.pop()
        if found.role == "Table":
            yield found
        waiting.extend(kid for kid in reversed(found.kids) if isinstance(kid, Node))


def _relate(table: Node, number: int) -> None:
    placed = list(_grid(table))
    of_column: dict[int, list[str]] = defaultdict(list)
    of_row: dict[int, list[str]] = defaultdict(list)
    of_group: tuple[Node | None, str] = (None, "")
    for row, column, cell, in_head in placed:
        if of_group[1] and _group(cell) is of_group[0] and of_group[1] not in of_row[row]:
            of_row[row].append(of_group[1])
        if cell.role == "TH":
            name = cell.attributes["ID"] = f"t{number}-{row}-{column}"
            scope = cell.attributes["Scope"] = _scope(cell, in_head)
            if cell.element.get("scope") == "rowgroup":
                of_group = (_group(cell), name)  # heads all rows to the end of its group, or to the next such cell
            for i in range(_span(cell, "RowSpan") if scope == "/Row" else _span(cell, "ColSpan")):
                (of_row[row + i] if scope == "/Row" else of_column[column + i]).append(name)
    for row, column, cell, _ in placed:
        if cell.role == "TD":
            names = [name for i in range(_span(cell, "RowSpan")) for name in of_row[row + i]]
            names += [name for i in range(_span(cell, "ColSpan")) for name in of_column[column + i]]
            cell.attributes["Headers"] = tuple(dict.fromkeys(names))


def _group(cell: Node) -> Node | None:
    """The head, body or foot that a cell stands in."""
    return cell.parent.parent if cell.parent is not None else None


def _grid(table: Node) -> Iterator[tuple[int, int, Node, bool]]:
    """Each cell with its row and first column, and whether it stands in the head."""
    taken: dict[int, int] = defaultdict(int)  # column → rows for which a cell from above still fills it
    for row, (line, in_head) in enumerate(_rows(table)):
        column = 0
        above, taken = taken, defaultdict(int, {c: n - 1 for c, n in taken.items() if n > 1})
        for cell in line.kids:
            if not isinstance(cell, Node):
                continue
            while above[column]:
                column += 1
            yield row, column, cell, in_head
            for _ in range(_span(cell, "ColSpan")):
                if (rows := _span(cell, "RowSpan")) > 1:
                    taken[column] = rows - 1
                column += 1


def _rows(table: Node) -> Iterator[tuple[Node, bool]]:
    for part in table.kids:
        if isinstance(part, Node) and part.role == "TR":
            yield part, False
        elif isinstance(part, Node) and part.role != "Caption":
            yield from ((line, part.role == "THead") for line in part.kids if isinstance(line, Node) and line.role == "TR")


def _scope(cell: Node, in_head: bool) -> str:
    said = cell.element.get("scope", "")
    if said.startswith(("row", "col")):
        return "/Row" if said.startswith("row") else "/Column"
    return "/Column" if in_head else "/Row"


def _span(cell: Node, name: str) -> int:
    return int(cell.attributes.get(name, 1))
