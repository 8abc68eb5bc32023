"""The key reference of ``profiles/README.md``, made from the models that check the profiles: it cannot say anything else."""

from __future__ import annotations

import json
import re
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

from toolkit.read.profile_keys import OPERATORS, Given, GivenText, Profile, bare, fields_of
from toolkit.workspace import PROFILES

SCHEMA_FILE = "profile.schema.json"
"""Name of the JSON Schema beside the profiles, as the first line of each profile says it."""
BEGIN = "<!-- keys: made by `python -m toolkit.read.profile_reference` from toolkit/read/profile_keys.py -->"
END = "<!-- /keys -->"


def reference() -> str:
    """Markdown: one table a block of keys, in the order in which they are met."""
    tables, seen = [], set[type]()
    queue: list[tuple[str, Any]] = [("The profile", Profile)]
    while queue:
        title, model = queue.pop(0)
        if model in seen:
            continue
        seen.add(model)
        tables.append(_table(title, model))
        inner = ((key, kind, _model(kind)) for key, kind in fields_of(model).items())
        queue += [(f"`{key}`: {_first(kind)}", one) for key, kind, one in inner if one is not None and not issubclass(one, Given)]
    tables += [
        _table("A settled value: `term`, `next_term`, `year`, `report`, `congress`, `theme`, `date`", GivenText),
        _operators(),
    ]
    return "\n\n".join(tables) + "\n"


def with_reference(readme: str) -> str:
    """A README with the part between its marks replaced by the reference."""
    head, _, rest = readme.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{reference()}\n{END}{tail}"


def _model(kind: Any) -> Any:
    """The block of keys inside a type, None when it has none."""
    if hasattr(kind, "model_fields"):
        return kind
    for one in get_args(kind):
        found = _model(bare(one))
        if found is not None:
            return found
    return None


def _first(kind: Any) -> str:
    model = _model(kind)
    doc = (model.__doc__ or "").strip().split("\n")[0].rstrip(".")
    return doc[:1].lower() + doc[1:]


def _table(title: str, model: Any) -> str:
    rows = [f"### {title}", "", "| key | what it takes | meaning |", "| --- | --- | --- |"]
    for name, info in model.model_fields.items():
        key = info.alias or name
        needed = " (required)" if info.is_required() else ""
        rows.append(f"| `{key}`{needed} | {_kind(info.annotation)} | {_cell(info.description or '')} |")
    return "\n".join(rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _kind(annotation: Any) -> str:
    kind = bare(annotation)
    origin = get_origin(kind)
    if origin is list:
        return f"list of {_kind(get_args(kind)[0])}"
    if origin is dict:
        return f"names, each with {_kind(get_args(kind)[1])}"
    if hasattr(kind, "model_fields"):
        if issubclass(kind, Given):
            return f"settled value: {_kind(fields_of(kind)['value'])}"
        return "keys: " + re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).lower()
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(f"`{member.value}`" for member in kind)
    if kind in (str, int):
        return {str: "text", int: "number"}[kind]
    return _choice(kind)


def _choice(kind: Any) -> str:
    options = get_args(kind)
    if options and all(isinstance(option, str | int) for option in options):
        return ", ".join(f"`{option}`" for option in options)
    return " or ".join(_kind(option) for option in options)


def _operators() -> str:
    rows = ["### Operators on lists", "", "| operator | meaning |", "| --- | --- |"]
    return "\n".join([*rows, *(f"| `{name}` | {_cell(said)} |" for name, said in OPERATORS.items())])


def publish(folder: Path) -> None:
    """Write the reference and the JSON Schema into a folder of profiles; for those who change the language."""
    readme, schema = folder / "README.md", folder / SCHEMA_FILE
    readme.write_text(with_reference(readme.read_text("utf-8")), "utf-8")
    schema.write_text(schema_text(), "utf-8")


def schema_text() -> str:
    """The JSON Schema as the file that editors read."""
    from toolkit.read.profile_schema import profile_schema

    return json.dumps(profile_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    publish(PROFILES)
